// Holds the data that the page carries and draws a part of it. No text is ever read as HTML: all go through textContent or the canvas.

const data = JSON.parse(document.getElementById("data").textContent);
const { kinds, links: phrases, pages, quotes } = data;
const SVG = "http://www.w3.org/2000/svg";
const GAP = 40; // pixels at zoom 1 between the centres of nodes that appear later
const $ = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en");
const dark = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia("(max-width: 760px)");

// All entities by descending importance, with the links of each; an entity's id is its place here.
const entities = data.nodes.map(([label, kind, size, iri, aliases, facts, sources, said]) => (
  { label, kind, size, iri, aliases, facts, sources, said, links: [] }));
for (const [subject, object, phrase, position, note, sources] of data.edges) {
  entities[subject].links.push({ other: object, phrase: phrases[phrase][0], position, note, sources });
  if (subject !== object) entities[object].links.push({ other: subject, phrase: phrases[phrase][1], position: 0, note, sources });
}
for (const entity of entities) entity.neighbours = [...new Set(entity.links.map((link) => link.other))].sort((a, b) => a - b);

// What is drawn of them: `nodes` are on the canvas but for those of a hidden kind, `view` leaves these out.
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

// The selected node and its neighbours stand out.
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
  theme = { ground: read("--ground"), text: read("--text"), edge: dark.matches ? "#3a424b" : "#c9ced3", strong: dark.matches ? "#93a1af" : "#79838d" };
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
