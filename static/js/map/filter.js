/* The filter menu and the field that finds: what they offer comes from the graph, what they say goes to the address. */
const ORDER = (a, b) => a.localeCompare(b, "en");

function fill(select, values) {
  const first = select.options[0];
  select.replaceChildren(first, ...values.map((value) => new Option(value, value)));
}

export function startFilter(map) {
  const form = document.querySelector("[data-map-filter]");
  const find = document.querySelector("[data-map-find]");
  const offer = () => {
    fill(form.elements.team, [...new Set(map.graph.objectives.map((node) => node.team).filter(Boolean))].sort(ORDER));
    fill(form.elements.owner, [...new Set(map.graph.objectives.map((node) => node.owner).filter(Boolean))].sort(ORDER));
    for (const name of ["team", "owner", "status"]) form.elements[name].value = map.state[name];
    form.elements.lanes.checked = map.state.lanes === "team";
    form.elements.key_results.checked = map.state.key_results === "all";
    find.value = map.state.q;
    showCount();
  };
  const showCount = () => {
    const count = ["team", "owner", "status", "q"].filter((name) => map.state[name]).length;
    form.closest("details").querySelector("[data-count]").textContent = count ? String(count) : "";
  };
  form.addEventListener("change", () => {
    for (const name of ["team", "owner", "status"]) map.state[name] = form.elements[name].value;
    map.state.lanes = form.elements.lanes.checked ? "team" : "";
    map.state.key_results = form.elements.key_results.checked ? "all" : "";
    showCount();
    map.update();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    for (const name of ["team", "owner", "status", "lanes", "key_results", "q"]) map.state[name] = "";
    find.value = "";
    setTimeout(() => { showCount(); map.update(); });
  });
  startFind(map, find);
  return offer;
}

/* Words in the field: matches are outlined, Enter goes to the next one, Shift Enter narrows the map to them. */
function startFind(map, find) {
  let at = -1;
  let found = [];
  find.addEventListener("input", () => {
    const words = find.value.trim().toLowerCase();
    found = words ? map.inOrder().filter((node) => node.title.toLowerCase().includes(words)) : [];
    at = -1;
    map.setFound(new Set(found));
    map.say(words ? `${found.length || "Nothing"} found${found.length ? ", Enter goes there" : ""}.` : "");
    if (found.length) map.view.reveal(map.laid.places.get(found[0]));
  });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      find.value = "";
      find.dispatchEvent(new Event("input"));
      map.go(map.drawing.current);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (event.shiftKey) {
        map.state.q = find.value.trim();
        map.update();
      } else if (found.length) {
        at = (at + 1) % found.length;
        map.go(found[at]);
      }
    } else return;
    event.stopPropagation();
  });
}
