// What a script adds to the pages: names complete as they are typed, and the drawing lights up what is linked. All works without it.
"use strict";

/** Complete names in a field; `choose` is told what is taken. */
function complete(input, kinds, choose) {
  const list = document.createElement("ul");
  list.className = "hits";
  list.id = `${input.id}-hits`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names");
  input.parentElement.append(list);
  input.removeAttribute("list");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }
  let hits = [], at = -1, asked = 0, wait;

  const show = (found) => {
    hits = found;
    at = -1;
    list.replaceChildren(...found.map((hit, i) => {
      const item = document.createElement("li"), kind = document.createElement("span"), name = document.createElement("bdi");
      item.id = `${list.id}-${i}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      kind.className = `kind k-${hit.family}`;
      kind.textContent = hit.kind;
      name.textContent = hit.label;
      item.append(kind, name);
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(i); });
      return item;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  };
  const take = (i) => { const hit = hits[i]; show([]); choose(hit); };
  const mark = (i) => {
    at = (i + hits.length + 1) % (hits.length + 1);
    if (at === hits.length) at = -1;
    [...list.children].forEach((item, j) => item.setAttribute("aria-selected", String(j === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const ask = async () => {
    const mine = ++asked, words = input.value.trim();
    if (!words) return show([]);
    try {
      const parameters = new URLSearchParams({ q: words, kind: kinds });
      const answer = await fetch(`/search?${parameters}`, { headers: { accept: "application/json" } });
      const found = answer.ok ? await answer.json() : [];
      if (mine === asked && document.activeElement === input) show(found);
    } catch {
      show([]); // the server is away: the form still works when it is back
    }
  };
  input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(ask, 120); });
  input.addEventListener("blur", () => { asked += 1; show([]); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? hits.length - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) take(at);
    else if (event.key === "Escape") show([]);
    else return;
    event.preventDefault();
  });
}

/** Light up a node of the drawing with what it is linked to; arrows go from node to node. */
function light(svg) {
  const nodes = [...svg.querySelectorAll("a[data-node]")], caption = svg.parentElement.querySelector("figcaption"), said = caption.textContent;
  const put = (node) => {
    svg.classList.toggle("lit", Boolean(node));
    const near = new Set(node ? [node.dataset.node] : []);
    for (const chord of svg.querySelectorAll(".chord")) {
      const ends = chord.dataset.of.split(" "), lit = Boolean(node) && ends.includes(node.dataset.node);
      chord.classList.toggle("near", lit);
      if (lit) ends.forEach((end) => near.add(end));
    }
    for (const spoke of svg.querySelectorAll(".spoke")) spoke.classList.toggle("near", Boolean(node) && spoke.dataset.of === node.dataset.node);
    for (const other of nodes) other.classList.toggle("near", near.has(other.dataset.node));
    caption.textContent = node ? node.getAttribute("aria-label") : said;
  };
  nodes.forEach((node, i) => {
    node.addEventListener("pointerenter", () => put(node));
    node.addEventListener("pointerleave", () => put(null));
    node.addEventListener("focus", () => put(node));
    node.addEventListener("blur", () => put(null));
    node.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      nodes[(i + step + nodes.length) % nodes.length].focus();
    });
  });
}

const search = document.getElementById("search");
complete(search, "", (hit) => { location.href = hit.address; });
for (const input of document.querySelectorAll("input[data-complete]")) {
  complete(input, input.dataset.complete, (hit) => { input.value = hit.label; input.form.requestSubmit(); });
}
document.querySelectorAll("svg.around").forEach(light);
document.addEventListener("keydown", (event) => {
  const busy = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !busy && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});
