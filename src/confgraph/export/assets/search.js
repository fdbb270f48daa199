// Finds entities by name, from the keyboard too.

const HITS = 12;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let index = null, hits = [], active = 0;

// The whole name first, then its beginning, the beginning of a word, any place; within each by importance.
function find(query) {
  index ??= entities.map((entity) => [entity.label, ...entity.aliases].map(fold));
  const wanted = fold(query).trim(), found = [[], [], [], []];
  if (!wanted) return [];
  index.forEach((names, id) => {
    const best = Math.min(...names.map((name) => {
      const at = name.indexOf(wanted);
      if (at <= 0) return at < 0 ? 4 : name === wanted ? 0 : 1;
      return /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 2 : 3;
    }));
    if (best < 4 && found[best].length < HITS) found[best].push(id);
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
