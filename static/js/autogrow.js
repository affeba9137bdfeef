/* Text fields grow with their text, where the browser cannot do it by itself (field-sizing). */
export function startAutogrow(root) {
  if (CSS.supports("field-sizing", "content")) return;
  const grow = (field) => {
    field.rows = Math.min(14, Math.max(Number(field.dataset.rows), field.value.split("\n").reduce((n, part) => n + Math.max(1, Math.ceil(part.length / (field.cols || 60))), 0)));
  };
  for (const field of root.querySelectorAll("textarea:not([data-rows])")) {
    field.dataset.rows = field.rows;
    field.addEventListener("input", () => grow(field));
    grow(field);
  }
}
