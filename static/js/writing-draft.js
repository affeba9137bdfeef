/* form[data-keep]: what is typed is kept on the server, three seconds after the last key and when the page goes away.
   The page offers it again. Without this file "Keep as draft" does the same by hand. */
const WAIT = 3000;
const form = document.querySelector("form[data-keep]");
let timer = 0;
let isWaiting = false;
let isOver = false;

const body = () => new FormData(form);

async function keep() {
  clearTimeout(timer);
  isWaiting = false;
  const words = form.querySelector("[data-draft-words]");
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: body(), headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const kept = await answer.json();
    words.textContent = kept.saved;
    if ("draft_version" in kept) form.elements.namedItem("draft").value = kept.draft_version;
  } catch {
    isWaiting = true;
    words.textContent = "Not kept yet, your words are still here";
  }
}

function typed() {
  if (isOver) return;
  isWaiting = true;
  clearTimeout(timer);
  timer = setTimeout(keep, WAIT);
}

function leave() {
  if (!isWaiting || isOver) return;
  clearTimeout(timer);
  isWaiting = !navigator.sendBeacon(form.dataset.keep, body());
}

if (form) {
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", () => { isOver = true; clearTimeout(timer); });
  addEventListener("pageshow", () => { isOver = false; });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
}
