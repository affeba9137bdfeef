/* Native dialogs: search and the list of keys. Without script the links lead to pages instead. */
export function openDialog(name) {
  const dialog = document.querySelector(`dialog[data-dialog="${name}"]`);
  if (!dialog || dialog.open) return false;
  dialog.showModal();
  dialog.querySelector("input")?.select();
  return true;
}

function filterPalette(input) {
  const words = input.value.trim().toLowerCase();
  for (const item of input.closest("dialog").querySelectorAll("[data-palette] li")) {
    item.hidden = !item.textContent.toLowerCase().includes(words);
  }
}

function movePalette(event, dialog) {
  const links = [...dialog.querySelectorAll("[data-palette] li:not([hidden]) a, [data-hits] a")];
  if (!links.length) return;
  event.preventDefault();
  const step = event.key === "ArrowDown" ? 1 : -1;
  const at = links.indexOf(document.activeElement);
  const next = at + step;
  if (next < 0) dialog.querySelector("input").focus();
  else links[Math.min(next, links.length - 1)].focus();
}

export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener && !event.ctrlKey && !event.metaKey && openDialog(opener.dataset.opens)) event.preventDefault();
    const dialog = event.target.closest("dialog");
    if (dialog && (event.target === dialog || event.target.closest("[data-closes]"))) dialog.close();
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-palette-words]")) filterPalette(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const dialog = event.target.closest?.("dialog[data-dialog=search]");
    if (dialog && event.key === "Escape") {
      event.preventDefault();
      dialog.close();
    }
    if (dialog && (event.key === "ArrowDown" || event.key === "ArrowUp")) movePalette(event, dialog);
  });
}
