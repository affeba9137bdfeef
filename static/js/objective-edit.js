/* The page for writing an objective: rows come, go and move without a round trip. The server does all of it too.
   Keys: Alt N adds a key result, Ctrl or Command Enter is the main button. */
import { startAutogrow } from "./autogrow.js";

const form = document.querySelector("[data-objective-form]");
const list = form?.querySelector("[data-key-results]");

const isShown = (row) => !row.querySelector("[data-removed]")?.value;
const tell = (target) => target.dispatchEvent(new Event("input", { bubbles: true }));

function number() {
  let place = 0;
  for (const row of list.children) {
    if (isShown(row)) place += 1;
    const mark = row.querySelector("[data-number], .krended .n");
    if (mark) mark.textContent = place;
  }
}

/* A copy of the server's own empty row, with a key that no other row has. */
function addKeyResult() {
  const used = new Set([...list.children].map((row) => row.dataset.keyResult));
  let place = 1;
  while (used.has(`k${place}`)) place += 1;
  const row = document.importNode(document.getElementById("new-key-result").content, true).firstElementChild;
  name(row, `k${place}`);
  const owner = row.querySelector('[name$="-owner"]');
  if (owner) owner.value = form.elements.owner.value;
  list.append(row);
  number();
  startAutogrow(row);
  row.querySelector("details").open = true;
  row.querySelector("[data-title]").focus();
  row.scrollIntoView({ block: "nearest" });
  tell(row);
}

function name(root, key) {
  for (const part of [root, ...root.querySelectorAll("*")]) {
    for (const attribute of part.attributes) {
      if (attribute.value.includes("__key__")) attribute.value = attribute.value.replaceAll("__key__", key);
    }
  }
}

function addTo(button) {
  const kind = button.dataset.add;
  const home = button.closest("[data-key-result]");
  const rows = home.querySelector(`[data-list="${kind}"]`);
  const blank = document.querySelector(`template[data-blank="${kind}"]`);
  const row = blank ? document.importNode(blank.content, true).firstElementChild : rows.lastElementChild.cloneNode(true);
  if (blank) name(row, home.dataset.keyResult);
  else clear(row);
  rows.append(row);
  row.querySelector("input:not([type=hidden])").focus();
}

function clear(row) {
  for (const error of row.querySelectorAll(".err")) error.remove();
  for (const part of row.querySelectorAll("[id]")) part.removeAttribute("id");
  for (const field of row.querySelectorAll("input")) {
    field.value = field.name.endsWith("_weight") ? "1" : "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}

/* The last row of a list is emptied; work that is stored keeps its id, and goes when the page is saved. */
function drop(button) {
  const row = button.closest("li");
  const id = row.querySelector('[name$="-work_id"]');
  if (id?.value) {
    for (const field of row.querySelectorAll("input:not([type=hidden])")) field.value = "";
    row.hidden = true;
  } else if (row.parentElement.dataset.list === "step" && row.parentElement.children.length === 1) clear(row);
  else row.remove();
  tell(form);
}

function dropLink(button) {
  const row = button.closest("li");
  const parent = row.querySelector('[name="link_parent"]');
  if (row.querySelector('[name="link_id"]').value) {
    parent.value = "";
    row.hidden = true;
  } else row.remove();
  tell(form);
}

function remove(row, isRemoved) {
  row.querySelector("[data-removed]").value = isRemoved ? "1" : "";
  row.querySelector("details").hidden = isRemoved;
  const line = row.querySelector("[data-gone]");
  line.hidden = !isRemoved;
  line.querySelector("[data-gone-title]").textContent = row.querySelector("[data-title]").value || "a key result without words";
  (isRemoved ? line.querySelector("button") : row.querySelector("summary")).focus();
  number();
  tell(form);
}

function move(row, step, focus) {
  let other = row;
  do other = step < 0 ? other.previousElementSibling : other.nextElementSibling; while (other && !isShown(other));
  if (!other) return;
  other[step < 0 ? "before" : "after"](row);
  number();
  tell(form);
  focus?.focus();
  row.scrollIntoView({ block: "nearest" });
}

function onClick(event) {
  const button = event.target.closest("button");
  if (!button || !form.contains(button)) return;
  const row = button.closest("[data-key-result]");
  if (button.matches("[data-add-key-result]")) addKeyResult();
  else if (button.matches("[data-add]")) addTo(button);
  else if (button.matches("[data-drop]")) drop(button);
  else if (button.matches("[data-drop-link]")) dropLink(button);
  else if (button.matches("[data-remove]")) remove(row, true);
  else if (button.matches("[data-undo]")) remove(row, false);
  else if (button.matches("[data-move]")) move(row, Number(button.dataset.move), button);
  else return;
  event.preventDefault();
}

/* One more empty field as soon as the last one names somebody. */
function onChange(event) {
  if (event.target.name !== "contributor" || !event.target.value) return;
  const fields = [...form.querySelectorAll('[name="contributor"]')];
  if (fields.at(-1) !== event.target) return;
  const another = event.target.cloneNode(true);
  another.removeAttribute("id");
  another.value = "";
  event.target.after(another);
}

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-primary]"));
  } else if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyN") {
    event.preventDefault();
    addKeyResult();
  } else if (event.key === "Enter" && event.target.matches?.("input:not([type=submit])")) event.preventDefault();
}

/* Dragging by the grip; only then is the row draggable, so that text in its fields can be selected. */
function startDragging() {
  let dragged = null;
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (grip) grip.closest("li").draggable = true;
  });
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-key-result]");
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-key-result]");
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
  });
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.draggable = false;
    dragged = null;
    number();
    tell(form);
  });
}

/* A second press of Save while the first is on its way would write everything twice. */
function once(event) {
  if (form.dataset.sent) event.preventDefault();
  else form.dataset.sent = "1";
}

if (form) {
  form.addEventListener("click", onClick);
  form.addEventListener("change", onChange);
  form.addEventListener("submit", once);
  document.addEventListener("keydown", onKey);
  addEventListener("pageshow", () => { delete form.dataset.sent; });
  startDragging();
}
