/* The lines between nodes, and what is written on them. */
import { edgeWords, percent } from "./model.js";

const round = (number) => Math.round(number * 10) / 10;
const middle = (place) => place.y + place.h / 2;

/* A curve from column to column; within a column a bracket at the right, each in its own lane. */
export function route(child, parent, lane = 0) {
  if (child.x >= parent.x + parent.w) return curve(parent.x + parent.w, middle(parent), child.x, middle(child));
  if (parent.x >= child.x + child.w) return curve(child.x + child.w, middle(child), parent.x, middle(parent));
  const x = child.x + child.w;
  const bow = 20 + 14 * lane;
  const [top, low] = [middle(child), middle(parent)].sort((a, b) => a - b);
  const r = Math.min(12, (low - top) / 2);
  return {
    d: `M${round(x)} ${round(top)}h${bow - r}q${r} 0 ${r} ${r}V${round(low - r)}q0 ${r} ${-r} ${r}H${round(x)}`,
    x: x + bow, y: null, most: x + 166,
  };
}

function curve(x1, y1, x2, y2) {
  const m = (x1 + x2) / 2;
  return { d: `M${round(x1)} ${round(y1)}C${round(m)} ${round(y1)} ${round(m)} ${round(y2)} ${round(x2)} ${round(y2)}`, x1, y1, x2, y2 };
}

const bezier = (a, b, c, d, t) => a * (1 - t) ** 3 + 3 * b * (1 - t) ** 2 * t + 3 * c * (1 - t) * t * t + d * t ** 3;

/* A label on a curve at the share t of the way, away from the other labels of a fan. */
function labelOf(way, words, far, bold) {
  if (way.y === null) return { words, x: Math.min(way.x + 8, way.most - words.length * 5.9 - 26), y: far - 16, isLeft: true, bold };
  const t = way.y2 === way.y1 ? 0.5 : far;
  const m = (way.x1 + way.x2) / 2;
  return { words, x: bezier(way.x1, m, m, way.x2, t), y: bezier(way.y1, way.y1, way.y2, way.y2, t), isLeft: false, bold };
}

/* Every line between nodes that have a place; `hot` ones touch the focus and carry words. */
export function lines(graph, places, focus, isOpenFan) {
  const found = [];
  const place = (node) => places.get(node) ?? (node.kind === "key_result" ? places.get(node.objective) : undefined);
  let lane = 0;
  const fan = focus?.keyResults?.length ? places.get(focus.keyResults[focus.keyResults.length - 1]) : null;
  const [fanBegin, fanEnd] = fan ? [places.get(focus).y, fan.y + fan.h + 24] : [0, 0];
  for (const edge of graph.edges) {
    const child = places.get(edge.from);
    const parent = place(edge.to);
    if (!child || !parent || child === parent) continue;
    const isHot = Boolean(focus) && (edge.from === focus || edge.to === focus);
    const isBeside = child.x < parent.x + parent.w && parent.x < child.x + child.w;
    const way = route(child, parent, isBeside ? (isHot ? lane++ % 6 : 0) : 0);
    const line = { edge, child, parent, kind: edge.kind, isHot, d: way.d, label: null };
    if (isHot) {
      const other = edge.from === focus ? parent : child;
      let words = edge.kind === "contributes" && edge.share !== null ? percent(edge.share) : edgeWords(edge, edge.from === focus);
      if (way.y === null && middle(other) < fanEnd && middle(other) > fanBegin) words = words.split(",")[0];
      line.label = labelOf(way, words, way.y === null ? middle(other) : edge.from === focus ? 0.5 : 0.78, edge.kind === "contributes");
    }
    found.push(line);
  }
  for (const node of graph.keyResults) {
    const child = places.get(node);
    const parent = places.get(node.objective);
    if (!child || !parent) continue;
    const isHot = Boolean(focus) && (node.objective === focus || node === focus);
    const way = route(parent, child);
    const line = { edge: null, child, parent, kind: "contributes", isHot, d: way.d, label: null };
    if (isHot && node.share !== null) line.label = labelOf(way, percent(node.share), isOpenFan ? 0.78 : 0.5, true);
    found.push(line);
  }
  return found;
}
