/* The graph as the page gets it, with every link known at both of its ends. Nothing here touches the page. */
const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
export const percent = (ratio) => (ratio === null ? "–" : `${Math.round(ratio * 100)}\u00a0%`);

function makeNode(kind, id, title, rest) {
  return { key: `${kind}:${id}`, kind, id, title, ups: [], downs: [], kids: [], home: null, level: 0, ...rest };
}

export function unpack(data) {
  const statuses = data.statuses.map(([name, shape, word]) => ({ name, shape, word }));
  const priorities = data.priorities.map(([id, title, owner, progress, expected, counts]) =>
    makeNode("priority", id, title, { owner, progress, expected, counts, sub: owner }));
  const objectives = data.objectives.map(([id, title, status, team, person, progress, expected, heard, quiet, cycle, count, may], order) => {
    const where = data.teams[team] || data.people[person][1];
    return makeNode("objective", id, title, {
      order, status: statuses[status], team: data.teams[team], owner: data.people[person][1], ownerId: data.people[person][0],
      progress, expected, heard, isQuiet: quiet === 1, cycle: data.cycles[cycle], count, mayLink: may === 1,
      sub: [where, percent(progress)].filter(Boolean).join(" · "), keyResults: [],
    });
  });
  const keyResults = data.key_results.map(([id, place, title, status, progress, expected, share, current, target, unit]) => {
    const node = makeNode("key_result", id, title, { status: statuses[status], progress, expected, share, sub: valueWords(current, target, unit, progress) });
    node.objective = objectives[place];
    objectives[place].keyResults.push(node);
    return node;
  });
  const parents = { priority: priorities, objective: objectives, key_result: keyResults };
  const edges = [];
  const hidden = [];
  for (const [id, child, type, place, kind, state, share, on] of data.edges) {
    let from = objectives[child];
    if (!from) {
      from = makeNode("private", String(hidden.length), "a private objective", { sub: "counts, is not shown", progress: null, keyResults: [], order: 1e9 });
      hidden.push(from);
    }
    const edge = { id, from, to: parents[type][place], kind, state, share, on };
    edges.push(edge);
    from.ups.push(edge);
    edge.to.downs.push(edge);
  }
  const graph = { cycle: data.cycle, hasAll: data.has_all_key_results, priorities, objectives, keyResults, edges, hidden };
  graph.nodes = [...priorities, ...objectives, ...hidden, ...keyResults];
  graph.byKey = new Map(graph.nodes.map((node) => [node.key, node]));
  findHomes(graph);
  return graph;
}

function valueWords(current, target, unit, progress) {
  if (current === null || target === null) return percent(progress);
  return `${NUMBER.format(current)} of ${NUMBER.format(target)}${unit ? ` ${unit}` : ""}`;
}

/* Each objective stands once: in the column beside the nearest thing that it leads to, first of all a priority. */
function findHomes(graph) {
  const waiting = [...graph.priorities];
  const seen = new Set(waiting);
  const rank = { contributes: 0, supports: 1, depends_on: 2 };
  const walk = () => {
    for (let at = 0; at < waiting.length; at += 1) {
      const node = waiting[at];
      const below = [...node.downs, ...(node.keyResults ?? []).flatMap((one) => one.downs)]
        .filter((edge) => edge.kind !== "depends_on" && !seen.has(edge.from))
        .sort((a, b) => rank[a.kind] - rank[b.kind] || a.from.order - b.from.order);
      for (const { from } of below) {
        if (seen.has(from)) continue;
        seen.add(from);
        from.home = node;
        from.level = node.level + 1;
        node.kids.push(from);
        waiting.push(from);
      }
      node.kids.sort((a, b) => a.order - b.order);
    }
    waiting.length = 0;
  };
  walk();
  graph.aligned = graph.objectives.filter((node) => seen.has(node) && !node.cycle).length;
  graph.loose = [];
  const begin = (node) => {
    if (seen.has(node)) return;
    seen.add(node);
    node.level = 1;
    graph.loose.push(node);
    waiting.push(node);
    walk();
  };
  const others = [...graph.objectives, ...graph.hidden];
  others.filter((node) => !node.ups.some((edge) => edge.kind !== "depends_on")).forEach(begin);
  others.forEach(begin);
}

/* Everything one step away: links of every kind, and the key results of an objective. */
export function neighbours(node) {
  const own = node.kind === "key_result" ? [node.objective] : (node.keyResults ?? []);
  return new Set([...node.ups.map((edge) => edge.to), ...node.downs.map((edge) => edge.from), ...own,
    ...node.ups.filter((edge) => edge.to.kind === "key_result").map((edge) => edge.to.objective)]);
}

/* The way that a new link from child up to parent would close: nodes from child to child, or null. */
export function loopPath(child, parent) {
  const cameFrom = new Map([[parent, null]]);
  const waiting = [parent];
  for (let at = 0; at < waiting.length; at += 1) {
    const node = waiting[at];
    if (node === child) {
      const way = [];
      for (let one = node; one; one = cameFrom.get(one)) way.unshift(one);
      return [child, ...way];
    }
    const above = node.kind === "key_result" ? [node.objective] : node.ups.map((edge) => edge.to);
    for (const next of above) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      waiting.push(next);
    }
  }
  return null;
}

const COUNT = (number, one, many) => `${number || "no"} ${number === 1 ? one : many}`;
export function lede(graph) {
  const here = graph.objectives.filter((node) => !node.cycle);
  const results = here.reduce((sum, node) => sum + node.count, 0);
  return `${COUNT(graph.priorities.length, "priority", "priorities")}, ${COUNT(here.length, "objective", "objectives")}, `
    + `${COUNT(results, "key result", "key results")}. ${COUNT(graph.aligned, "objective leads", "objectives lead")} to a priority.`;
}

const WORDS = { contributes: "contributes to", supports: "supports", depends_on: "depends on" };
const STATES = { requested: "not answered yet", accepted: "accepted", renegotiated: "something else is offered" };
export function edgeWords(edge, isUp = true) {
  const word = isUp ? WORDS[edge.kind] : { contributes: "contributed to by", supports: "supported by", depends_on: "needed by" }[edge.kind];
  if (edge.kind !== "depends_on") return word;
  return [word, [STATES[edge.state], edge.on].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}
