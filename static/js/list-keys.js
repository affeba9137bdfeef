/* J and K move through the rows of [data-list-keys], Enter opens, C checks in, E edits, T thanks.
   A row is marked with data-row; its first link opens it. */
import { lettersWork } from "./keyboard.js";

function select(list, row) {
  for (const other of list.querySelectorAll("[data-selected]")) {
    delete other.dataset.selected;
    other.classList.remove("is-sel");
  }
  row.dataset.selected = "";
  row.classList.add("is-sel");
  row.querySelector("a")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(list, step) {
  const rows = [...list.querySelectorAll("[data-row]")].filter((row) => row.getClientRects().length);
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.hasAttribute("data-selected"));
  select(list, rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))]);
}

export function startListKeys() {
  document.addEventListener("keydown", (event) => {
    const list = document.querySelector("[data-list-keys]");
    if (!list || !lettersWork(event)) return;
    const key = event.key.toLowerCase();
    const row = list.querySelector("[data-selected]");
    const follow = (selector) => row?.querySelector(selector)?.click();
    if (key === "j") move(list, 1);
    else if (key === "k") move(list, -1);
    else if (key === "enter" && row && !event.target.closest("a, button, summary")) follow("a");
    else if (key === "c" && row?.dataset.checkIn) location.assign(row.dataset.checkIn);
    else if (key === "e" && row?.dataset.edit) location.assign(row.dataset.edit);
    else if (key === "t" && row) follow('[name="word"][value="thank_you:on"]');
    else if (key === "f") document.querySelector("main .filters summary")?.focus();
    else return;
    event.preventDefault();
  });
}
