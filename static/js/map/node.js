/* One node, one label, one heading as SVG. The same marks serve the page, the print and the export. */
import { edgeWords, percent } from "./model.js";
import { wrap } from "./layout.js";

const SPACE = "http://www.w3.org/2000/svg";
const clip = (words, most) => (words.length <= most ? words : `${words.slice(0, most - 1).trimEnd()}…`);
const MARKS = {
  on: [["circle", { cx: 6, cy: 6, r: 5, class: "m-on" }]],
  risk: [["path", { d: "M6 .7 11.8 11H.2z", class: "m-risk" }]],
  off: [["path", { d: "M6 0 12 6 6 12 0 6z", class: "m-off" }]],
  none: [["circle", { cx: 6, cy: 6, r: 4.75, class: "m-none" }]],
  paused: [["path", { d: "M2 1.5h3v9H2zM7 1.5h3v9H7z", class: "m-paused" }]],
  done: [["circle", { cx: 6, cy: 6, r: 5, class: "m-done" }], ["path", { d: "m3.7 6.2 1.7 1.7 3-3.4", class: "m-done" }]],
};
const ORDER = ["on", "risk", "off", "paused", "done", "none"];
const WORDS = { on: "on track", risk: "at risk", off: "off track", none: "with nothing to judge yet", paused: "paused", done: "done" };
const KINDS = { priority: "Priority", objective: "Objective", key_result: "Key result", private: "Private" };

export function make(tag, attributes = {}, words = null) {
  const element = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (words !== null) element.textContent = words;
  return element;
}

function mark(shape, x, y, size) {
  const box = make("svg", { x, y, width: size, height: size, viewBox: "0 0 12 12" });
  for (const [tag, attributes] of MARKS[shape] ?? MARKS.none) box.append(make(tag, attributes));
  return box;
}

/* What a screen reader says: what it is, where it stands, and everything that it is linked to. */
export function spoken(node) {
  const says = [`${KINDS[node.kind]}: ${clip(node.title, 120)}`, node.sub];
  if (node.status) says.push(node.status.word);
  if (node.cycle) says.push(node.cycle);
  if (node.counts) says.push(...ORDER.filter((one) => node.counts[one]).map((one) => `${node.counts[one]} ${WORDS[one]}`));
  if (node.kind === "priority" && !node.downs.length) says.push("no objectives yet");
  const linked = [...node.ups.map((edge) => `${edgeWords(edge)} ${clip(edge.to.title, 80)}`), ...node.downs.map((edge) => `${edgeWords(edge, false)} ${clip(edge.from.title, 80)}`)];
  says.push(...linked.slice(0, 8));
  if (linked.length > 8) says.push(`and ${linked.length - 8} more links`);
  return says.join(", ");
}

export function drawNode(place, look, addresses) {
  const { node } = place;
  const href = addresses[node.kind];
  const isPriority = node.kind === "priority";
  const element = make(href ? "a" : "g", { class: `n${look.isOff ? " off-path" : ""}${look.isFocus ? " sel" : ""}`, "data-node": node.key, "aria-label": spoken(node), tabindex: "-1" });
  if (href) element.setAttribute("href", href.replace("00000000-0000-0000-0000-000000000000", node.id));
  else element.setAttribute("role", "img");
  const { x, y, w, h } = place;
  element.append(make("rect", { class: `node${isPriority ? " prio" : ""}`, x, y, width: w, height: h, rx: 8 }));
  if (look.tint) element.append(make("rect", { class: `lane-${look.tint}`, x: x + 3, y: y + 8, width: 4, height: h - 16, rx: 2 }));
  if (isPriority) drawPriority(element, place);
  else drawRow(element, place);
  if (look.closed) drawFold(element, place, `+${look.closed}`);
  else if (node.kids?.length) drawFold(element, place, "−");
  return element;
}

