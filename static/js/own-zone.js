// Proposes the browser's time zone where a form asks for one and nobody has chosen yet.
export function startOwnZone() {
  const field = document.querySelector("select[data-own-zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field && [...field.options].some((option) => option.value === zone)) field.value = zone;
}
