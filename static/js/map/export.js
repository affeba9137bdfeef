/* The whole map as a file of its own: SVG with its colours written in, or the same drawn on a canvas as PNG. */
import { pathsOf } from "./draw.js";
import { drawGround, drawLabel, make } from "./node.js";

const STYLES = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "font-family", "font-size", "font-weight", "opacity"];
const LONGEST = 12000;
const BIGGEST = 6e7;

/* Everything in one SVG element, not only what is in sight. */
export function wholeMap(map) {
  const { drawing, laid } = map;
  const nodes = make("g", { class: "nodes" });
  for (const place of laid.places.values()) nodes.append(drawing.makeNode(place));
  const svg = make("svg", { class: "graph is-export", viewBox: `-12 -8 ${laid.width + 40} ${laid.height + 24}`, width: laid.width + 40, height: laid.height + 24 });
  const labels = drawing.lines.filter((line) => line.label).map((line) => drawLabel(line.label));
  svg.append(drawGround(laid), ...pathsOf(drawing.lines, Boolean(drawing.look.focus)), nodes, ...labels);
  for (const fold of svg.querySelectorAll(".fold:not(.is-closed)")) fold.remove();
  return svg;
}

/* The look of each kind of element, asked of the browser once, as attributes: no style sheet is needed to read it. */
function selfContained(svg, map) {
  const box = document.querySelector("[data-map-export]");
  box.replaceChildren(svg);
  const known = new Map();
  for (const element of svg.querySelectorAll("rect, path, circle, line, text")) {
    const key = `${element.tagName}|${element.getAttribute("class")}|${element.parentNode.getAttribute("class")}|${element.parentNode.parentNode.getAttribute("class")}`;
    if (!known.has(key)) {
      const computed = getComputedStyle(element);
      known.set(key, computed.display === "none" ? null : STYLES.map((name) => [name, computed.getPropertyValue(name)]));
    }
  }
  for (const element of [...svg.querySelectorAll("rect, path, circle, line, text")]) {
    const key = `${element.tagName}|${element.getAttribute("class")}|${element.parentNode.getAttribute("class")}|${element.parentNode.parentNode.getAttribute("class")}`;
    const styles = known.get(key);
    if (styles === null) element.remove();
    else for (const [name, value] of styles) if (value && (element.tagName === "text" || !name.startsWith("font"))) element.setAttribute(name, value);
  }
  const paper = getComputedStyle(document.body).backgroundColor;
  svg.prepend(make("title", {}, `Alignment map, ${map.graph.cycle}`), make("rect", { x: -12, y: -8, width: "100%", height: "100%", fill: paper }));
  for (const element of svg.querySelectorAll("[class], [tabindex], [data-node]")) for (const name of ["class", "tabindex", "data-node"]) element.removeAttribute(name);
  for (const link of svg.querySelectorAll("a[href]")) link.setAttribute("href", new URL(link.getAttribute("href"), location.href).href);
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.removeAttribute("class");
  svg.remove();
  return svg;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const nameOf = (map, ending) => `alignment-${(map.graph.cycle || "map").toLowerCase().replace(/[^a-z0-9]+/g, "-")}.${ending}`;

export function saveSvg(map) {
  const text = new XMLSerializer().serializeToString(selfContained(wholeMap(map), map));
  save(new Blob([text], { type: "image/svg+xml" }), nameOf(map, "svg"));
}

export async function savePng(map) {
  const svg = selfContained(wholeMap(map), map);
  const [width, height] = [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
  const scale = Math.min(2, LONGEST / Math.max(width, height), Math.sqrt(BIGGEST / (width * height)));
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.translate(12, 8);
  paint(pen, svg, { width, height });
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/png"); });
  save(blob, nameOf(map, "png"));
}

/* Draws the few kinds of element that the map is made of. */
function paint(pen, parent, size) {
  for (const element of parent.children) {
    const get = (name) => element.getAttribute(name);
    const number = (name) => (get(name) === "100%" ? size[name] : Number.parseFloat(get(name)) || 0);
    if (element.tagName === "svg") {
      pen.save();
      pen.translate(number("x"), number("y"));
      pen.scale(number("width") / 12, number("height") / 12);
      paint(pen, element, size);
      pen.restore();
    } else if (element.tagName === "text") {
      pen.font = `${get("font-weight")} ${get("font-size")} ${get("font-family")}`;
      pen.textAlign = { middle: "center", end: "right" }[get("text-anchor")] ?? "left";
      pen.fillStyle = get("fill");
      pen.fillText(element.textContent, number("x"), number("y"));
    } else if (["rect", "path", "circle", "line"].includes(element.tagName)) stroke(pen, shape(element, get, number), get, number);
    else if (element.children.length) paint(pen, element, size);
  }
}

function shape(element, get, number) {
  const path = new Path2D(element.tagName === "path" ? get("d") : "");
  if (element.tagName === "rect") path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
  else if (element.tagName === "circle") path.arc(number("cx"), number("cy"), number("r"), 0, 7);
  else if (element.tagName === "line") {
    path.moveTo(number("x1"), number("y1"));
    path.lineTo(number("x2"), number("y2"));
  }
  return path;
}

function stroke(pen, path, get, number) {
  pen.globalAlpha = get("opacity") === null ? 1 : number("opacity");
  if (get("fill") && get("fill") !== "none") {
    pen.fillStyle = get("fill");
    pen.fill(path);
  }
  if (get("stroke") && get("stroke") !== "none") {
    pen.strokeStyle = get("stroke");
    pen.lineWidth = number("stroke-width") || 1;
    pen.lineCap = get("stroke-linecap") ?? "butt";
    const dashes = (get("stroke-dasharray") ?? "none").match(/[\d.]+/g);
    pen.setLineDash(dashes ? dashes.map(Number) : []);
    pen.stroke(path);
  }
  pen.globalAlpha = 1;
}
