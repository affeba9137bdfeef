/* The weekly review: J and K move through the agenda, D decides about an item, Enter keeps the decision.
   Without this file every Decide is a link and every form a form. */
import { lettersWork } from "./keyboard.js";

const MINUTE = 60_000;

function items(review) {
  return [...review.querySelectorAll("[data-review-item]")].filter((item) => item.getClientRects().length);
}

function select(review, item) {
  for (const other of review.querySelectorAll("[data-selected]")) {
    delete other.dataset.selected;
    other.classList.remove("is-sel");
  }
  item.dataset.selected = "";
  item.classList.add("is-sel");
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function move(review, step) {
  const rows = items(review);
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.hasAttribute("data-selected"));
  select(review, rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))]);
}

function decide(form, about) {
  const choice = form.querySelector("[data-about]");
  if (choice && about && [...choice.options].some((option) => option.value === about)) choice.value = about;
  for (const link of document.querySelectorAll("[data-decide]")) {
    link.classList.toggle("is-on", link.dataset.decide === choice?.value);
  }
  form.querySelector("textarea").focus();
}

function startReview(review) {
  const form = review.querySelector("[data-decision]");
  document.addEventListener("keydown", (event) => {
    if (!lettersWork(event)) return;
    const key = event.key.toLowerCase();
    if (key === "j") move(review, 1);
    else if (key === "k") move(review, -1);
    else if (key === "d" && form) decide(form, review.querySelector("[data-selected]")?.dataset.reviewItem);
    else return;
    event.preventDefault();
  });
  if (!form) return;
  review.addEventListener("click", (event) => {
    const link = event.target.closest("[data-decide]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    decide(form, link.dataset.decide);
  });
  form.querySelector("textarea").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

/* The minutes in the tab go on while the page stays open. */
function tick(tag) {
  const gone = Math.max(0, Math.floor((Date.now() - Date.parse(tag.dataset.running)) / MINUTE));
  tag.textContent = `running, ${gone} of ${tag.dataset.of} min`;
}

for (const review of document.querySelectorAll("[data-review]")) startReview(review);
const tags = document.querySelectorAll("[data-running]");
if (tags.length) setInterval(() => tags.forEach(tick), MINUTE / 2);
