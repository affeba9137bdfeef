/* The check-in form: keys, the draft, and the question above the note. The form works without this file.
   Keys: 1 to 9 and 0 confidence, N note, L celebrate, S skip, Ctrl or Command Enter share. */
import { lettersWork, isTyping } from "./keyboard.js";

const QUIET_FOR = 900;

function rowOf(form, target) {
  return target?.closest?.("[data-check-in-row]") ?? form.querySelector("[data-check-in-row][data-current]");
}

function remember(form, row) {
  form.querySelector("[data-current]")?.removeAttribute("data-current");
  row.setAttribute("data-current", "");
}

/* Tab lands on the step that was chosen, else on that of last time; arrows move from there. */
function placeLadder(ladder) {
  const steps = [...ladder.querySelectorAll("input")];
  const entry = steps.find((step) => step.checked) ?? ladder.querySelector(".was input") ?? steps[0];
  for (const step of steps) step.tabIndex = step === entry ? 0 : -1;
}

function choose(row, number) {
  const ladder = row.querySelector(".ladder");
  const step = ladder?.querySelector(`input[value="${number}"]`);
  if (!step) return;
  step.checked = true;
  step.focus();
  placeLadder(ladder);
  step.dispatchEvent(new Event("change", { bubbles: true }));
}

function open(row, name) {
  const more = row.querySelector("[data-more]");
  more.open = true;
  if (!name) return more.querySelector("[data-note]").focus();
  const line = more.querySelector(`[data-tog="${name}"]`);
  line.open = true;
  (line.querySelector("input:checked") ?? line.querySelector("input")).focus();
}

function onKey(form, event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    form.requestSubmit(form.querySelector(".submit .btn-primary"));
    return;
  }
  const row = rowOf(form, event.target);
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target.matches?.("input.field")) {
    event.preventDefault();
    if (event.target.hasAttribute("data-value")) row.querySelector('.ladder input[tabindex="0"]')?.focus();
    return;
  }
  const inLadder = event.target.closest?.(".ladder");
  if (/^[0-9]$/.test(event.key) && (inLadder || (lettersWork(event) && !isTyping(event.target)))) {
    event.preventDefault();
    choose(row, event.key === "0" ? "10" : event.key);
    return;
  }
  if (!lettersWork(event)) return;
  const name = { n: "", h: "ask", l: "win", s: "skip" }[event.key.toLowerCase()];
  if (name === undefined) return;
  event.preventDefault();
  open(row, name);
}

function show(form, answer) {
  form.querySelector("[data-state-words]").textContent = answer.state;
  form.querySelector("[data-draft-words]").textContent = answer.saved;
  for (const [id, asked] of Object.entries(answer.rows)) {
    const row = form.querySelector(`[data-check-in-row="${CSS.escape(id)}"]`);
    if (!row) continue;
    if (asked.prompt) row.querySelector("[data-prompt]").textContent = asked.prompt;
    row.querySelector("[data-no-words]").hidden = !asked.needs_words;
    const change = row.querySelector("[data-change]");
    if (change && asked.change) change.textContent = asked.change;
    const more = row.querySelector("[data-more]");
    const question = more.querySelector("summary");
    question.tabIndex = asked.needs_words ? -1 : 0;
    if (asked.needs_words && !more.dataset.offered) {
      more.dataset.offered = "1";
      more.open = true;
      if (document.activeElement === question) more.querySelector("[data-note]").focus();
    }
  }
}

/* One save at a time, so that an earlier state never lands after a later one. */
function keepDraft(form) {
  let timer = 0;
  let kept = new URLSearchParams(new FormData(form)).toString();
  let isSaving = false;
  let isLeaving = false;
  const leaving = new AbortController();
  const save = async (keepalive = false) => {
    clearTimeout(timer);
    const body = new URLSearchParams(new FormData(form));
    if (isSaving || isLeaving || body.toString() === kept) return;
    isSaving = true;
    kept = body.toString();
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive, signal: leaving.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const words = await answer.json();
      if (!isLeaving) show(form, words);
    } catch {
      if (isLeaving) return;
      kept = "";
      form.querySelector("[data-draft-words]").textContent = "draft not saved, your words are still here";
    }
    isSaving = false;
    if (kept) save();
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, QUIET_FOR); });
  form.addEventListener("change", () => save());
  form.addEventListener("submit", () => { isLeaving = true; leaving.abort(); clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(true); });
}

for (const form of document.querySelectorAll("[data-check-in-form]")) {
  document.documentElement.classList.add("has-js");
  form.querySelectorAll(".ladder").forEach(placeLadder);
  form.addEventListener("focusin", (event) => { const row = rowOf(form, event.target); if (row) remember(form, row); });
  form.addEventListener("change", (event) => { const ladder = event.target.closest(".ladder"); if (ladder) placeLadder(ladder); });
  document.addEventListener("keydown", (event) => onKey(form, event));
  keepDraft(form);
  if (!document.querySelector("[data-error-summary]")) form.querySelector("[data-value]")?.focus({ preventScroll: true });
}
