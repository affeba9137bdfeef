/* Puts on the page what lies in sight and a little around it, and nothing else; moving sets one transform. */
import { lines } from "./routes.js";
import { drawGround, drawLabel, drawNode, make } from "./node.js";

const AROUND = 0.6;
const KINDS = ["contributes", "supports", "depends_on"];
const CLASS = { contributes: "", supports: " e-supports", depends_on: " e-depends" };

export function edgeClass(kind, isHot, hasFocus) {
  return `e${isHot ? " e-hot" : hasFocus ? " off-path" : ""}${CLASS[kind]}`;
}

export class Drawing {
  constructor(svg, addresses) {
    this.svg = svg;
    this.addresses = addresses;
    this.world = make("g", { class: "world" });
    this.layers = Object.fromEntries(["ground", "edges", "nodes", "labels", "hand"].map((name) => [name, make("g", { class: name })]));
    this.world.append(...Object.values(this.layers));
    svg.append(this.world);
    this.elements = new Map();
    this.current = null;
  }

  /* look: focus (node or null), bright (Set of nodes, or null for all), closed (key → hidden count), found (Set). */
  show(graph, laid, look) {
    Object.assign(this, { graph, laid, look, drawnWindow: null });
    this.lines = lines(graph, laid.places, look.focus, (look.focus?.keyResults?.length ?? 0) > 1);
    this.layers.ground.replaceChildren(drawGround(laid));
    this.layers.nodes.replaceChildren();
    this.layers.labels.replaceChildren();
    this.elements.clear();
  }

  /* Called for every frame of a movement. */
  render({ x, y, k, width, height }) {
    this.world.setAttribute("transform", `translate(${x} ${y}) scale(${k})`);
    const sight = { left: -x / k, top: -y / k, right: (width - x) / k, low: (height - y) / k, k };
    const drawn = this.drawnWindow;
    const isInside = drawn && sight.left >= drawn.left && sight.top >= drawn.top && sight.right <= drawn.right
      && sight.low <= drawn.low && sight.k > drawn.k / 1.6 && sight.k < drawn.k * 1.6;
    if (isInside) return;
    const [dx, dy] = [(sight.right - sight.left) * AROUND, (sight.low - sight.top) * AROUND];
    this.drawnWindow = { left: sight.left - dx, top: sight.top - dy, right: sight.right + dx, low: sight.low + dy, k };
    this.svg.classList.toggle("is-far", k < 0.4);
    this.#drawNodes(this.drawnWindow);
    this.#drawLines(this.drawnWindow);
  }

  placesIn({ left, top, right, low }) {
    const found = [];
    for (const column of this.laid.columns) {
      const { rows } = column;
      if (column.x > right || column.x + rows[0].w < left) continue;
      let [from, to] = [0, rows.length];
      while (from < to) {
        const mid = (from + to) >> 1;
        if (rows[mid].y + rows[mid].h < top) from = mid + 1;
        else to = mid;
      }
      for (let at = from; at < rows.length && rows[at].y <= low; at += 1) found.push(rows[at]);
    }
    return found;
  }

  #drawNodes(sight) {
    const wanted = this.placesIn(sight);
    const current = this.current && this.laid.places.get(this.current);
    if (current && !wanted.includes(current)) wanted.push(current);
    const keep = new Set(wanted.map((place) => place.node));
    for (const [node, element] of this.elements) {
      if (keep.has(node)) continue;
      element.remove();
      this.elements.delete(node);
    }
    const fresh = document.createDocumentFragment();
    for (const place of wanted) {
      if (this.elements.has(place.node)) continue;
      const element = this.makeNode(place);
      this.elements.set(place.node, element);
      fresh.append(element);
    }
    this.layers.nodes.append(fresh);
    this.markCurrent();
  }

  makeNode(place) {
    const { node } = place;
    const { look } = this;
    const element = drawNode(place, {
      isFocus: node === look.focus,
      isOff: look.bright !== null && !look.bright.has(node),
      closed: look.closed.get(node.key),
      tint: node.kind === "objective" ? look.tints?.get(node.team) : 0,
    }, this.addresses);
    if (look.found?.has(node)) element.classList.add("is-found");
    return element;
  }

  /* The one node that Tab reaches; arrows move it. */
  markCurrent() {
    for (const [node, element] of this.elements) element.setAttribute("tabindex", node === this.current ? "0" : "-1");
  }

  #drawLines(sight) {
    const inSight = this.lines.filter(({ child, parent }) => {
      const [top, low] = child.y < parent.y ? [child.y, parent.y + parent.h] : [parent.y, child.y + child.h];
      return low >= sight.top && top <= sight.low && Math.max(child.x + child.w, parent.x + parent.w) + 120 >= sight.left
        && Math.min(child.x, parent.x) <= sight.right;
    });
    this.layers.edges.replaceChildren(...pathsOf(inSight, Boolean(this.look.focus)));
    const labels = inSight.filter((line) => line.label && line.label.y >= sight.top && line.label.y <= sight.low);
    this.layers.labels.replaceChildren(...labels.map((line) => drawLabel(line.label)));
  }
}

/* Lines of one look share one path: thousands of them are six elements. */
export function pathsOf(shown, hasFocus) {
  const paths = [];
  for (const isHot of [false, true]) {
    for (const kind of KINDS) {
      const d = shown.filter((line) => line.isHot === isHot && line.kind === kind).map((line) => line.d).join("");
      if (d) paths.push(make("path", { class: edgeClass(kind, isHot, hasFocus), d }));
    }
  }
  return paths;
}
