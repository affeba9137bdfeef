/* form[data-guard]: asks before a page with unsaved words is left; data-unsaved: it came with such words. */
export function startDirtyGuard() {
  let isDirty = document.querySelector("form[data-guard][data-unsaved]") !== null;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) isDirty = true;
  });
  document.addEventListener("submit", () => { isDirty = false; });
  addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
  });
}
