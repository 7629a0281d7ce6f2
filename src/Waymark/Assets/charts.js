// Draws the charts of a page from the page's own tables. A table says which chart it is (data-chart), what its columns are
// (data-role on th) and the numbers behind its words (data-value on td). What is drawn is never anywhere else than in the table.
import {areaY, axisX, axisY, dot, gridX, gridY, lineY, link, plot, pointer, rect, ruleX, ruleY, text, tip} from "@observablehq/plot";

const ink = "#0b0c0c";
const quiet = "#505a5f";
const rule = "#d5dfe0";
// Told apart by shape and dash too, so that colour is never needed; each is readable on white.
const looks = [
  {colour: "#0f4c5c", symbol: "circle", dash: null, width: 2.5},
  {colour: "#9c4a00", symbol: "square", dash: "7 4", width: 2},
  {colour: "#5b3a73", symbol: "triangle", dash: "2 4", width: 2},
  {colour: "#1f6f3f", symbol: "diamond", dash: "10 3 2 3", width: 2},
  {colour: "#8f1d4d", symbol: "star", dash: "5 2", width: 2},
  {colour: "#3f4b55", symbol: "wye", dash: "1 3", width: 2}
];
const look = (index) => looks[index % looks.length];
const halo = {stroke: "white", strokeWidth: 4, paintOrder: "stroke"};
const letters = {fill: ink, fontSize: 13};

/** The table's rows as figures: one for each row and column of values. */
function read(table) {
  const roles = [...table.tHead.rows[0].cells].map((th) => ({role: th.dataset.role, name: th.textContent.trim()}));
  const columns = (role) => roles.flatMap((r, i) => (r.role === role ? [i] : []));
  const values = columns("value");
  const bound = (role, from, to) => columns(role).find((i) => i > from && i < to) ?? (values.length === 1 ? columns(role)[0] : undefined);
  const number = (cell) => (cell?.dataset.value === undefined ? NaN : Number(cell.dataset.value));
  const words = (cell) => cell?.dataset.text ?? cell?.textContent.trim() ?? "";
  return [...table.tBodies[0].rows].flatMap((row) => values.map((value, k) => {
    const at = (i) => (i === undefined ? undefined : row.cells[i]);
    const next = values[k + 1] ?? Infinity;
    const period = at(columns("period")[0]);
    return {
      row,
      label: words(at(columns("label")[0]) ?? period ?? at(columns("text")[0])),
      series: values.length > 1 ? roles[value].name : words(at(columns("series")[0])),
      period: number(period),
      periodText: words(period),
      value: number(at(value)),
      text: words(at(value)),
      lower: number(at(bound("lower", value, next))),
      upper: number(at(bound("upper", value, next))),
      base: number(at(bound("base", value, next))),
      baseText: words(at(bound("base", value, next)))
    };
  }));
}

const distinct = (values) => [...new Set(values)];

/** From and to as the options say, or else around what is drawn. */
function extent(figures, options, fromZero) {
  const all = figures.flatMap((f) => [f.value, f.lower, f.upper]).concat((options.references ?? []).map((r) => r.value)).filter(Number.isFinite);
  const low = Math.min(...all, ...(fromZero ? [0] : []));
  const high = Math.max(...all, ...(fromZero ? [0] : []));
  const room = fromZero ? 0 : (high - low || Math.abs(high) || 1) * 0.08;
  return [options.from ?? low - room, options.to ?? high + (high - low || 1) * 0.08];
}

const unit = (options) => (options.unit === "%" ? "%" : "");
const tick = (options) => (d) => `${d.toLocaleString("en-GB")}${unit(options)}`;
const pen = document.createElement("canvas").getContext("2d");

