// Forms with data-passkey ask the browser for a passkey (get) or for a new one (create), and send what it answers. Without JavaScript or
// passkeys such a form that only signs in stays hidden: there are passwords and codes.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (keys) => keys?.map((key) => ({...key, id: bytes(key.id)}));

function question({challenge, user, allowCredentials, excludeCredentials, ...rest}) {
  return {
    ...rest,
    challenge: bytes(challenge),
    ...(user && {user: {...user, id: bytes(user.id)}}),
    ...(allowCredentials && {allowCredentials: known(allowCredentials)}),
    ...(excludeCredentials && {excludeCredentials: known(excludeCredentials)})
  };
}

function answer({id, rawId, type, response}) {
  const said = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) said[part] = text(response[part]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return JSON.stringify({id, rawId: text(rawId), type, response: said, clientExtensionResults: {}});
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[role=alert]");
    problem.hidden = true;
    try {
      const credential = await navigator.credentials[form.dataset.passkey]({publicKey: question(JSON.parse(form.dataset.options))});
      form.elements.Credential.value = answer(credential);
      form.submit();
    } catch {
      problem.hidden = false;
    }
  });
}
