/* form[data-guard]: asks before a page with unsaved words is left. */
export function startDirtyGuard() {
  let isDirty = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) isDirty = true;
  });
  document.addEventListener("submit", () => { isDirty = false; });
  addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
  });
}
