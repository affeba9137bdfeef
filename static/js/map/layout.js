/* Where everything stands: one pass over the nodes, no search. Pure: graph and wishes in, places out. */
export const ROW = 46;
export const GAP = 5;
const PITCH = ROW + GAP;
const GROUP = 16;
const TOP = 28;
const LEFT = 1;
const PRIORITY_WIDTH = 232;
const FIRST = 356;
const WIDTH = 322;
const STEP = 488;
const LINE = 27;

/* Words in lines of at most `most` letters, at most three lines. */
export function wrap(words, most = LINE, lines = 3) {
  const found = [];
  for (const word of words.split(/\s+/)) {
    const last = found[found.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= most) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  if (found.length > lines) {
    found.length = lines;
    found[lines - 1] += "…";
  }
  return found.map((line) => (line.length > most ? `${line.slice(0, most - 1)}…` : line));
}

export const priorityHeight = (node) => 36 + 17 * wrap(node.title).length;
const left = (level) => (level === 0 ? LEFT : FIRST + (level - 1) * STEP);

/* wishes: closed (Set of keys), keep (Set of nodes, or null for all), lanes, focus (node or null), allKeyResults. */
export function layout(graph, wishes) {
  const isKept = (node) => !wishes.keep || wishes.keep.has(node);
  const places = new Map();
  let deepest = 1;
  for (const node of graph.objectives) if (isKept(node) && node.level > deepest) deepest = node.level;
  for (const node of graph.hidden) if (node.level > deepest) deepest = node.level;
  const resultLevel = deepest + 1;
  const kidsOf = (node) => {
    if (wishes.closed.has(node.key)) return [];
    const kids = node.kids.filter(isKept);
    return wishes.allKeyResults && !wishes.lanes && node.keyResults ? [...node.keyResults, ...kids] : kids;
  };
  const put = (node, y, height, level) =>
    places.set(node, { node, x: left(level), y, w: level === 0 ? PRIORITY_WIDTH : node.kind === "key_result" ? 315 : WIDTH, h: height, level });
  const drawn = { places, bands: [], rules: [], height: TOP };
  if (wishes.lanes) inLanes(graph, isKept, kidsOf, put, drawn);
  else inTrees(graph, isKept, kidsOf, put, drawn, resultLevel);
  if (wishes.focus && !wishes.allKeyResults) beside(wishes.focus, places, put, drawn);
  return finish(drawn, wishes);
}

function inTrees(graph, isKept, kidsOf, put, drawn, resultLevel) {
  let y = TOP;
  for (const node of graph.priorities) if (isKept(node)) y = tree(node, y, priorityHeight(node), kidsOf, put, resultLevel) + GROUP;
  const loose = graph.loose.filter(isKept);
  if (loose.length) {
    y += 26;
    drawn.rules.push({ y: y - 14, words: "Without a priority" });
    for (const node of loose) y = tree(node, y, ROW, kidsOf, put, resultLevel) + GAP;
  }
  drawn.height = y;
}

/* A node and all below it from y downwards; gives the y below the last row. */
function tree(root, y, height, kidsOf, put, resultLevel) {
  const order = [];
  const kids = new Map();
  const waiting = [root];
  while (waiting.length) {
    const node = waiting.pop();
    const below = kidsOf(node);
    order.push(node);
    kids.set(node, below);
    for (let at = below.length - 1; at >= 0; at -= 1) waiting.push(below[at]);
  }
  let leaves = 0;
  for (const node of order) if (!kids.get(node).length) leaves += 1;
  if (order.length === 1) {
    put(root, y, height, root.level);
    return y + height;
  }
  const span = leaves * PITCH - GAP;
  let next = y + Math.max(0, (height - span) / 2);
  const ys = new Map();
  for (const node of order) {
    if (kids.get(node).length) continue;
    ys.set(node, next);
    next += PITCH;
  }
  for (let at = order.length - 1; at >= 0; at -= 1) {
    const below = kids.get(order[at]);
    if (below.length) ys.set(order[at], (ys.get(below[0]) + ys.get(below[below.length - 1])) / 2);
  }
  for (const node of order) {
    if (node === root) put(node, ys.get(node) + (ROW - height) / 2, height, root.level);
    else put(node, ys.get(node), ROW, node.kind === "key_result" ? resultLevel : node.level);
  }
  return Math.max(next - GAP, y + height);
}

/* One band per team, those without a team last; priorities one below the other beside them. */
function inLanes(graph, isKept, kidsOf, put, drawn) {
  const shown = new Set();
  const waiting = [...graph.priorities, ...graph.loose].filter(isKept);
  for (let at = 0; at < waiting.length; at += 1) {
    shown.add(waiting[at]);
    waiting.push(...kidsOf(waiting[at]));
  }
  const teams = new Map();
  for (const node of graph.objectives) {
    if (!shown.has(node)) continue;
    if (!teams.has(node.team)) teams.set(node.team, []);
    teams.get(node.team).push(node);
  }
  let y = TOP;
  const names = [...teams.keys()].sort((a, b) => (a === "") - (b === "") || a.localeCompare(b, "en"));
  names.forEach((name, place) => {
    const begun = y;
    const next = new Map();
    for (const node of teams.get(name)) {
      const at = next.get(node.level) ?? begun + 24;
      put(node, at, ROW, node.level);
      next.set(node.level, at + PITCH);
      y = Math.max(y, at + PITCH);
    }
    drawn.bands.push({ y: begun, h: y - begun + 3, words: name || "No team", tint: (place % 4) + 1 });
    y += GROUP;
  });
  let rest = TOP;
  for (const node of graph.priorities) {
    if (!shown.has(node)) continue;
    put(node, rest, priorityHeight(node), 0);
    rest += priorityHeight(node) + GROUP;
  }
  drawn.height = Math.max(y, rest);
}

/* Key results of the focus, or of the objective around a key result in focus, stacked beside it. */
function beside(focus, places, put, drawn) {
  const objective = focus.kind === "key_result" ? focus.objective : focus;
  const start = places.get(objective);
  if (!start || !objective.keyResults?.length) return;
  const low = start.y + objective.keyResults.length * PITCH;
  let level = start.level + 1;
  const taken = new Set();
  for (const place of places.values()) if (place.y + place.h > start.y && place.y < low) taken.add(place.level);
  while (taken.has(level)) level += 1;
  objective.keyResults.forEach((node, at) => put(node, start.y + at * PITCH, ROW, level));
  drawn.height = Math.max(drawn.height, low);
}

function heading(level, first, wishes) {
  if (level === 0) return "Priorities";
  if (first.kind === "key_result") return wishes.allKeyResults ? "Key results" : "Key results of the focus";
  return level === 1 ? "Objectives" : `Objectives, step ${level}`;
}

function finish(drawn, wishes) {
  const byColumn = new Map();
  for (const place of drawn.places.values()) {
    if (!byColumn.has(place.level)) byColumn.set(place.level, []);
    byColumn.get(place.level).push(place);
  }
  for (const column of byColumn.values()) column.sort((a, b) => a.y - b.y);
  const columns = [...byColumn.keys()].sort((a, b) => a - b).map((level) => ({
    level,
    x: left(level),
    rows: byColumn.get(level),
    words: heading(level, byColumn.get(level)[0].node, wishes),
  }));
  const right = Math.max(FIRST + WIDTH, ...columns.map((column) => column.x + column.rows.reduce((most, place) => Math.max(most, place.w), 0)));
  return { ...drawn, columns, width: Math.max(right + 1, left(2) + 316), height: Math.ceil(drawn.height + 6) };
}
