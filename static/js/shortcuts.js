/* Keys that work everywhere: G then a letter, C, /, ?, Esc, Ctrl or Command K. */
import { lettersWork } from "./keyboard.js";
import { openDialog } from "./dialogs.js";

const WAIT = 1200;

export function startShortcuts() {
  let awaitsPlace = 0;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      if (openDialog("search")) event.preventDefault();
      return;
    }
    if (!lettersWork(event)) return;
    const key = event.key.toLowerCase();
    if (Date.now() - awaitsPlace < WAIT) {
      awaitsPlace = 0;
      const place = document.querySelector(`.rail a[data-key="${CSS.escape(key)}"]`);
      if (place) {
        event.preventDefault();
        event.stopImmediatePropagation();
        location.assign(place.href);
      }
      return;
    }
    if (key === "g") awaitsPlace = Date.now();
    else if (key === "?") { if (openDialog("keys")) event.preventDefault(); }
    else if (key === "/") focusFind(event);
    else if (key === "c") followCheckIn(event);
  });
}

function focusFind(event) {
  const field = document.querySelector("main [data-find], main input[type=search]");
  if (field) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (openDialog("search")) event.preventDefault();
}

function followCheckIn(event) {
  if (document.querySelector("[data-list-keys] [data-selected]")) return;
  const link = document.querySelector("main a[data-check-in]") ?? document.querySelector('.rail a[data-key="w"]');
  if (!link) return;
  event.preventDefault();
  location.assign(link.href);
}
