/* Linking on the map: drag from node to node, or A, then go to the other one and Enter. The form has the last word. */
import { make } from "./node.js";
import { loopPath } from "./model.js";

const FAR = 6;

export class Linking {
  constructor(map, dialog) {
    this.map = map;
    this.dialog = dialog;
    this.child = null;
    this.drag = null;
    if (!dialog) return;
    this.form = dialog.querySelector("form");
    this.form.addEventListener("submit", (event) => this.#send(event));
    map.svg.addEventListener("pointerdown", (event) => this.#down(event));
    map.svg.addEventListener("pointermove", (event) => this.#move(event));
    map.svg.addEventListener("pointerup", (event) => this.#up(event));
    map.svg.addEventListener("pointercancel", () => this.#drop());
    map.svg.addEventListener("click", (event) => this.#click(event), true);
    map.svg.addEventListener("dragstart", (event) => event.preventDefault());
  }

  get isChoosing() {
    return this.child !== null;
  }

  /* A: the node at hand becomes the one that helps. Without one, the plain form opens. */
  begin(node) {
    if (!this.dialog) return;
    if (!node || node.kind !== "objective") {
      this.map.say(node ? "Choose an objective first: it is an objective that helps something." : "Go to an objective first, then press A.");
      return;
    }
    if (!node.mayLink) {
      this.map.say("You link objectives that you own, contribute to, or whose team you lead.");
      return;
    }
    this.child = node;
    this.map.svg.classList.add("is-choosing");
    this.map.say(`What does “${node.title}” help? Go there and press Enter, or Esc.`);
    this.map.go(node);
  }

  leave() {
    if (!this.isChoosing) return false;
    this.child = null;
    this.map.svg.classList.remove("is-choosing");
    this.map.say("Nothing linked.");
    return true;
  }

  choose(parent) {
    const { child } = this;
    this.child = null;
    this.map.svg.classList.remove("is-choosing");
    this.#open(child, parent);
  }

  #open(child, parent) {
    if (parent === child || parent.kind === "private") {
      this.map.say(parent === child ? "An objective cannot help itself." : "A private objective takes no links from the map.");
      return;
    }
    this.child = null;
    this.pair = { child, parent };
    this.form.elements.child.value = child.id;
    this.form.elements.parent.value = `${parent.kind}:${parent.id}`;
    this.form.elements.kind.value = parent.kind === "priority" ? "contributes" : "supports";
    this.dialog.querySelector("[data-child]").textContent = child.title;
    this.dialog.querySelector("[data-parent]").textContent = parent.title;
    this.#refuse("");
    this.dialog.showModal();
    this.form.querySelector("input[name=kind]:checked").focus();
  }

  #refuse(words) {
    const line = this.dialog.querySelector("[data-refused]");
    line.textContent = words;
    line.parentElement.hidden = !words;
  }

  async #send(event) {
    event.preventDefault();
    const button = this.form.querySelector("button[type=submit]");
    button.disabled = true;
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: new FormData(this.form), headers: { Accept: "application/json" } });
      const { message } = await answer.json();
      if (answer.ok) {
        this.dialog.close();
        await this.map.reload();
        this.map.go(this.pair.child);
        this.map.say(message);
      } else {
        this.#refuse(message);
        this.map.markWay(loopPath(this.pair.child, this.pair.parent));
      }
    } catch {
      this.#refuse("The server did not answer. Nothing was linked; try again.");
    } finally {
      button.disabled = false;
    }
  }

  #down(event) {
    const node = this.map.nodeOf(event.target);
    if (event.pointerType !== "mouse" || event.button !== 0 || !node?.mayLink || event.target.closest("[data-fold]")) return;
    this.drag = { node, x: event.clientX, y: event.clientY, line: null };
  }

  #move(event) {
    if (!this.drag) return;
    const { drag } = this;
    if (!drag.line && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
    const place = this.map.laid.places.get(drag.node);
    const at = this.map.view.point(event);
    if (!drag.line) {
      drag.line = make("path", { class: "e e-hot hand" });
      this.map.drawing.layers.hand.append(drag.line);
      this.map.svg.classList.add("is-choosing");
    }
    drag.line.setAttribute("d", `M${place.x + place.w / 2} ${place.y + place.h / 2}L${at.x} ${at.y}`);
  }

  #up(event) {
    const { drag } = this;
    if (!drag) return;
    const isDragged = drag.line !== null;
    this.#drop();
    if (!isDragged) return;
    this.wasDragged = true;
    setTimeout(() => { this.wasDragged = false; }, 50);
    const parent = this.map.nodeOf(document.elementFromPoint(event.clientX, event.clientY));
    if (parent && parent !== drag.node) this.#open(drag.node, parent);
  }

  #drop() {
    this.drag?.line?.remove();
    this.drag = null;
    this.map.svg.classList.toggle("is-choosing", this.isChoosing);
  }

  /* A click that ends a drag goes nowhere; one on a node while choosing chooses it. */
  #click(event) {
    const node = this.map.nodeOf(event.target);
    if (!this.wasDragged && !(this.isChoosing && node)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.wasDragged) this.choose(node);
  }
}
