/* Names while @ is typed in a text with data-mentions="address". Without this file an @ and a name do the same.
   The text keeps the focus; ↑ ↓ move through the names, Enter and Tab take one, Esc closes. */
const BEGINS = /(?:^|[^\p{L}\p{N}_@./])@([\p{L}\p{N}'’.-]*(?: [\p{L}\p{N}'’.-]+){0,2})$/u;
const QUIET_FOR = 120;

let field = null;
let start = 0;
let people = [];
let active = 0;
let timer = 0;
let asking = null;
let nobody = null;
const list = document.createElement("ul");
const told = document.createElement("p");

function build() {
  list.id = "mention-names";
  list.className = "mentions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "People to name");
  told.className = "vh";
  told.setAttribute("role", "status");
  document.body.append(told);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(Number(option.dataset.place));
  });
}

function close() {
  clearTimeout(timer);
  asking?.abort();
  list.remove();
  people = [];
  if (!field) return;
  field.removeAttribute("aria-activedescendant");
  field.removeAttribute("aria-controls");
  field = null;
}

function mark(place) {
  active = (place + people.length) % people.length;
  [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
  list.children[active].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", `mention-name-${active}`);
}

function show(found) {
  people = found;
  list.replaceChildren(...people.map((person, at) => {
    const option = document.createElement("li");
    option.id = `mention-name-${at}`;
    option.dataset.place = at;
    option.setAttribute("role", "option");
    option.textContent = person.name;
    if (person.hint) option.append(Object.assign(document.createElement("span"), { className: "faint", textContent: ` ${person.hint}` }));
    return option;
  }));
  field.parentElement.classList.add("has-mentions");
  field.after(list);
  list.style.insetBlockStart = `${field.offsetTop + field.offsetHeight + 2}px`;
  field.setAttribute("aria-controls", list.id);
  mark(0);
  told.textContent = people.length === 1 ? "One name. Enter takes it." : `${people.length} names. Arrow keys choose, Enter takes one.`;
}

async function ask(target, at, typed) {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(target.dataset.mentions, location.href);
  address.searchParams.set("q", typed);
  try {
    const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
    const found = answer.ok ? (await answer.json()).people : [];
    if (document.activeElement !== target) return;
    if (!found.length) { close(); nobody = { target, at, typed }; return; }
    field = target;
    start = at;
    show(found);
  } catch { /* asked again with the next letter */ }
}

function look(target) {
  clearTimeout(timer);
  const found = BEGINS.exec(target.value.slice(0, target.selectionStart));
  if (!found || target.selectionStart !== target.selectionEnd) { close(); return; }
  const typed = found[1];
  const at = target.selectionStart - typed.length - 1;
  if (nobody && nobody.target === target && nobody.at === at && typed.startsWith(nobody.typed)) { close(); return; }
  nobody = null;
  timer = setTimeout(ask, QUIET_FOR, target, at, typed);
}

function take(place) {
  const target = field;
  const text = target.value;
  const begin = text.slice(0, start) + people[place].insert + " ";
  nobody = null;
  close();
  target.value = begin + text.slice(target.selectionStart).replace(/^ /, "");
  target.setSelectionRange(begin.length, begin.length);
  told.textContent = "";
  nobody = { target, at: start, typed: "" };
  target.dispatchEvent(new Event("input", { bubbles: true }));
}

function onKey(event) {
  if (!field || event.target !== field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowDown") mark(active + 1);
  else if (event.key === "ArrowUp") mark(active - 1);
  else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) take(active);
  else if (event.key === "Escape") { nobody = { target: field, at: start, typed: "" }; close(); }
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function startMentions() {
  build();
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("focusin", (event) => { if (event.target.dataset?.mentions) event.target.setAttribute("aria-autocomplete", "list"); });
  document.addEventListener("input", (event) => { if (event.target.dataset?.mentions && !event.isComposing) look(event.target); });
  document.addEventListener("focusout", (event) => { if (event.target === field) close(); });
  document.addEventListener("click", (event) => { if (field && event.target === field) look(field); });
}
