/* The alignment map. Starts on [data-map]; without this file the page leads to the outline. */
import { Drawing } from "./draw.js";
import { savePng, saveSvg, wholeMap } from "./export.js";
import { fillCard } from "./focus.js";
import { startFilter } from "./filter.js";
import { startKeys } from "./keys.js";
import { layout } from "./layout.js";
import { Linking } from "./link.js";
import { lede, neighbours, unpack } from "./model.js";
import { belowOf, matching, readState, withAbove, writeState } from "./state.js";
import { spoken } from "./node.js";
import { View } from "./view.js";

class AlignmentMap {
  constructor(box) {
    this.box = box;
    this.svg = box.querySelector("svg.graph");
    this.state = readState();
    this.addresses = { priority: box.dataset.priority, objective: box.dataset.objective, key_result: box.dataset.keyResult };
    this.drawing = new Drawing(this.svg, this.addresses);
    this.view = new View(this.svg, (view) => this.drawing.render(view));
    this.card = box.querySelector("[data-focus-card]");
    this.found = new Set();
    this.focus = null;
    this.link = new Linking(this, document.querySelector("[data-map-link]"));
  }

  async reload() {
    const focus = this.state.focus.split(":")[1] ?? "";
    const address = new URL(this.box.dataset.graph, location.href);
    if (focus && this.graph?.hasAll === false) address.searchParams.set("key_results_of", focus);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the map answered ${answer.status}`);
    const isFirst = !this.graph;
    const current = this.drawing.current?.key;
    this.graph = unpack(await answer.json());
    this.drawing.current = this.graph.byKey.get(current) ?? null;
    this.show(isFirst);
    this.offer();
    document.querySelector("[data-lede]").textContent = lede(this.graph);
  }

  /* After any change of what is wished for. */
  update() {
    writeState(this.state);
    this.show(false);
  }

  show(isFirst) {
    const { graph, state } = this;
    this.focus = graph.byKey.get(state.focus) ?? null;
    const matches = matching(graph, state);
    const wishes = {
      closed: state.closed, lanes: state.lanes === "team", allKeyResults: state.key_results === "all" && graph.hasAll,
      keep: matches && withAbove(matches), focus: this.focus,
    };
    this.laid = layout(graph, wishes);
    if (this.focus && !this.laid.places.has(this.focus)) this.focus = null;
    let bright = matches;
    if (this.focus) bright = new Set([this.focus, ...neighbours(this.focus)]);
    const closed = new Map([...state.closed].map((key) => [key, graph.byKey.get(key)]).filter(([, node]) => node).map(([key, node]) => [key, belowOf(node).length]));
    const tints = wishes.lanes ? new Map(this.laid.bands.map((band) => [band.words, band.tint])) : null;
    this.drawing.show(graph, this.laid, { focus: this.focus, bright, closed, tints, found: this.found });
    if (!this.laid.places.has(this.drawing.current)) this.drawing.current = this.focus ?? this.laid.columns[0]?.rows[0].node ?? null;
    this.view.measure(this.laid, isFirst);
    if (isFirst && this.focus) this.view.reveal(this.laid.places.get(this.focus));
    this.view.now();
    this.#showFocus();
    this.box.querySelector("[data-empty]").hidden = this.laid.places.size > 0;
    this.box.dataset.ready = String(this.laid.places.size);
    if (isFirst) requestAnimationFrame(() => setTimeout(() => { this.box.dataset.paintedAt = String(performance.now()); }));
  }

  #showFocus() {
    const chip = document.querySelector("[data-focus-chip]");
    chip.hidden = !this.focus;
    this.card.hidden = true;
    if (!this.focus) return;
    chip.querySelector("span").textContent = `Focus: ${this.focus.title}`;
    fillCard(this.card, this.focus, { addresses: this.addresses, askAt: this.box.dataset.ask, canAsk: "canWrite" in this.box.dataset, go: (node) => { this.setFocus(node); this.go(node); } });
  }

  setFocus(node) {
    const had = this.drawing.current;
    this.state.focus = node && node.kind !== "private" ? node.key : "";
    this.update();
    if (node && !this.graph.hasAll) this.reload().then(() => this.go(this.graph.byKey.get(node.key)));
    if (node) this.say(`Focus on ${spoken(node)}`);
    else this.say("Focus left.");
    if (had) this.go(node ?? had);
  }

  fold(node) {
    if (!node.kids.length) return;
    if (!this.state.closed.delete(node.key)) this.state.closed.add(node.key);
    this.update();
    this.go(node);
    this.say(this.state.closed.has(node.key) ? `Closed, ${belowOf(node).length} hidden.` : "Open.");
  }

  leave() {
    if (this.link.leave() || !this.focus) return;
    this.setFocus(null);
  }

  /* Move the keyboard to a node. */
  go(node) {
    const place = node && this.laid.places.get(node);
    if (!place) return;
    this.drawing.current = node;
    this.drawing.drawnWindow = null;
    this.view.reveal(place);
    const element = this.drawing.elements.get(node);
    element.focus({ preventScroll: true });
    if (this.view.isWhole) element.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  nodeOf(element) {
    const key = element?.closest?.("[data-node]")?.getAttribute("data-node");
    return key ? this.graph.byKey.get(key) : null;
  }

  /* Everything that has a place, in reading order. */
  inOrder() {
    return this.laid.columns.flatMap((column) => column.rows.map((place) => place.node));
  }

  setFound(found) {
    this.found = found;
    for (const [node, element] of this.drawing.elements) element.classList.toggle("is-found", found.has(node));
    this.drawing.look.found = found;
  }

  /* Outline the nodes of a loop that was refused. */
  markWay(way) {
    if (way) this.setFound(new Set(way));
  }

  say(words) {
    document.querySelector("[data-map-says]").textContent = words;
  }
}

function startButtons(map) {
  const acts = {
    in: () => map.view.zoom(1.25), out: () => map.view.zoom(0.8), fit: () => map.view.fit(), leave: () => map.leave(),
    focus: () => map.drawing.current && map.setFocus(map.drawing.current === map.focus ? null : map.drawing.current),
    svg: () => saveSvg(map), png: () => savePng(map),
    print: () => window.print(), align: () => map.link.begin(map.drawing.current), cancel: () => map.link.dialog.close(),
  };
  document.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]");
    if (act && acts[act.dataset.act]) {
      if (act.dataset.act === "align" && !map.drawing.current?.mayLink) return;
      event.preventDefault();
      acts[act.dataset.act]();
    }
  });
  map.svg.addEventListener("click", (event) => {
    if (!event.target.closest("[data-fold]")) return;
    event.preventDefault();
    map.fold(map.nodeOf(event.target));
  });
  map.svg.addEventListener("focusin", (event) => {
    const node = map.nodeOf(event.target);
    if (!node) return;
    map.drawing.current = node;
    map.drawing.markCurrent();
  });
  window.addEventListener("resize", () => { map.view.measure(map.laid, false); map.view.now(); });
  window.addEventListener("beforeprint", () => document.querySelector("[data-map-print]").replaceChildren(wholeMap(map)));
  window.addEventListener("afterprint", () => document.querySelector("[data-map-print]").replaceChildren());
}

const box = document.querySelector("[data-map]");
if (box) {
  const map = new AlignmentMap(box);
  map.offer = startFilter(map);
  startButtons(map);
  startKeys(map);
  map.reload().catch(() => { box.querySelector("[data-failed]").hidden = false; });
}
