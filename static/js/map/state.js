/* What is shown stands in the address, so that it can be sent to somebody and comes back with the back button. */
const WORDS = ["focus", "lanes", "key_results", "team", "owner", "status", "q"];

export function readState() {
  const query = new URLSearchParams(location.search);
  const state = Object.fromEntries(WORDS.map((name) => [name, query.get(name) ?? ""]));
  state.closed = new Set((query.get("closed") ?? "").split(",").filter(Boolean));
  return state;
}

export function writeState(state) {
  const query = new URLSearchParams(location.search);
  for (const name of WORDS) {
    if (state[name]) query.set(name, state[name]);
    else query.delete(name);
  }
  if (state.closed.size) query.set("closed", [...state.closed].join(","));
  else query.delete("closed");
  const words = query.toString().replaceAll("%2C", ",");
  history.replaceState(history.state, "", words ? `?${words}` : location.pathname);
  for (const link of document.querySelectorAll("[data-outline-link]")) {
    const cycle = query.get("cycle");
    link.href = cycle ? `${link.pathname}?cycle=${encodeURIComponent(cycle)}` : link.pathname;
  }
}

/* Nodes that every set filter lets through; null when none is set. */
export function matching(graph, state) {
  const { team, owner, status } = state;
  const words = state.q.trim().toLowerCase();
  if (!team && !owner && !status && !words) return null;
  const has = (node) => node.title.toLowerCase().includes(words);
  return new Set(graph.objectives.filter((node) => (!team || node.team === team) && (!owner || node.owner === owner)
    && (!status || node.status.shape === status) && (!words || has(node) || node.keyResults.some(has))));
}

/* With everything that a match hangs on, up to its priority. */
export function withAbove(matches) {
  const kept = new Set(matches);
  for (const node of matches) for (let one = node.home; one && !kept.has(one); one = one.home) kept.add(one);
  return kept;
}

export function belowOf(node) {
  const found = [];
  const waiting = [...node.kids];
  while (waiting.length) {
    const one = waiting.pop();
    found.push(one);
    waiting.push(...one.kids);
  }
  return found;
}
