/* details.menu: one open at a time; closes on Esc and on a click elsewhere. */
function closeAll(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

/* [data-into-field] opened by hand: the first field has the focus, so that an answer can be typed at once. */
function enterField(event) {
  const box = event.target;
  if (box.open && box.matches("[data-into-field]")) box.querySelector("textarea, input:not([type=hidden])")?.focus();
}

export function startMenus() {
  document.addEventListener("toggle", enterField, true);
  document.addEventListener("click", (event) => closeAll(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details.menu[open]") ?? document.querySelector("details.menu[open]");
    closeAll();
    menu?.querySelector("summary").focus();
  });
}
