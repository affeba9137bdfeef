/* Starts the comforts. Every page works without this file; each module looks for its own data-… attributes. */
import { startTheme } from "./theme.js";
import { startDialogs } from "./dialogs.js";
import { startShortcuts } from "./shortcuts.js";
import { startMenus } from "./menu.js";
import { startAutogrow } from "./autogrow.js";
import { startToasts } from "./toast.js";
import { startListKeys } from "./list-keys.js";
import { startDirtyGuard } from "./dirty-guard.js";
import { startErrorFocus } from "./error-focus.js";
import { startOwnZone } from "./own-zone.js";
import { startMentions } from "./mentions.js";

startTheme();
startDialogs();
startShortcuts();
startMenus();
startAutogrow(document);
startToasts(document);
startListKeys();
startDirtyGuard();
startErrorFocus(document);
startOwnZone();
startMentions();

document.addEventListener("htmx:after:swap", (event) => {
  const root = event.target instanceof Element ? event.target : document;
  startAutogrow(root);
  startToasts(document);
  startErrorFocus(root);
});
