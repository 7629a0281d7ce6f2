// What the page gains when JavaScript runs: GOV.UK Frontend's behaviours and suggestions as one types.
// Nothing here is needed to use the page.
import {Button, Checkboxes, createAll, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, Tabs} from "govuk-frontend";
import "./passkeys.js";

/** A radio may not say that it is expanded (ARIA 1.2); what it reveals follows it in the page. */
class PlainRadios extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input);
    input.removeAttribute("aria-expanded");
  }
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, Checkboxes, ErrorSummary, NotificationBanner, PlainRadios, ServiceNavigation, SkipLink, Tabs]) {
  createAll(component);
}

// A frame that does not scroll needs no stop for the keyboard.
const frames = new ResizeObserver((entries) => {
  for (const {target} of entries) {
    target.toggleAttribute("tabindex", target.scrollWidth > target.clientWidth);
    if (target.hasAttribute("tabindex")) target.tabIndex = 0;
  }
});
for (const frame of document.querySelectorAll(".w-scroll")) frames.observe(frame);

/** Turns the text box of <form data-suggest="/schools/suggest?q="> into a combobox over [{text, hint, href}]. */
function suggest(form) {
  const input = form.querySelector("input[type=search], input[type=text]");
  if (!input) return;
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "w-suggest__list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const status = document.createElement("div");
  status.className = "govuk-visually-hidden";
  status.setAttribute("role", "status");
  const box = document.createElement("div");
  box.className = "w-suggest";
  input.replaceWith(box);
  box.append(input, list, status);
  const attributes = {role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id};
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let found = [];
  let chosen = -1;
  let timer;
  let asking;

  function close() {
    clearTimeout(timer);
    asking?.abort();
    found = [];
    chosen = -1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    chosen = index;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", i === index));
    const option = list.children[index];
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({block: "nearest"});
  }

  function show(entries) {
    found = entries;
    list.replaceChildren(...entries.map(({text, hint}, i) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${i}`;
      option.className = "w-suggest__option";
      option.setAttribute("role", "option");
      option.append(text);
      if (hint) {
        const small = document.createElement("span");
        small.className = "w-suggest__hint";
        small.textContent = hint;
        option.append(" ", small);
      }
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        location.assign(entries[i].href);
      });
      return option;
    }));
    list.hidden = entries.length === 0;
    input.setAttribute("aria-expanded", String(entries.length > 0));
    status.textContent = entries.length === 0 ? "No suggestions" : entries.length === 1 ? "1 suggestion" : `${entries.length} suggestions`;
    choose(-1);
  }

  async function ask() {
    const words = input.value.trim();
    if (words.length < 2) return close();
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.suggest + encodeURIComponent(words), {signal: asking.signal, headers: {accept: "application/json"}});
      if (answer.ok) show(await answer.json());
      else close();
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length > 0) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // From the text box (-1) down through the options and round to the text box again.
      choose((chosen + 1 + step + found.length + 1) % (found.length + 1) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(found[chosen].href);
    }
  });
}

for (const form of document.querySelectorAll("form[data-suggest]")) suggest(form);

/** What was typed into <form data-draft="name"> is kept in this browser until the server has it; signing out clears it. */
function keepDraft(form) {
  const key = `draft:${form.dataset.draft}`;
  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "hidden" && "value" in field && field.type !== "submit" && field.type !== "radio");
  const kept = localStorage.getItem(key);
  if (kept) {
    const texts = JSON.parse(kept);
    for (const field of fields()) if (texts[field.name] !== undefined) field.value = texts[field.name];
    const note = document.createElement("p");
    note.className = "w-note";
    note.setAttribute("role", "status");
    note.textContent = "What you typed here before is not saved yet.";
    form.prepend(note);
  }
  form.addEventListener("input", () => {
    localStorage.setItem(key, JSON.stringify(Object.fromEntries(fields().map((field) => [field.name, field.value]))));
  });
}

const drafts = [...document.querySelectorAll("form[data-draft]")];
for (const form of drafts) keepDraft(form);
// A draft of a form that stands here in a newer version has reached the server.
for (const form of drafts) {
  const start = `draft:${form.dataset.draft.replace(/-\d+$/, "-")}`;
  for (const key of Object.keys(localStorage)) if (key.startsWith(start) && key !== `draft:${form.dataset.draft}`) localStorage.removeItem(key);
}
for (const form of document.querySelectorAll('form[action="/sign-out"]')) {
  form.addEventListener("submit", () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
  });
}
