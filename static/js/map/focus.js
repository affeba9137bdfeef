/* "In focus": what the picture says about one node, as a sentence and as a short list. */
import { percent } from "./model.js";

const STATES = { requested: "not answered yet", accepted: "accepted", renegotiated: "something else is offered" };

function make(tag, words = null, css = "") {
  const element = document.createElement(tag);
  if (words !== null) element.textContent = words;
  if (css) element.className = css;
  return element;
}

const points = (ratio) => {
  const value = Math.round(ratio * 1000) / 10;
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
};

/* "Carries 30 % of … and explains 4.5 of the 12 points it is behind plan." */
export function sentence(node) {
  const line = make("p", null, "sm");
  const edge = node.ups.find((one) => one.share !== null && one.to.kind === "priority") ?? node.ups.find((one) => one.share !== null);
  const own = node.kind === "key_result" && node.share !== null ? { share: node.share, to: node.objective } : null;
  const counted = edge ?? own;
  if (!counted) {
    line.append(plainSentence(node));
    return line;
  }
  line.append(`Carries ${percent(counted.share)} of `, make("i", counted.to.title));
  const behind = gap(counted.to);
  const mine = gap(node);
  if (behind > 0.004 && mine > 0) {
    line.append(" and explains ", make("b", `${points(counted.share * mine)} of the ${points(behind)} points`), " it is behind plan.");
  } else if (behind > 0.004) line.append(". It is on plan itself, and none of the points that are missing there.");
  else line.append(", which is on plan.");
  return line;
}

const gap = (node) => (node.progress === null || node.expected === null ? 0 : node.expected - node.progress);

function plainSentence(node) {
  if (node.kind === "priority") {
    if (!node.downs.length) return "No objectives yet.";
    const direct = new Set(node.downs.map((edge) => edge.from)).size;
    const behind = gap(node);
    const stands = behind > 0.004 ? `, ${points(behind)} points behind plan` : node.progress === null ? "" : ", on plan";
    return `${direct} ${direct === 1 ? "objective leads" : "objectives lead"} here directly. It stands at ${percent(node.progress)}${stands}.`;
  }
  if (node.kind === "key_result") return `Tells how “${node.objective.title}” goes; it does not count in its number.`;
  const linked = node.ups.length;
  return linked ? "Its link is shown and not counted in the number above." : "Leads to no priority. Not wrong by itself.";
}

function listed(node) {
  const up = (kinds) => node.ups.filter((edge) => kinds.includes(edge.kind) && edge.to.kind !== "priority").map((edge) => [edge.to, edge]);
  const down = (kinds) => [...node.downs, ...(node.keyResults ?? []).flatMap((one) => one.downs)]
    .filter((edge) => kinds.includes(edge.kind)).map((edge) => [edge.from, edge]);
  const leads = node.ups.filter((edge) => edge.to.kind === "priority").map((edge) => [edge.to, edge]);
  return [
    ["Leads to", leads.length > 1 ? leads : []],
    ["Leans on", up(["depends_on"])],
    ["Helps", up(["contributes", "supports"])],
    ["Helped by", node.kind === "priority" ? [] : down(["contributes", "supports"])],
    ["Needed by", down(["depends_on"])],
  ].filter(([, rows]) => rows.length);
}

function noteOn(edge, other) {
  const says = [];
  if (edge.kind === "depends_on") says.push([STATES[edge.state] ?? "", edge.on].filter(Boolean).join(" "));
  const note = make("span", null, "xs faint");
  note.append(says.filter(Boolean).join(", "));
  if (edge.kind === "depends_on" && other.isQuiet && other.heard !== null) {
    note.append(`${note.textContent ? ", " : ""}no word from a person for `, make("b", `${other.heard} days`));
  }
  return note.textContent ? note : null;
}

/* Fills the card; `go` moves the focus to another node. */
export function fillCard(card, node, { addresses, askAt, canAsk, go }) {
  const body = card.querySelector("[data-card]");
  const facts = make("dl", null, "facts");
  for (const [words, rows] of listed(node)) {
    const row = make("div");
    const list = make("dd");
    for (const [other, edge] of rows.slice(0, 6)) {
      const line = make("p");
      const button = make("button", other.title, "linkish");
      button.type = "button";
      button.addEventListener("click", () => go(other));
      line.append(other.kind === "private" ? other.title : button);
      const note = noteOn(edge, other);
      if (note) line.append(note);
      list.append(line);
    }
    if (rows.length > 6) list.append(make("p", `and ${rows.length - 6} more`, "xs faint"));
    row.append(make("dt", words), list);
    facts.append(row);
  }
  const acts = make("div", null, "row wrap");
  if (addresses[node.kind]) {
    const open = make("a", `Open ${node.kind.replace("_", " ")}`, "btn btn-sm");
    open.href = addresses[node.kind].replace("00000000-0000-0000-0000-000000000000", node.id);
    acts.append(open);
  }
  const silent = node.ups.find((edge) => edge.kind === "depends_on" && edge.to.isQuiet && edge.to.ownerId)?.to;
  if (canAsk && silent) {
    const ask = make("a", `Ask ${silent.owner}`, "btn btn-quiet btn-sm");
    ask.href = `${askAt}?objective=${silent.id}&of=${silent.ownerId}`;
    acts.append(ask);
  }
  body.replaceChildren(sentence(node), ...(facts.children.length ? [facts] : []), acts);
  card.hidden = false;
}
