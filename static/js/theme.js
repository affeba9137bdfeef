/* The light-and-dark button: at once on this page, then remembered in a cookie and by the server. */
const YEAR = 31536000;

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
}

export function startTheme() {
  const turn = (form) => {
    const theme = isDark() ? "light" : "dark";
    setTheme(theme);
    if (!form.getAttribute("action")) return;
    const body = new FormData(form);
    body.set("theme", theme);
    fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-theme-form]")) return;
    event.preventDefault();
    turn(event.target);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-form] button[type=button]");
    if (button) turn(button.form);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-theme-choice]")) setTheme(event.target.value);
  });
}