/** How wide words stand in the chart's bold letters. */
function about(words) {
  pen.font = `bold 13px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(words).width;
}

/** Moves labels apart, each as near to its place as the others allow. */
function spread(items, low, high) {
  const sorted = items.toSorted((a, b) => a.at - b.at);
  let edge = low;
  for (const item of sorted) {
    item.at = Math.max(item.at, edge + item.size / 2);
    edge = item.at + item.size / 2;
  }
  edge = high;
  for (const item of sorted.toReversed()) {
    item.at = Math.min(item.at, edge - item.size / 2);
    edge = item.at - item.size / 2;
  }
}

/** Splits words into lines of about so many pixels. */
function wrap(words, width) {
  const lines = [""];
  for (const word of words.split(" ")) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (about(longer) > width && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** Words cut to so many pixels. */
function shorten(words, width) {
  if (about(words) <= width) return words;
  let end = words.length;
  while (end > 1 && about(`${words.slice(0, end)}…`) > width) end--;
  return `${words.slice(0, end).trimEnd()}…`;
}

function trend(figures, options, width, paper) {
  const years = figures.every((f) => Number.isFinite(f.period));
  const order = distinct(figures.map((f) => f.periodText));
  const position = (f) => (years ? f.period : order.indexOf(f.periodText));
  const series = distinct(figures.map((f) => f.series));
  const first = Math.min(...figures.map(position));
  const last = Math.max(...figures.map(position));
  const [from, to] = extent(figures, options, false);
  const height = paper ? 210 : width < 480 ? 320 : 360;
  const words = tick(options);
  // Names stand at the lines' ends: in one line where there is room, never narrower than their longest word.
  const longest = Math.max(...series.flatMap((one) => one.split(" ")).map(about));
  const whole = Math.max(...series.map((one) => about(`${one} 100%`)));
  const margin = {top: 26, bottom: 34, left: about(words(to)) + 8, right: 20 + Math.max(longest, Math.min(whole, width * 0.2))};
  const inner = (width - margin.left - margin.right) / Math.max(1, last - first + 0.6);
  const places = Array.from({length: last - first + 1}, (_, i) => first + i);
  const show = places.filter((_, i) => (places.length - 1 - i) % Math.ceil(40 / inner) === 0);
  const name = (p) => (!years ? order[p] : inner >= 58 ? `${p - 1}/${String(p % 100).padStart(2, "0")}` : `${String((p - 1) % 100).padStart(2, "0")}/${String(p % 100).padStart(2, "0")}`);
  const toPixel = (v) => height - margin.bottom - ((v - from) / (to - from)) * (height - margin.top - margin.bottom);
  const toValue = (px) => from + ((height - margin.bottom - px) / (height - margin.top - margin.bottom)) * (to - from);

  const marks = [gridY({ticks: 5, stroke: rule, strokeOpacity: 1}), ruleY([from], {stroke: quiet}), axisY({tickFormat: words, ticks: 5, fontSize: 13, color: quiet, fill: ink, label: null, tickSize: 0}), axisX({ticks: show, tickFormat: name, fontSize: 13, fill: ink, label: null, tickSize: 4, color: quiet})];
  const breaks = options.breaks ?? [];
  const drawn = breaks.filter((b) => b.year > first && b.year <= last);
  marks.push(ruleX(drawn, {x: (b) => b.year - 0.5, stroke: quiet, strokeDasharray: "4 4"}));
  marks.push(text(drawn, {x: (b) => b.year - 0.5, text: (b) => String(breaks.indexOf(b) + 1), frameAnchor: "top", dy: -16, fontWeight: "bold", ...letters}));
  for (const reference of options.references ?? []) {
    marks.push(ruleY([reference.value], {stroke: ink, strokeDasharray: "1 3"}));
    marks.push(text([reference.label], {x: first, y: reference.value, text: (d) => `${d} ${reference.value}${unit(options)}`, textAnchor: "start", dy: -8, ...letters, ...halo}));
  }
  const labels = [];
  series.forEach((one, i) => {
    const {colour, symbol, dash, width: strokeWidth} = look(i);
    const own = figures.filter((f) => f.series === one);
    const drawnOwn = own.filter((f) => Number.isFinite(f.value));
    const aside = (i - (series.length - 1) / 2) * Math.min(0.1, 5 / inner);
    const x = (f) => position(f) + aside;
    // A year with no figure is a gap in the line, and so is a break in the method.
    const line = places.flatMap((p) => {
      const at = own.find((f) => position(f) === p) ?? {value: NaN, period: p, periodText: order[p]};
      return breaks.some((b) => b.year === p) ? [{...at, value: NaN}, at] : [at];
    });
    const whiskers = drawnOwn.filter((f) => Number.isFinite(f.lower) && Number.isFinite(f.upper));
    marks.push(link(whiskers, {x1: x, x2: x, y1: "lower", y2: "upper", stroke: colour, strokeWidth: 1.5, strokeOpacity: 0.55}));
    marks.push(lineY(line, {x, y: "value", stroke: colour, strokeWidth, strokeDasharray: dash}));
    marks.push(dot(drawnOwn, {x, y: "value", symbol, r: inner < 40 ? 3.5 : 4.5, fill: i === 0 ? colour : "white", stroke: colour, strokeWidth: 2}));
    const end = drawnOwn.toSorted((a, b) => position(a) - position(b)).at(-1);
    if (end) {
      const lines = wrap([one, end.text].filter(Boolean).join(" "), margin.right - 18);
      labels.push({lines, at: toPixel(end.value), size: lines.length * 15 + 3, colour, x: x(end)});
    }
  });
  spread(labels, margin.top - 8, height - margin.bottom + 8);
  marks.push(text(labels, {x: () => last, y: (d) => toValue(d.at), text: (d) => d.lines.join("\n"), fill: "colour", fontWeight: "bold", fontSize: 13, textAnchor: "start", dx: 17, lineHeight: 1.12}));
  marks.push(tip(figures, pointer({x: position, y: "value", title: (f) => [f.series, `${f.periodText}: ${f.text}`, f.baseText && `${f.baseText} pupils`].filter(Boolean).join("\n"), fontSize: 13})));
  return {
    marks, height,
    marginTop: margin.top, marginRight: margin.right, marginBottom: margin.bottom, marginLeft: margin.left,
    x: {type: "linear", domain: [first - 0.3, last + 0.3]},
    y: {type: "linear", domain: [from, to]},
    breaks: drawn.map((b) => ({value: breaks.indexOf(b) + 1, textContent: `From ${b.year - 1}/${String(b.year % 100).padStart(2, "0")}: ${b.reason}`})),
    key: figures.some((f) => Number.isFinite(f.lower)) ? "The upright line through a mark is its 95% interval." : null
  };
}

/** Dots with intervals, or bars from zero with intervals: one line each, in the table's order. */
function rows(figures, options, width, bars) {
  const series = distinct(figures.map((f) => f.series));
  const groups = distinct(figures.map((f) => f.label));
  const wide = width >= 560;
  const grouped = series.length > 1;
  const names = grouped ? series : groups;
  const left = wide ? Math.min(width * 0.4, Math.max(...names.map(about)) + 16) : about(tick(options)(0)) / 2 + 2;
  const lines = [];
  let y = 0;
  for (const group of groups) {
    if (grouped) {
      lines.push({y: y + 12, text: group, heading: true, x: 0});
      y += 26;
    }
    for (const figure of figures.filter((f) => f.label === group)) {
      const i = series.indexOf(figure.series);
      const name = grouped ? figure.series : group;
      if (!wide) {
        lines.push({y: y + 9, text: name});
        y += 18;
      }
      figure.y = y + (wide ? 15 : 11);
      figure.look = look(i);
      if (wide) lines.push({y: figure.y, text: name});
      y += wide ? 30 : 30;
    }
    if (grouped) y += 8;
  }
  const references = (options.references ?? []).toSorted((a, b) => a.value - b.value);
  const top = 8 + references.length * 18;
  const bottom = 30;
  const [from, to] = extent(figures, options, bars);
  const shown = figures.filter((f) => Number.isFinite(f.value));
  const right = Math.max(...shown.map((f) => about(f.text)), 20) + 16;
  const ranged = shown.filter((f) => Number.isFinite(f.lower) && Number.isFinite(f.upper));
  const zero = Math.max(from, 0);
  const marks = [gridX({ticks: width < 480 ? 4 : 6, stroke: rule, strokeOpacity: 1}), axisX({tickFormat: tick(options), ticks: width < 480 ? 4 : 6, fontSize: 13, fill: ink, color: quiet, label: null, tickSize: 0})];
  references.forEach((reference, i) => {
    const late = reference.value > (from + to) / 2;
    marks.push(link([reference], {x1: "value", x2: "value", y1: () => -i * 18 - 2, y2: () => y, stroke: ink, strokeWidth: 1.5, strokeDasharray: i % 2 ? "2 3" : "6 3"}));
    marks.push(text([reference], {x: "value", y: () => -i * 18 - 10, text: (d) => `${d.label} ${d.value.toLocaleString("en-GB")}${unit(options)}`, textAnchor: late ? "end" : "start", dx: late ? -5 : 5, ...letters}));
  });
  for (const one of distinct(shown.map((f) => f.look))) {
    const own = shown.filter((f) => f.look === one);
    if (bars) marks.push(rect(own, {x1: () => zero, x2: "value", y1: (f) => f.y - 9, y2: (f) => f.y + 9, fill: one.colour, fillOpacity: one === looks[0] ? 0.55 : 0.25, stroke: one.colour, strokeWidth: 1.5, strokeDasharray: one.dash}));
    const whiskers = ranged.filter((f) => f.look === one);
    marks.push(link(whiskers, {x1: "lower", x2: "upper", y1: "y", y2: "y", stroke: bars ? ink : one.colour, strokeWidth: bars ? 2 : 2.5}));
    if (bars) for (const end of ["lower", "upper"]) marks.push(link(whiskers, {x1: end, x2: end, y1: (f) => f.y - 4, y2: (f) => f.y + 4, stroke: ink, strokeWidth: 2}));
    else marks.push(dot(own, {x: "value", y: "y", r: 6, symbol: one.symbol, fill: one.colour, stroke: "white", strokeWidth: 1.5}));
  }
  marks.push(text(lines.filter((l) => l.heading), {x: () => from, y: "y", dx: -left, text: "text", textAnchor: "start", fontWeight: "bold", ...letters, fontSize: 14}));
  marks.push(text(lines.filter((l) => !l.heading), {x: () => from, y: "y", dx: wide ? -12 : 2 - left, text: (l) => shorten(l.text, wide ? left - 12 : width - 4), textAnchor: wide ? "end" : "start", ...letters, ...halo}));
  marks.push(text(shown, {x: () => to, y: "y", dx: right, text: "text", textAnchor: "end", fontWeight: "bold", ...letters}));
  marks.push(text(figures.filter((f) => !Number.isFinite(f.value)), {x: () => from, y: "y", dx: 6, text: "text", textAnchor: "start", fill: quiet, fontSize: 13, ...halo}));
  marks.push(tip(shown, pointer({x: "value", y: "y", title: (f) => [f.label, f.series, f.text, f.baseText && `${f.baseText} pupils`].filter(Boolean).join("\n"), fontSize: 13})));
  return {
    marks, height: y + top + bottom,
    marginTop: top, marginRight: right + 4, marginBottom: bottom, marginLeft: left,
    x: {type: "linear", domain: [from, to]},
    y: {type: "linear", domain: [y, 0], axis: null},
    key: ranged.length > 0 ? (bars ? "The line across the end of a bar is its 95% interval." : "Each dot lies in the line of its 95% interval.") : null
  };
}

function funnel(figures, options, width, paper) {
  const shown = figures.filter((f) => Number.isFinite(f.value) && Number.isFinite(f.base));
  const limits = (options.limits ?? []).toSorted((a, b) => a.base - b.base);
  const height = paper ? 300 : width < 480 ? 380 : 440;
  const most = Math.max(...shown.map((f) => f.base)) * 1.06;
  const [from, to] = extent(shown, options, false);
  const margin = {top: 14, bottom: 46, left: about(tick(options)(to)) + 8, right: about("99.8%") + 6};
  const within = limits.filter((l) => l.base <= most);
  // The limits at a school's own base, between the two points that the table of limits gives.
  const at = (base, key) => {
    const after = limits.findIndex((l) => l.base >= base);
    if (limits.length === 0) return key.startsWith("lower") ? -Infinity : Infinity;
    if (after <= 0) return limits.at(after)[key];
    const [a, b] = [limits[after - 1], limits[after]];
    return a[key] + ((base - a.base) / (b.base - a.base)) * (b[key] - a[key]);
  };
  for (const f of shown) {
    const beyond = (level) => f.value < at(f.base, `lower${level}`) || f.value > at(f.base, `upper${level}`);
    f.level = beyond(998) ? 2 : beyond(95) ? 1 : 0;
  }
  const curve = (key, dash) => lineY(within, {x: "base", y: key, stroke: quiet, strokeWidth: 1.5, strokeDasharray: dash, clip: true});
  const marks = [
    areaY(within, {x: "base", y1: "lower95", y2: "upper95", fill: "#0f4c5c", fillOpacity: 0.07, clip: true}),
    gridY({ticks: 5, stroke: rule, strokeOpacity: 1}),
    axisY({tickFormat: tick(options), ticks: 5, fontSize: 13, fill: ink, color: quiet, label: null, tickSize: 0}),
    axisX({ticks: width < 480 ? 4 : 8, fontSize: 13, fill: ink, color: quiet, label: "Number of pupils", labelArrow: "none", labelAnchor: "center", labelOffset: 40}),
    curve("lower95", "5 4"), curve("upper95", "5 4"), curve("lower998"), curve("upper998")
  ];
  const edge = within.at(-1);
  if (edge) {
    const ends = [["95%", "upper95"], ["99.8%", "upper998"]].map(([name, key]) => ({name, x: edge.base, y: edge[key]})).filter((d) => d.y <= to);
    marks.push(text(ends, {x: "x", y: "y", text: "name", textAnchor: "start", dx: 5, ...letters, fill: quiet}));
  }
  const nameOf = (reference) => `${reference.label} ${reference.value.toLocaleString("en-GB")}${unit(options)}`;
  for (const reference of options.references ?? []) {
    marks.push(ruleY([reference.value], {stroke: ink, strokeDasharray: "6 3"}));
    marks.push(text([reference], {x: () => 0, y: "value", text: nameOf, textAnchor: "start", dx: 4, dy: -9, ...letters, ...halo}));
  }
  const kinds = [
    {symbol: "circle", r: 4, fill: "white", stroke: "#0f4c5c"},
    {symbol: "triangle", r: 5.5, fill: "#9c4a00", stroke: "white"},
    {symbol: "diamond", r: 6.5, fill: "#9c4a00", stroke: "white"}
  ];
  kinds.forEach((kind, level) => marks.push(dot(shown.filter((f) => f.level === level), {x: "base", y: "value", strokeWidth: 1.5, ...kind})));

  // Schools outside the limits carry their names, each where it hides least.
  const toX = (v) => margin.left + (v / most) * (width - margin.left - margin.right);
  const toY = (v) => height - margin.bottom - ((v - from) / (to - from)) * (height - margin.top - margin.bottom);
  const dots = shown.map((f) => ({left: toX(f.base) - 5, right: toX(f.base) + 5, top: toY(f.value) - 5, bottom: toY(f.value) + 5}));
  const fromX = (px) => ((px - margin.left) / (width - margin.left - margin.right)) * most;
  const fromY = (px) => from + ((height - margin.bottom - px) / (height - margin.top - margin.bottom)) * (to - from);
  const placed = (options.references ?? []).map((r) => ({left: margin.left, right: margin.left + about(nameOf(r)), top: toY(r.value) - 18, bottom: toY(r.value)}));
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  for (const f of shown.filter((one) => one.level > 0).toSorted((a, b) => b.level - a.level)) {
    const [x, y, size] = [toX(f.base), toY(f.value), about(f.label)];
    let best;
    for (const rise of [0, -12, 12, -24, 24, -36, 36, -48, 48]) {
      for (const side of [1, -1]) {
        const left = side > 0 ? x + 10 : x - 10 - size;
        const box = {left, right: left + size, top: y + rise - 8, bottom: y + rise + 8};
        const cost = Math.abs(rise) / 12 + 3 * dots.filter((d) => meet(box, d)).length + 20 * placed.filter((p) => meet(box, p)).length
          + (box.left < margin.left || box.right > width - margin.right || box.top < 0 || box.bottom > height - margin.bottom ? 100 : 0);
        if (!best || cost < best.cost) best = {cost, box, rise, side};
      }
    }
    placed.push(best.box);
    if (Math.abs(best.rise) > 12) marks.push(link([f], {x1: "base", y1: "value", x2: () => fromX(x + best.side * 9), y2: () => fromY(y + best.rise), stroke: quiet}));
    marks.push(text([f], {x: "base", y: "value", text: "label", textAnchor: best.side < 0 ? "end" : "start", dx: best.side * 10, dy: best.rise, ...letters, ...halo}));
  }
  marks.push(tip(shown, pointer({x: "base", y: "value", title: (f) => `${f.label}\n${f.text} of ${f.baseText} pupils`, fontSize: 13})));
  return {
    marks, height,
    marginTop: margin.top, marginRight: margin.right, marginBottom: margin.bottom, marginLeft: margin.left,
    x: {type: "linear", domain: [0, most]},
    y: {type: "linear", domain: [from, to]},
    key: limits.length > 0 ? "Of 100 schools that differ by chance alone, 95 lie between the dashed curves, and 998 of 1,000 between the solid ones. Triangles lie outside the dashed, diamonds outside the solid curves." : null
  };
}

/** A process chart: the counts in time, their mean and limits; what is more than usual variation stands out by shape and fill. */
function control(figures, options, width, paper) {
  const names = distinct(figures.map((f) => f.series));
  const order = distinct(figures.map((f) => f.periodText));
  const x = (f) => order.indexOf(f.periodText);
  const [counts, ...lines] = names.map((name) => figures.filter((f) => f.series === name && Number.isFinite(f.value)));
  const unusual = (f) => f.row.cells[f.row.cells.length - 1].textContent.trim() !== "";
  const [from, to] = extent(figures, options, false);
  const height = paper ? 220 : width < 480 ? 320 : 360;
  const words = tick(options);
  const margin = {top: 20, bottom: 34, left: about(words(Math.round(to))) + 8, right: Math.max(...names.slice(1).map(about)) + 16};
  const inner = (width - margin.left - margin.right) / Math.max(1, order.length);
  const short = (text) => text.replace(/ \d{4}$/, "").replace(/^(\d+ \w{3})\w*/, "$1");
  const show = order.map((_, i) => i).filter((i) => i % Math.ceil(56 / inner) === 0);
  const marks = [
    gridY({ticks: 5, stroke: rule, strokeOpacity: 1}),
    axisY({tickFormat: words, ticks: 5, fontSize: 13, fill: ink, color: quiet, label: null, tickSize: 0}),
    axisX({ticks: show, tickFormat: (i) => short(order[i]), fontSize: 13, fill: ink, color: quiet, label: null, tickSize: 4})
  ];
  lines.forEach((line, i) => {
    marks.push(lineY(line, {x, y: "value", stroke: i === 0 ? ink : quiet, strokeWidth: 1.5, strokeDasharray: i === 0 ? null : "5 4", curve: "step"}));
    marks.push(text(line.slice(-1), {x, y: "value", text: () => names[i + 1], textAnchor: "start", dx: 10, ...letters, fill: quiet}));
  });
  marks.push(lineY(counts, {x, y: "value", stroke: looks[0].colour, strokeWidth: 2}));
  marks.push(dot(counts.filter((f) => !unusual(f)), {x, y: "value", r: 4, fill: "white", stroke: looks[0].colour, strokeWidth: 2}));
  marks.push(dot(counts.filter(unusual), {x, y: "value", r: 6.5, symbol: "diamond", fill: looks[1].colour, stroke: "white", strokeWidth: 1.5}));
  marks.push(tip(counts, pointer({x, y: "value", title: (f) => [f.periodText, f.text, f.row.cells[f.row.cells.length - 1].textContent.trim()].filter(Boolean).join("\n"), fontSize: 13})));
  return {
    marks, height,
    marginTop: margin.top, marginRight: margin.right, marginBottom: margin.bottom, marginLeft: margin.left,
    x: {type: "linear", domain: [-0.3, order.length - 0.7]},
    y: {type: "linear", domain: [from, to]},
    key: "Diamonds are more than usual variation; the table says why."
  };
}

/** Dots with intervals in the rows that they belong to: a column of small charts on one scale, as wide as the table leaves room for. */
function beside(figures, options, table, paper) {
  const [from, to] = extent(figures, options, false);
  const [width, height] = paper ? [170, 14] : [300, 26];
  const references = options.references ?? [];
  const shared = {width, marginLeft: 12, marginRight: 12, marginTop: 0, marginBottom: 0, x: {type: "linear", domain: [from, to], axis: null}, y: {type: "linear", domain: [0, 1], axis: null}};
  const scale = [axisX({anchor: "bottom", tickFormat: tick(options), ticks: paper ? 3 : 4, fontSize: paper ? 10 : 13, fill: ink, color: quiet, label: null, tickSize: 3})];
  for (const [i, reference] of references.entries()) {
    const late = reference.value > (from + to) / 2;
    scale.push(text([reference], {x: "value", frameAnchor: "top", dy: 7 + i * 16, text: (d) => `${d.label} ${d.value.toLocaleString("en-GB")}${unit(options)}`, textAnchor: late ? "end" : "start", dx: late ? -4 : 4, ...letters, fontSize: paper ? 11 : 13}));
    scale.push(ruleX([reference], {x: "value", stroke: quiet, insetTop: 14 + i * 16}));
  }
  put(table.tHead.rows[0], "th", plot({...shared, height: 24 + references.length * 16, marginBottom: 20, marks: scale}));
  for (const figure of figures) {
    const known = Number.isFinite(figure.value);
    const ranged = known && Number.isFinite(figure.lower) && Number.isFinite(figure.upper);
    put(figure.row, "td", plot({...shared, height, marks: [
      // A little longer than the row, so that the lines of two rows meet.
      link(references, {x1: "value", x2: "value", y1: -0.5, y2: 1.5, stroke: quiet}),
      ranged ? link([figure], {x1: "lower", x2: "upper", y1: 0.5, y2: 0.5, stroke: looks[0].colour, strokeWidth: paper ? 2 : 2.5}) : null,
      known ? dot([figure], {x: "value", y: 0.5, r: paper ? 4 : 6, fill: looks[0].colour, stroke: "white", strokeWidth: 1.5}) : null
    ]}));
  }
  return {key: figures.some((f) => Number.isFinite(f.lower)) ? "Each dot lies in the line of its 95% interval." : null};
}

/** The last cell of a row, which says nothing that its numbers do not. */
function put(row, name, svg) {
  const cell = document.createElement(name);
  cell.className = "w-beside";
  cell.setAttribute("aria-hidden", "true");
  cell.append(svg);
  row.append(cell);
}

// Shades from agreement to disagreement, each told apart by its place in the bar and by its number; the last stands for those who are not sure.
const shades = ["#0f4c5c", "#7fb0bc", "#e8b48a", "#9c4a00", "#c8cdd0", "#5b3a73", "#d5dfe0"];
const onShade = ["white", ink, ink, "white", ink, "white", ink];

/** One bar to a row, made of its values: all of one length, or parting at zero with an odd last value aside. */
function stack(figures, options, width, diverging) {
  const series = distinct(figures.map((f) => f.series));
  const labels = distinct(figures.map((f) => f.label));
  const half = Math.floor(series.length / 2);
  const aside = diverging && series.length % 2 === 1 ? series.at(-1) : null;
  const room = width - 8;
  const lines = [];
  const parts = [];
  let y = 0;
  for (const label of labels) {
    const own = series.map((one) => figures.find((f) => f.label === label && f.series === one)).filter((f) => f && Number.isFinite(f.value));
    for (const words of wrap(label, room)) {
      lines.push({y: y + 9, text: words});
      y += 18;
    }
    if (own.length === 0) {
      lines.push({y: y + 12, text: figures.find((f) => f.label === label)?.text ?? "", quiet: true});
    } else if (diverging) {
      let right = 0;
      let left = 0;
      own.forEach((f) => {
        const i = series.indexOf(f.series);
        if (f.series === aside) parts.push({f, i, y, from: 112, to: 112 + f.value});
        else if (i < half) {
          // The mildest agreement lies at zero.
          const before = own.filter((o) => series.indexOf(o.series) > i && series.indexOf(o.series) < half).reduce((sum, o) => sum + o.value, 0);
          parts.push({f, i, y, from: before, to: before + f.value});
          right += f.value;
        } else {
          parts.push({f, i, y, from: -left, to: -left - f.value});
          left += f.value;
        }
      });
    } else {
      let at = 0;
      own.forEach((f) => {
        parts.push({f, i: series.indexOf(f.series), y, from: at, to: at + f.value});
        at += f.value;
      });
    }
    y += 36;
  }
  const domain = diverging ? [-Math.max(20, ...parts.filter((p) => p.from <= 0).map((p) => -p.to)) - 2, aside ? 112 + Math.max(12, ...parts.filter((p) => p.f.series === aside).map((p) => p.f.value)) : 100] : [0, Math.max(100, ...parts.map((p) => p.to))];
  const scale = (room - 8) / (domain[1] - domain[0]);
  const wide = (p) => Math.abs(p.to - p.from) * scale;
  const key = [];
  let keyY = 10;
  let keyX = 0;
  for (const [i, one] of series.entries()) {
    const size = about(one) + 34;
    if (keyX + size > room && keyX > 0) {
      keyX = 0;
      keyY += 20;
    }
    key.push({i, text: one, x: keyX, y: keyY});
    keyX += size;
  }
  const top = keyY + 18;
  const toX = (px) => domain[0] + px / scale;
  const marks = [
    rect(key, {x1: (k) => toX(k.x), x2: (k) => toX(k.x + 14), y1: (k) => k.y - 7 - top, y2: (k) => k.y + 7 - top, fill: (k) => shades[k.i % shades.length]}),
    text(key, {x: (k) => toX(k.x + 20), y: (k) => k.y - top, text: "text", textAnchor: "start", ...letters}),
    rect(parts, {x1: "from", x2: "to", y1: (p) => p.y + 1, y2: (p) => p.y + 23, fill: (p) => shades[p.i % shades.length], stroke: "white"}),
    text(parts.filter((p) => wide(p) >= about(p.f.text) + 4), {x: (p) => (p.from + p.to) / 2, y: (p) => p.y + 12, text: (p) => p.f.text, fill: (p) => onShade[p.i % onShade.length], fontSize: 13, fontWeight: "bold"}),
    text(lines.filter((l) => !l.quiet), {x: () => domain[0], y: "y", text: "text", textAnchor: "start", ...letters}),
    text(lines.filter((l) => l.quiet), {x: () => domain[0], y: "y", text: "text", textAnchor: "start", fill: quiet, fontSize: 13})
  ];
  if (diverging) marks.push(link(distinct(parts.map((p) => p.y)), {x1: () => 0, x2: () => 0, y1: (at) => at - 1, y2: (at) => at + 25, stroke: ink, strokeWidth: 1.5}));
  marks.push(tip(parts, pointer({x: (p) => (p.from + p.to) / 2, y: (p) => p.y + 12, title: (p) => `${p.f.label}\n${p.f.series}: ${p.f.text}`, fontSize: 13})));
  return {
    marks, height: y + top + 4, marginTop: top, marginRight: 4, marginBottom: 4, marginLeft: 4,
    x: {type: "linear", domain, axis: null}, y: {type: "linear", domain: [y, 0], axis: null}, key: null
  };
}

const draw = {
  stacked: (figures, options, width) => stack(figures, options, width, false),
  diverging: (figures, options, width) => stack(figures, options, width, true),
  trend,
  interval: (figures, options, width) => rows(figures, options, width, false),
  bars: (figures, options, width) => rows(figures, options, width, true),
  funnel,
  control
};

function show(figure, table, width, paper = false) {
  const options = JSON.parse(figure.dataset.chartOptions);
  const kind = figure.dataset.chart;
  figure.querySelectorAll("svg, .w-chart__notes").forEach((old) => old.remove());
  if (kind === "interval") table.querySelectorAll(".w-beside").forEach((old) => old.remove());
  const figures = read(table);
  const inRows = kind === "interval" && width >= 640 && distinct(figures.map((f) => f.series)).length === 1;
  const {breaks, key, ...settings} = inRows ? beside(figures, options, table, paper) : draw[kind](figures, options, width, paper);
  if (!inRows) {
    const svg = plot({width, ariaLabel: options.description, ...settings});
    svg.setAttribute("role", "img");
    // Plot names its groups after its marks, which says nothing to a reader and is no name that a group may have.
    svg.querySelectorAll("g[aria-label]").forEach((group) => group.removeAttribute("aria-label"));
    figure.append(svg);
  }
  if (breaks?.length) figure.append(noted("ol", breaks.map((one) => Object.assign(document.createElement("li"), one))));
  if (key) figure.append(noted("p", [key]));
}

function noted(name, content) {
  const note = document.createElement(name);
  note.className = "w-chart__notes";
  note.append(...content);
  return note;
}

const tables = new Map();
const sizes = new ResizeObserver((entries) => {
  for (const {target, contentRect} of entries) {
    const width = Math.floor(contentRect.width);
    if (width > 0 && width !== tables.get(target).width) {
      tables.get(target).width = width;
      show(target, tables.get(target).table, width);
    }
  }
});
for (const figure of document.querySelectorAll("figure[data-of]")) {
  const table = document.getElementById(figure.dataset.of);
  if (!table || ![...table.tBodies[0].rows].some((row) => row.querySelector("[data-value]"))) continue;
  figure.hidden = false;
  tables.set(figure, {table, width: 0});
  sizes.observe(figure);
}
// A4 between its margins is about this wide; the screen's width returns with the next change of size.
addEventListener("beforeprint", () => tables.forEach(({table}, figure) => show(figure, table, 680, true)));
addEventListener("afterprint", () => tables.forEach(({table, width}, figure) => show(figure, table, width)));
