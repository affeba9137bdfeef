/* Toasts go after six seconds, later while they are focused or pointed at; errors stay. */
const SHOWN_FOR = 6000;

function start(toast) {
  toast.dataset.started = "";
  const button = toast.querySelector("[data-dismiss]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => toast.remove());
  }
  if (toast.getAttribute("role") === "alert") return;
  const check = () => {
    if (!toast.isConnected) return;
    if (toast.matches(":hover, :focus-within")) setTimeout(check, 1000);
    else toast.remove();
  };
  setTimeout(check, SHOWN_FOR);
}

export function startToasts(root) {
  root.querySelectorAll("[data-toasts] [data-toast]:not([data-started])").forEach(start);
}
