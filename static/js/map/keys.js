/* Keys on the map: arrows along the graph, Space closes and opens, Enter goes there, F focus, A align, Esc leaves. */
import { lettersWork } from "../keyboard.js";

/* The next node for an arrow; null when there is none that way. */
export function step(key, node, laid, isClosed) {
  const place = laid.places.get(node);
  if (!place) return null;
  const has = (one) => one && laid.places.has(one);
  if (key === "ArrowUp" || key === "ArrowDown") {
    const { rows } = laid.columns.find((column) => column.level === place.level);
    return rows[rows.indexOf(place) + (key === "ArrowDown" ? 1 : -1)]?.node ?? null;
  }
  if (key === "ArrowLeft") {
    if (node.kind === "key_result") return has(node.objective) ? node.objective : null;
    return [node.home, ...node.ups.map((edge) => edge.to)].find(has) ?? null;
  }
  if (isClosed) return node;
  const below = [...(node.keyResults ?? []), ...node.kids, ...node.downs.map((edge) => edge.from)].filter(has);
  const nearest = below.sort((a, b) => Math.abs(laid.places.get(a).y - place.y) - Math.abs(laid.places.get(b).y - place.y));
  return nearest[0] ?? null;
}

export function startKeys(map) {
  map.svg.addEventListener("keydown", (event) => {
    const node = map.nodeOf(event.target);
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) {
      const isClosed = map.state.closed.has(node.key);
      const next = step(event.key, node, map.laid, isClosed);
      if (event.key === "ArrowRight" && isClosed) map.fold(node);
      else if (next) map.go(next);
    } else if (event.key === "Home" || event.key === "End") {
      const { rows } = map.laid.columns.find((column) => column.level === map.laid.places.get(node).level);
      map.go(rows[event.key === "Home" ? 0 : rows.length - 1].node);
    } else if (event.key === " ") map.fold(node);
    else if (event.key === "Enter" && map.link.isChoosing) map.link.choose(node);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open], details.menu[open]")) return map.leave();
    if (!lettersWork(event)) return;
    const node = map.nodeOf(document.activeElement) ?? map.focus;
    const key = event.key.toLowerCase();
    if (key === "f" && node) map.setFocus(node === map.focus ? null : node);
    else if (key === "a") map.link.begin(node);
    else if (key === "+" || key === "=") map.view.zoom(1.25);
    else if (key === "-") map.view.zoom(0.8);
    else if (key === "0") map.view.fit();
    else return;
    event.preventDefault();
  });
}
