"use strict";
// Draws the graph that the page carries. Every text reaches the page through textContent or the canvas, so none is ever read as HTML.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { kinds, links: phrases, pages, quotes } = data;
  const SVG = "http://www.w3.org/2000/svg";
  const MORE_OF_KIND = 25, NEIGHBOURS = 40, HITS = 12, LINKS = 10, GAP = 40, LARGE = 12;
  const $ = (id) => document.getElementById(id);
  const number = new Intl.NumberFormat("en");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia("(max-width: 760px)");

  // ---- the data: nodes by descending importance, the links of each node --------------------------------------------
  const entities = data.nodes.map(([label, kind, size, iri, aliases, facts, sources, said]) => (
    { label, kind, size, iri, aliases, facts, sources, said, links: [] }));
  for (const [subject, object, phrase, position, note, sources] of data.edges) {
    entities[subject].links.push({ other: object, phrase: phrases[phrase][0], position, note, sources });
    if (subject !== object) entities[object].links.push({ other: subject, phrase: phrases[phrase][1], position: 0, note, sources });
  }
  for (const entity of entities) entity.neighbours = [...new Set(entity.links.map((link) => link.other))].sort((a, b) => a - b);

  // ---- what is drawn ----------------------------------------------------------------------------------------------
  const hiddenKinds = new Set();
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  const view = new vis.DataView(nodes, { filter: (node) => !hiddenKinds.has(entities[node.id].kind) });
  const network = new vis.Network($("canvas"), { nodes: view, edges }, data.view.options);
  let selected = null, hovered = null, theme = null;

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "on") made.addEventListener("click", value);
      else if (value !== false && value !== null) made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  const OUTLINES = {
    square: "M2.5 2.5h11v11h-11z", diamond: "M8 1l7 7-7 7-7-7z", triangle: "M8 1.5l7 12.5H1z", triangleDown: "M8 14.5L1 2h14z",
    hexagon: "M4.3 1.8h7.4L15.4 8l-3.7 6.2H4.3L.6 8z", star: "M8 .8l2.2 4.9 5.3.5-4 3.5 1.2 5.2L8 12.2l-4.7 2.7 1.2-5.2-4-3.5 5.3-.5z",
    dot: "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z",
  };
  function swatch(kind) {
    const svg = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    svg.setAttribute("class", "swatch");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", OUTLINES[kinds[kind].shape]);
    path.setAttribute("fill", kinds[kind].color);
    svg.append(path);
    return svg;
  }

  // The name moves from the node to the labels that we draw ourselves; colour and shape follow the kind.
  function dressed(node) {
    const kind = kinds[entities[node.id].kind];
    const on = { background: kind.color, border: theme.text };
    return { ...node, label: undefined, shape: kind.shape, color: { background: kind.color, border: theme.ground, highlight: on, hover: on } };
  }

  function drawnEdge(from, to) {
    const [low, high] = from < to ? [from, to] : [to, from];
    return { id: `${low}-${high}`, from: low, to: high };
  }

  function add(placed) {
    nodes.add(placed.map(dressed));
    const made = new Map();
    for (const { id } of placed) for (const other of entities[id].neighbours) {
      if (other === id || !nodes.get(other)) continue;
      const edge = drawnEdge(id, other);
      if (!edges.get(edge.id)) made.set(edge.id, edge);
    }
    edges.add([...made.values()]);
  }

  // Free places around a point: a sunflower's seeds, each at the golden angle from the last, that keep clear of what is drawn.
  function placesAround(centre, count) {
    const taken = nodes.get({ fields: ["x", "y"] });
    const found = [];
    for (let k = 3; found.length < count; k += 1) {
      const radius = GAP * 0.8 * Math.sqrt(k), angle = k * 2.399963;
      const spot = { x: Math.round(centre.x + radius * Math.cos(angle)), y: Math.round(centre.y + radius * Math.sin(angle)) };
      if (taken.every((t) => Math.hypot(t.x - spot.x, t.y - spot.y) >= GAP)) { found.push(spot); taken.push(spot); }
    }
    return found;
  }

  function reveal(ids, centre) {
    const fresh = ids.filter((id) => !nodes.get(id));
    if (centre) {
      const spots = placesAround(centre, fresh.length);
      add(fresh.map((id, i) => ({ id, size: entities[id].size, ...spots[i] })));
    } else {
      for (const id of fresh) {
        const anchor = entities[id].neighbours.map((other) => nodes.get(other)).find(Boolean) ?? network.getViewPosition();
        add([{ id, size: entities[id].size, ...placesAround(anchor, 1)[0] }]);
      }
    }
    refresh();
  }

  function showKind(kind) {
    if (!hiddenKinds.delete(kind)) return;
    view.refresh();
    refresh();
  }

  // ---- labels: drawn at one size on the screen, the most important first, never over each other ---------------------
  const widths = new Map();
  const shorten = (text, length) => { const chars = [...text]; return chars.length <= length ? text : `${chars.slice(0, length - 1).join("").trimEnd()}…`; };

  function textWidth(context, text, font) {
    const key = font + text;
    if (!widths.has(key)) { context.font = font; widths.set(key, context.measureText(text).width); }
    return widths.get(key);
  }

  function drawLabels(context) {
    const scale = network.getScale(), { clientWidth, clientHeight } = $("canvas");
    const near = selected === null ? new Set() : new Set(entities[selected].neighbours);
    const rank = (id) => (id === selected ? 0 : id === hovered ? 1 : near.has(id) ? 2 : 3);
    const onScreen = view.get().map((node) => ({ id: node.id, size: node.size * scale, ...network.canvasToDOM(node) }))
      .filter((n) => n.x > -80 && n.y > -20 && n.x < clientWidth + 80 && n.y < clientHeight + 20)
      .sort((a, b) => rank(a.id) - rank(b.id) || a.id - b.id);
    const taken = onScreen.map((n) => ({ left: n.x - n.size, right: n.x + n.size, top: n.y - n.size, bottom: n.y + n.size, node: n.id }));
    context.save();
    context.scale(1 / scale, 1 / scale);
    const origin = network.canvasToDOM({ x: 0, y: 0 });
    context.translate(-origin.x, -origin.y);
    context.lineJoin = "round";
    context.textBaseline = "middle";
    for (const node of onScreen) drawLabel(context, node, rank(node.id), taken, near);
    context.restore();
  }

  function drawLabel(context, node, rank, taken, near) {
    const entity = entities[node.id], urgent = rank < 2, large = entity.size > LARGE;
    const pixels = urgent ? 14 : Math.round(Math.min(15, 10.5 + entity.size / 6));
    const font = `${urgent || large ? 600 : 400} ${pixels}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif`;
    const text = shorten(entity.label, urgent ? 60 : 28);
    const width = textWidth(context, text, font), high = pixels * 1.15;
    const spots = [
      [node.x - width / 2, node.y + node.size + 3 + high / 2], [node.x - width / 2, node.y - node.size - 3 - high / 2],
      [node.x + node.size + 5, node.y], [node.x - node.size - 5 - width, node.y],
    ];
    for (const [left, middle] of spots) {
      const box = { left: left - 3, right: left + width + 3, top: middle - high / 2, bottom: middle + high / 2 };
      const passes = (t) => t.node === node.id || (t.node > node.id && (large || urgent));
      const free = taken.every((t) => passes(t) || box.right < t.left || box.left > t.right || box.bottom < t.top || box.top > t.bottom);
      if (!free && !urgent) continue;
      taken.push(box);
      context.font = font;
      context.globalAlpha = selected === null || urgent || near.has(node.id) ? 1 : 0.25;
      context.lineWidth = 4;
      context.strokeStyle = theme.ground;
      context.fillStyle = theme.text;
      context.strokeText(text, left, middle);
      context.fillText(text, left, middle);
      return;
    }
  }

  // ---- emphasis: the selected node and its neighbours stand out ------------------------------------------------------
  function emphasise() {
    const near = selected === null ? null : new Set([selected, ...entities[selected].neighbours]);
    nodes.update(nodes.getIds().map((id) => ({ id, opacity: !near || near.has(id) ? 1 : 0.18 })));
    edges.update(edges.get().map(({ id, from, to }) => {
      const own = near && (from === selected || to === selected);
      return { id, width: own ? 1.3 : 1, color: { color: own ? theme.strong : theme.edge, opacity: !near || own ? 1 : 0.3 } };
    }));
  }

  function dress() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    theme = { ground: read("--ground"), text: read("--text"), edge: dark.matches ? "#3a424b" : "#d3d7db", strong: dark.matches ? "#93a1af" : "#79838d" };
    nodes.update(nodes.get().map(dressed));
    emphasise();
  }

  function refresh() {
    emphasise();
    const shown = new Map();
    view.forEach((node) => { const { kind } = entities[node.id]; shown.set(kind, (shown.get(kind) ?? 0) + 1); });
    const all = number.format(data.total);
    const kept = data.total > entities.length ? `; this file holds the ${number.format(entities.length)} most important` : "";
    $("count").textContent = `${number.format(view.length)} of ${all} entities${kept}`;
    for (const [kind, row] of legend.entries()) {
      const drawn = nodes.get({ filter: (node) => entities[node.id].kind === kind }).length;
      row.toggle.setAttribute("aria-pressed", String(!hiddenKinds.has(kind)));
      row.count.textContent = `${number.format(shown.get(kind) ?? 0)} / ${number.format(kinds[kind].total)}`;
      row.more.disabled = drawn >= row.held;
    }
  }

  // ---- the legend, which is the filter -----------------------------------------------------------------------------
  const legend = kinds.map((kind, i) => {
    const count = element("small");
    const held = [...entities.keys()].filter((id) => entities[id].kind === i);
    const toggle = element("button", { type: "button", class: "kind", "data-kind": kind.name, on: () => toggleKind(i) }, swatch(i), kind.plural, count);
    const more = element("button", { type: "button", class: "more", title: `Show more ${kind.plural.toLowerCase()}`, on: () => moreOf(i, held) }, "+");
    more.setAttribute("aria-label", more.title);
    $("kinds").append(element("li", {}, toggle, more));
    return { toggle, count, more, held: held.length };
  });

  function toggleKind(kind) {
    if (!hiddenKinds.delete(kind)) hiddenKinds.add(kind);
    if (selected !== null && hiddenKinds.has(entities[selected].kind)) select(null);
    view.refresh();
    refresh();
  }

  function moreOf(kind, held) {
    showKind(kind);
    reveal(held.filter((id) => !nodes.get(id)).slice(0, MORE_OF_KIND));
    fit();
  }

  // ---- the panel ---------------------------------------------------------------------------------------------------
  function quotation(index) {
    const [page, before, exact, after, confidence] = quotes[index];
    const sure = confidence < 1 ? ` · confidence ${confidence.toFixed(2)}` : "";
    return element("blockquote", {}, before, element("mark", {}, exact), after, element("footer", {}, `${pages[page]}${sure}`));
  }

  function factRows([name, value]) {
    const long = value.length > 60 ? " long" : "";
    const safe = /^https?:\/\/[^\s]+$/.test(value);
    const shown = safe ? element("a", { href: value, rel: "noopener noreferrer", target: "_blank" }, value) : value;
    const body = element("dd", { class: long + (value.length > 420 ? " cut" : "") }, shown);
    if (value.length > 420) {
      body.tabIndex = 0;
      body.title = "Show all";
      const open = () => body.classList.remove("cut");
      body.addEventListener("click", open);
      body.addEventListener("keydown", (event) => { if (event.key === "Enter") open(); });
    }
    return [element("dt", { class: long }, name), body];
  }

  function linkRow(link) {
    const entity = entities[link.other];
    const name = element("span", {}, entity.label, link.note ? element("small", {}, link.note) : "");
    const away = nodes.get(link.other) ? "" : "away";
    const row = element("li", {}, element("button", { type: "button", class: away, "data-node": link.other, on: () => select(link.other) }, swatch(entity.kind), name));
    if (link.sources.length) {
      const shown = link.sources.map(quotation);
      for (const quote of shown) quote.hidden = true;
      const why = element("button", { type: "button", class: "why", title: "Where it says so", "aria-label": "Where it says so", "aria-expanded": "false" }, "❞");
      why.addEventListener("click", () => {
        for (const quote of shown) quote.hidden = !quote.hidden;
        why.setAttribute("aria-expanded", String(!shown[0].hidden));
      });
      row.append(why, ...shown);
    }
    return row;
  }

  function heading(text, shown, all) {
    return element("h3", {}, text, element("b", {}, shown < all ? ` · ${shown} of ${number.format(all)}` : ` · ${number.format(shown)}`));
  }

  function linkGroup(phrase, links) {
    const list = element("ul", { class: "links" }, ...links.slice(0, LINKS).map(linkRow));
    const group = [heading(phrase, links.length, links.length), list];
    if (links.length > LINKS) {
      const rest = element("button", { type: "button", class: "rest" }, `Show all ${number.format(links.length)}`);
      rest.addEventListener("click", () => { list.append(...links.slice(LINKS).map(linkRow)); rest.remove(); });
      group.push(rest);
    }
    return group;
  }

  function fillPanel(id) {
    const entity = entities[id], groups = new Map();
    for (const link of entity.links.sort((a, b) => a.position - b.position || a.other - b.other)) groups.set(link.phrase, [...(groups.get(link.phrase) ?? []), link]);
    const absent = entity.neighbours.filter((other) => !nodes.get(other));
    const close = element("button", { type: "button", class: "close", "aria-label": "Close", on: () => select(null) }, "×");
    const expand = absent.length ? element("button", { type: "button", class: "expand", on: () => grow(id) },
      `Expand: show ${absent.length > NEIGHBOURS ? `${NEIGHBOURS} of ` : ""}${number.format(absent.length)} more neighbour${absent.length > 1 ? "s" : ""}`) : null;
    $("panel").replaceChildren(
      element("div", { class: "top" }, swatch(entity.kind), kinds[entity.kind].name, close),
      element("h2", {}, entity.label),
      entity.aliases.length ? element("p", { class: "aliases" }, `also ${entity.aliases.join(", ")}`) : "",
      expand ?? "",
      entity.facts.length ? element("dl", {}, ...entity.facts.flatMap(factRows)) : "",
      ...(entity.sources.length ? [heading(entity.said > 1 ? "Sources" : "Source", entity.sources.length, entity.said), ...entity.sources.map(quotation)] : []),
      ...[...groups].flatMap(([phrase, links]) => linkGroup(phrase, links)),
      element("h3", {}, "IRI"), element("code", {}, entity.iri),
    );
    $("panel").hidden = false;
    $("panel").scrollTop = 0;
  }

  function grow(id) {
    const absent = entities[id].neighbours.filter((other) => !nodes.get(other)).slice(0, NEIGHBOURS);
    for (const other of absent) hiddenKinds.delete(entities[other].kind);
    view.refresh();
    reveal(absent, nodes.get(id));
    select(id);
    network.fit({ nodes: [id, ...absent], maxZoomLevel: 1.2, animation: false });
  }

  function select(id) {
    selected = id;
    if (id === null) {
      $("panel").hidden = true;
      network.unselectAll();
      emphasise();
      return;
    }
    showKind(entities[id].kind);
    const known = Boolean(nodes.get(id));
    if (!known) reveal([id]);
    fillPanel(id);
    network.selectNodes([id]);
    emphasise();
    bringIntoView(id);
  }

  // The panel covers a part of the canvas: move only where the node is not well inside what is left.
  function bringIntoView(id) {
    const node = nodes.get(id), at = network.canvasToDOM(node), area = $("canvas"), panel = $("panel");
    const right = area.clientWidth - (narrow.matches ? 0 : panel.offsetWidth);
    const bottom = area.clientHeight - (narrow.matches ? panel.offsetHeight : 0);
    if (at.x > 60 && at.y > 40 && at.x < right - 60 && at.y < bottom - 40) return;
    const offset = { x: (right - area.clientWidth) / 2, y: (bottom - area.clientHeight) / 2 };
    network.moveTo({ position: { x: node.x, y: node.y }, scale: Math.max(network.getScale(), 0.7), offset });
  }

  // ---- search ------------------------------------------------------------------------------------------------------
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let index = null, hits = [], active = 0;

  function find(query) {
    index ??= entities.map((entity) => [entity.label, ...entity.aliases].map(fold));
    const wanted = fold(query).trim(), found = [[], [], []];
    if (!wanted) return [];
    index.forEach((names, id) => {
      const best = Math.min(...names.map((name) => {
        const at = name.indexOf(wanted);
        return at < 0 ? 3 : at === 0 ? 0 : /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 1 : 2;
      }));
      if (best < 3 && found[best].length < HITS) found[best].push(id);
    });
    return found.flat().slice(0, HITS);
  }

  function showHits() {
    const query = $("search").value;
    hits = find(query);
    active = 0;
    const rows = hits.map((id, i) => {
      const row = element("li", { role: "option", id: `hit-${i}`, "data-node": id }, swatch(entities[id].kind), shorten(entities[id].label, 90), element("small", {}, kinds[entities[id].kind].name));
      row.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(i); });
      return row;
    });
    $("hits").replaceChildren(...(rows.length ? rows : [element("li", { class: "none" }, "Nothing found")]));
    openHits(query.trim() !== "");
    markHit();
  }

  function openHits(open) {
    $("hits").hidden = !open;
    $("search").setAttribute("aria-expanded", String(open));
    if (!open) $("search").removeAttribute("aria-activedescendant");
  }

  function markHit() {
    for (const [i, row] of [...$("hits").querySelectorAll("[role=option]")].entries()) {
      row.setAttribute("aria-selected", String(i === active));
      if (i === active) { row.scrollIntoView({ block: "nearest" }); $("search").setAttribute("aria-activedescendant", row.id); }
    }
  }

  function choose(i) {
    if (hits[i] === undefined) return;
    openHits(false);
    select(hits[i]);
  }

  $("search").addEventListener("input", showHits);
  $("search").addEventListener("focus", () => { if ($("search").value) showHits(); });
  $("search").addEventListener("blur", () => openHits(false));
  $("search").addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) { active = (active + step + hits.length) % hits.length; markHit(); event.preventDefault(); }
    else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape") { $("search").value = ""; showHits(); event.stopPropagation(); }
  });

  // ---- buttons, mouse and keys --------------------------------------------------------------------------------------
  function reset() {
    hiddenKinds.clear();
    edges.clear();
    nodes.clear();
    view.refresh();
    $("search").value = "";
    select(null);
    nodes.add(data.view.nodes.map(dressed));
    edges.add(data.view.edges.map(({ from, to }) => drawnEdge(from, to)));
    refresh();
    fit();
  }

  // vis-network fits the nodes alone: leave a margin for their labels.
  function fit() {
    network.fit({ animation: false });
    network.moveTo({ scale: network.getScale() * 0.93 });
  }

  $("fit").addEventListener("click", fit);
  $("reset").addEventListener("click", reset);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== $("search")) { event.preventDefault(); $("search").focus(); $("search").select(); }
    else if (event.key === "Escape" && selected !== null) select(null);
  });
  network.on("click", ({ nodes: [id] }) => select(id ?? null));
  network.on("doubleClick", ({ nodes: [id] }) => { if (id !== undefined) grow(id); });
  network.on("dragEnd", ({ nodes: moved }) => {
    for (const [id, place] of Object.entries(network.getPositions(moved))) nodes.update({ id: Number(id), ...place });
  });
  network.on("hoverNode", ({ node }) => { hovered = node; $("canvas").style.cursor = "pointer"; });
  network.on("blurNode", () => { hovered = null; $("canvas").style.cursor = ""; });
  network.on("afterDrawing", drawLabels);
  dark.addEventListener("change", dress);

  $("legend").open = !narrow.matches;
  dress();
  reset();
  window.confgraph = Object.freeze({ network, nodes, edges, view, select });
})();