function drawPriority(element, { node, x, y, w }) {
  const lines = wrap(node.title);
  lines.forEach((line, at) => element.append(make("text", { class: "t t-p", x: x + 14, y: y + 25 + at * 17 }, line)));
  const low = y + 25 + 17 * lines.length;
  element.append(make("text", { class: "t2", x: x + 14, y: low }, clip(node.downs.length ? node.sub : [node.sub, "no objectives yet"].filter(Boolean).join(" · "), 34)));
  let at = x + w - 12;
  for (const shape of [...ORDER].reverse()) {
    const count = node.counts[shape];
    if (!count) continue;
    element.append(make("text", { class: "t2 t2b", x: at, y: low, "text-anchor": "end" }, String(count)));
    element.append(mark(shape, at - 22 - 6 * (String(count).length - 1), low - 9, 10));
    at -= 30 + 6 * (String(count).length - 1);
  }
}

function drawRow(element, { node, x, y, w, h }) {
  const low = y + h - 10;
  if (node.status) element.append(mark(node.status.shape, x + 12, y + 9, 12));
  const tag = node.cycle ? clip(node.cycle, 14) : "";
  element.append(make("text", { class: "t", x: x + 32, y: y + 19 }, clip(node.title, tag ? 43 - tag.length : 44)));
  if (tag) element.append(make("text", { class: "t2 t2c", x: x + w - 12, y: y + 19, "text-anchor": "end" }, tag));
  element.append(make("text", { class: "t2", x: x + 32, y: low }, clip(node.sub, 36)));
  if (node.progress === null || node.progress === undefined) return;
  const left = x + w - 78;
  element.append(make("rect", { class: "bar-t", x: left, y: low - 6, width: 66, height: 4, rx: 2 }));
  element.append(make("rect", { class: "bar-f", x: left, y: low - 6, width: (66 * node.progress).toFixed(1), height: 4, rx: 2 }));
  if (node.expected !== null) element.append(make("rect", { class: "tickk", x: (left + 66 * node.expected).toFixed(1), y: low - 9, width: 1.5, height: 10 }));
}

function drawFold(element, { x, y, w, h }, words) {
  const fold = make("g", { class: `fold${words === "−" ? "" : " is-closed"}`, "data-fold": "", "aria-hidden": "true" });
  const width = 14 + 6 * words.length;
  fold.append(make("rect", { x: x + w - 1, y: y + h / 2 - 10, width, height: 20, rx: 10 }));
  fold.append(make("text", { x: x + w - 1 + width / 2, y: y + h / 2 + 4, "text-anchor": "middle" }, words));
  element.append(fold);
}

export function drawLabel({ words, x, y, isLeft, bold }) {
  const width = Math.round(words.length * 5.9 + 20);
  const [left, high] = isLeft ? [x, 22] : [x - Math.min(width, 200) / 2, 20];
  const group = make("g", { class: "label", "aria-hidden": "true" });
  group.append(make("rect", { class: "wlabel", x: left.toFixed(1), y: (y - high / 2).toFixed(1), width, height: high, rx: high / 2 }));
  group.append(make("text", { class: `c-text${bold ? " c-text-b" : ""}`, x: (left + width / 2).toFixed(1), y: (y + 4).toFixed(1), "text-anchor": "middle" }, words));
  return group;
}

/* Headings of columns, bands of teams, and the rule above what leads to no priority. */
export function drawGround(laid) {
  const group = make("g", { class: "ground" });
  for (const band of laid.bands) {
    group.append(make("rect", { class: `band band-${band.tint}`, x: 300, y: band.y, width: laid.width - 300, height: band.h, rx: 8 }));
    group.append(make("rect", { class: `lane-${band.tint}`, x: 308, y: band.y + 8, width: 4, height: Math.max(8, band.h - 16), rx: 2 }));
    group.append(make("text", { class: "c-text c-text-b", x: 356, y: band.y + 16 }, band.words));
  }
  for (const column of laid.columns) group.append(make("text", { class: "c-text", x: column.x, y: 12 }, column.words));
  for (const rule of laid.rules) {
    group.append(make("line", { class: "c-grid", x1: 1, x2: 344, y1: rule.y, y2: rule.y }));
    group.append(make("text", { class: "c-text", x: 356, y: rule.y + 4 }, rule.words));
  }
  return group;
}

export { percent };
