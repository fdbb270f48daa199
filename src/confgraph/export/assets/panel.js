// Fills the legend, which is the filter, and the panel of the selected node.

// How many entities one click on + brings, neighbours one expansion, and links and quotes the panel shows at first.
const MORE_OF_KIND = 25, NEIGHBOURS = 40, LINKS = 10, QUOTES = 2;

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

function quotation(index) {
  const [page, before, exact, after, confidence] = quotes[index];
  const sure = confidence < 1 ? ` · confidence ${confidence.toFixed(2)}` : "";
  return element("blockquote", {}, before, element("mark", {}, exact), after, element("footer", {}, `${pages[page]}${sure}`));
}

function quotations(sources) {
  const more = sources.slice(QUOTES);
  if (!more.length) return sources.map(quotation);
  const button = element("button", { type: "button", class: "rest" }, `Show ${more.length} more`);
  button.addEventListener("click", () => button.replaceWith(...more.map(quotation)));
  return [...sources.slice(0, QUOTES).map(quotation), button];
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
    ...(entity.sources.length ? [heading(entity.said > 1 ? "Sources" : "Source", entity.sources.length, entity.said), ...quotations(entity.sources)] : []),
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
  fit([id, ...absent]);
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

// The part of the canvas that the panel leaves: it covers the right side, on a phone the bottom.
function uncovered() {
  const { clientWidth: width, clientHeight: height } = $("canvas"), { offsetWidth, offsetHeight } = $("panel");
  return { width, height, right: width - (narrow.matches ? 0 : offsetWidth), bottom: height - (narrow.matches ? offsetHeight : 0) };
}

function bringIntoView(id) {
  const node = nodes.get(id), at = network.canvasToDOM(node), { right, bottom, width, height } = uncovered();
  if (at.x > 60 && at.y > 40 && at.x < right - 60 && at.y < bottom - 40) return;
  const offset = { x: (right - width) / 2, y: (bottom - height) / 2 };
  network.moveTo({ position: { x: node.x, y: node.y }, scale: Math.max(network.getScale(), 0.7), offset });
}
