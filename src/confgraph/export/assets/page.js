// Joins buttons, mouse and keys to the parts above, and starts.

function reset() {
  hiddenKinds.clear();
  edges.clear();
  nodes.clear();
  view.refresh();
  $("search").value = "";
  select(null);
  const portrait = $("canvas").clientHeight > $("canvas").clientWidth; // the places are made for a wide window: turn them
  nodes.add(data.view.nodes.map((node) => dressed(portrait ? { ...node, x: node.y, y: node.x } : node)));
  edges.add(data.view.edges.map(({ from, to }) => drawnEdge(from, to)));
  refresh();
  fit();
}

// Bring nodes into the part of the canvas that the panel leaves, with a margin for their labels.
function fit(ids = view.getIds()) {
  const placed = nodes.get(ids), { right, bottom, width, height } = uncovered();
  if (!placed.length) return;
  const [xs, ys] = [placed.map((node) => node.x), placed.map((node) => node.y)];
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(Math.max(right - 150, 100) / (east - west || 1), Math.max(bottom - 70, 100) / (south - north || 1), 1.2);
  const offset = { x: (right - width) / 2, y: (bottom - height) / 2 };
  network.moveTo({ position: { x: (west + east) / 2, y: (north + south) / 2 }, scale, offset });
}

$("fit").addEventListener("click", () => fit());
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

const frame = $("canvas").firstElementChild; // vis-network makes it focusable: arrow keys move the view, [ and ] zoom
frame.setAttribute("role", "application");
frame.setAttribute("aria-label", "Graph of entities: arrow keys move, brackets zoom; the search box reaches every entity.");
$("legend").open = !narrow.matches;
dress();
reset();
window.confgraph = Object.freeze({ network, nodes, edges, view, select });
