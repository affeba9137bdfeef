// Arrow keys in the alignment outline: up and down move, right and left open and close, Enter goes to the row.
const outline = () => document.querySelector("[data-outline]");
const rows = () => [...outline().querySelectorAll("tbody tr[data-level]")];

function focusRow(row) {
  for (const other of rows()) other.tabIndex = -1;
  row.tabIndex = 0;
  row.focus();
}

function prepare() {
  if (!outline()) return;
  const all = rows();
  for (const row of all) row.tabIndex = -1;
  if (all.length) all[0].tabIndex = 0;
}

let returnTo = null;

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("[data-outline] tbody tr[data-level]");
  if (!row || event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = rows();
  const at = all.indexOf(row);
  const twist = row.querySelector("a.tw");
  const isOpen = row.getAttribute("aria-expanded") === "true";
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  if (event.key in moves) {
    const next = all[moves[event.key]];
    if (next) focusRow(next);
  } else if (event.key === "ArrowRight" && twist && !isOpen) {
    returnTo = row.id;
    twist.click();
  } else if (event.key === "ArrowLeft" && twist && isOpen) {
    returnTo = row.id;
    twist.click();
  } else if (event.key === "Enter") {
    row.querySelector("a[data-go], a.ot")?.click();
  } else {
    return;
  }
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  const isOff = document.documentElement.dataset.shortcuts === "off";
  if (event.key !== "a" || isTyping || isOff || event.ctrlKey || event.metaKey || event.altKey) return;
  document.querySelector("a[data-align]")?.click();
});

document.addEventListener("htmx:after:swap", () => {
  prepare();
  const row = returnTo && document.getElementById(returnTo);
  if (row) focusRow(row);
  returnTo = null;
});

prepare();
