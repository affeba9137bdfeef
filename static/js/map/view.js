/* Where one looks: pan and zoom with pointer, wheel and buttons. One render per frame. */
const LEAST = 0.1;
const MOST = 2;
const EDGE = 24;
const TALL = 1700;

export class View {
  constructor(svg, onRender) {
    this.svg = svg;
    this.onRender = onRender;
    Object.assign(this, { x: 0, y: 0, k: 1, width: 0, height: 0, isWhole: true, waits: 0 });
    this.pointers = new Map();
    svg.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    svg.addEventListener("pointerdown", (event) => this.#down(event));
    svg.addEventListener("pointermove", (event) => this.#move(event));
    for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, (event) => this.#up(event));
  }

  /* A new layout: the box grows with a small map and stays within the window for a big one. */
  measure(laid, isFirst) {
    this.laid = laid;
    this.width = this.svg.parentElement.clientWidth;
    const fitting = Math.min(1, Math.max(this.width / laid.width, this.width < 720 ? 0.85 : 0.6));
    if (isFirst || this.k === this.base) this.k = fitting;
    this.base = fitting;
    const needed = Math.ceil(laid.height * fitting);
    this.isWhole = needed <= TALL;
    this.height = this.isWhole ? Math.max(needed, 240) : Math.max(420, Math.min(900, innerHeight - 140));
    this.svg.setAttribute("width", this.width);
    this.svg.setAttribute("height", this.height);
    this.svg.classList.toggle("is-whole", this.isWhole);
    this.clamp();
  }

  clamp() {
    const roomX = this.width - this.laid.width * this.k;
    const roomY = this.height - this.laid.height * this.k;
    this.x = Math.min(roomX < 0 ? EDGE : Math.max(0, roomX), Math.max(this.x, Math.min(0, roomX - (roomX < 0 ? EDGE : 0))));
    if (roomX >= 0) this.x = 0;
    this.y = roomY >= 0 ? 0 : Math.min(0, Math.max(this.y, roomY - EDGE));
  }

  ask() {
    if (this.waits) return;
    this.waits = requestAnimationFrame(() => this.now());
  }

  now() {
    cancelAnimationFrame(this.waits);
    this.waits = 0;
    this.onRender(this);
  }

  pan(dx, dy) {
    const before = [this.x, this.y];
    this.x += dx;
    this.y += dy;
    this.clamp();
    const isMoved = this.x !== before[0] || this.y !== before[1];
    if (isMoved) this.ask();
    return isMoved;
  }

  zoom(factor, at = { x: this.width / 2, y: this.height / 2 }) {
    const k = Math.min(MOST, Math.max(LEAST, this.k * factor));
    this.x = at.x - ((at.x - this.x) * k) / this.k;
    this.y = at.y - ((at.y - this.y) * k) / this.k;
    this.k = k;
    this.clamp();
    this.ask();
  }

  fit() {
    this.k = Math.min(1, Math.max(LEAST, this.width / this.laid.width));
    this.x = 0;
    this.clamp();
    this.ask();
  }

  /* Bring a place into sight. */
  reveal({ x, y, w, h }) {
    const [left, top, right, low] = [x * this.k + this.x, y * this.k + this.y, (x + w) * this.k + this.x, (y + h) * this.k + this.y];
    const dx = right > this.width - 16 ? this.width - 16 - right : 0;
    this.x += left + dx < 16 ? 16 - left : dx;
    if (!this.isWhole && (top < 40 || low > this.height - 40)) this.y += this.height / 2 - (top + low) / 2;
    this.clamp();
    this.now();
  }

  /* Map coordinates of a pointer. */
  point(event) {
    const box = this.svg.getBoundingClientRect();
    return { x: (event.clientX - box.left - this.x) / this.k, y: (event.clientY - box.top - this.y) / this.k };
  }

  #wheel(event) {
    const box = this.svg.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * 0.002), { x: event.clientX - box.left, y: event.clientY - box.top });
    } else if (this.pan(event.shiftKey ? -event.deltaY : -event.deltaX, event.shiftKey ? 0 : -event.deltaY)) event.preventDefault();
  }

  #down(event) {
    if (event.button !== 0 || (event.pointerType === "mouse" && event.target.closest("[data-node]"))) return;
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, begun: false });
  }

  #move(event) {
    const last = this.pointers.get(event.pointerId);
    if (!last) return;
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    if (!last.begun && Math.hypot(dx, dy) < 4) return;
    if (!last.begun) this.svg.setPointerCapture(event.pointerId);
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, one]) => one);
    if (others.length) {
      const box = this.svg.getBoundingClientRect();
      const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) || 1;
      const factor = apart({ x: event.clientX, y: event.clientY }, others[0]) / apart(last, others[0]);
      this.zoom(factor, { x: others[0].x - box.left, y: others[0].y - box.top });
    } else this.pan(dx, dy);
    Object.assign(last, { x: event.clientX, y: event.clientY, begun: true });
  }

  #up(event) {
    this.pointers.delete(event.pointerId);
  }
}
