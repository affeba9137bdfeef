/* details.menu: one open at a time; closes on Esc and on a click elsewhere. */
function closeAll(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

export function startMenus() {
  document.addEventListener("click", (event) => closeAll(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details.menu[open]") ?? document.querySelector("details.menu[open]");
    closeAll();
    menu?.querySelector("summary").focus();
  });
}
