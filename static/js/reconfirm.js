/* form[data-reconfirm]: K, A and S choose the answer, Ctrl Enter gives it. Without this file they are radio buttons. */
import { lettersWork } from "./keyboard.js";

const form = document.querySelector("form[data-reconfirm]");
const ANSWERS = { k: "kept", a: "adapted", s: "stopped" };

if (form) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-give]"));
      return;
    }
    const answer = lettersWork(event) && ANSWERS[event.key.toLowerCase()];
    if (!answer) return;
    event.preventDefault();
    const choice = form.querySelector(`[name="answer"][value="${answer}"]`);
    choice.checked = true;
    choice.focus();
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
