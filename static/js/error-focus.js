/* The error summary takes the focus, so that it is read first. */
export function startErrorFocus(root) {
  root.querySelector("[data-error-summary]")?.focus();
}
