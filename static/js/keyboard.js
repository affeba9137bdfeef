/* When a single letter is a shortcut, and when it is a letter. */
export function isTyping(target) {
  return target instanceof Element && target.closest("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]") !== null;
}

export function lettersWork(event) {
  return document.documentElement.dataset.shortcuts !== "off" && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.altKey
    && !event.isComposing && !isTyping(event.target) && !document.querySelector("dialog[open]");
}
