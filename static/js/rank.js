// Dragging a priority to its place; the Up and Down buttons do the same without a script.
const list = document.querySelector("[data-rank]");
let dragged = null;

list?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("li");
  event.dataTransfer.effectAllowed = "move";
});

list?.addEventListener("dragover", (event) => {
  const over = event.target.closest("li");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
});

list?.addEventListener("drop", (event) => {
  event.preventDefault();
  const form = list.closest("form");
  for (const item of list.children) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "order", value: item.dataset.id });
    form.append(field);
  }
  form.submit();
});
