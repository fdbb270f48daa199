// Puts YASQE (the editor) and YASR (the results) of YASGUI in the place of the plain form; all requests go to this server.
"use strict";

(() => {
  const form = document.getElementById("ask"), field = document.getElementById("query");
  if (!window.Yasqe || !window.Yasr || !form) return;

  const LONGEST_LINK = 4000; // of more characters the query goes into the fragment, which no server limits
  const terms = { prefixes: {}, classes: [], properties: [] };
  const loaded = fetch("/editor/terms", { headers: { accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then((found) => Object.assign(terms, found))
    .catch(() => terms); // without them the editor completes variables only

  const shorten = (iri) => {
    const hit = Object.entries(terms.prefixes).find(([, space]) => iri.startsWith(space) && /^[\w-]*$/.test(iri.slice(space.length)));
    return hit ? `${hit[0]}:${iri.slice(hit[1].length)}` : `<${iri}>`;
  };
  /** Complete the graph's own classes or properties, by the beginning of an IRI, of a prefixed name or of any word of the label. */
  const own = (list) => ({
    bulk: false,
    autoShow: true,
    get: async (_, token) => {
      await loaded;
      const typed = (token?.string ?? "").replace(/^</, "").toLowerCase();
      const fits = ({ iri, label }) => [iri, shorten(iri), label, ...label.split(" ")].some((name) => name.toLowerCase().startsWith(typed));
      return terms[list].filter(fits).map(({ iri }) => iri);
    },
    postProcessSuggestion: (_, __, iri) => shorten(iri),
  });
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.forkAutocompleter("prefixes", {
    name: "graph-prefixes",
    persistenceId: null,
    get: async () => { await loaded; return Object.entries(terms.prefixes).map(([prefix, space]) => `${prefix}: <${space}>`).sort(); },
  });
  Yasqe.forkAutocompleter("class", { name: "graph-classes", ...own("classes") });
  Yasqe.forkAutocompleter("property", { name: "graph-properties", ...own("properties") });

  const link = (yasqe) => {
    const query = new URLSearchParams({ query: yasqe.getValue() });
    return `${location.origin}/editor${query.toString().length > LONGEST_LINK ? "#" : "?"}${query}`;
  };
  const shared = new URLSearchParams(location.hash.slice(1)).get("query");

  document.getElementById("yasgui").hidden = false;
  form.hidden = true;
  const yasqe = new Yasqe(document.getElementById("yasqe"), {
    value: shared ?? field.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: link,
    editorHeight: "20rem",
    requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST", acceptHeaderGraph: "text/turtle" },
  });
  const yasr = new Yasr(document.getElementById("yasr"), { persistenceId: null, prefixes: () => terms.prefixes });
  yasqe.getInputField().setAttribute("aria-label", "Query");
  yasqe.on("queryResponse", (_, response, duration) => {
    yasr.setResponse(response, duration);
    yasr.rootEl.scrollIntoView({ block: "nearest" });
    document.getElementById("answer")?.remove(); // the table that was made without a script is of an older query
  });

  // IRIs of the results lead to their pages here.
  yasr.rootEl.addEventListener("click", (event) => {
    const iri = event.target.closest("a.iri");
    if (!iri) return;
    event.preventDefault();
    location.href = `/entity?${new URLSearchParams({ iri: iri.getAttribute("href") })}`;
  });

  const FORMATS = {
    rows: { CSV: "text/csv", TSV: "text/tab-separated-values", JSON: "application/sparql-results+json", XML: "application/sparql-results+xml" },
    graph: { Turtle: "text/turtle", "N-Triples": "application/n-triples" },
  };
  const ENDS = { CSV: "csv", TSV: "tsv", JSON: "json", XML: "xml", Turtle: "ttl", "N-Triples": "nt" };
  const tools = document.getElementById("tools");
  const said = document.createElement("span");
  said.setAttribute("role", "status");

  const download = async (name, media) => {
    said.textContent = " …";
    try {
      const answer = await fetch("/sparql", {
        method: "POST", headers: { accept: media, "content-type": "application/sparql-query" }, body: yasqe.getValue(),
      });
      if (!answer.ok) throw new Error((await answer.text()).slice(0, 300));
      const file = document.createElement("a");
      file.href = URL.createObjectURL(await answer.blob());
      file.download = `answer.${ENDS[name]}`;
      file.click();
      URL.revokeObjectURL(file.href);
      said.textContent = "";
    } catch (error) {
      said.textContent = ` ${error.message}`;
    }
  };
  const offer = () => {
    const graph = ["CONSTRUCT", "DESCRIBE"].includes(yasqe.getQueryType());
    const buttons = Object.entries(graph ? FORMATS.graph : FORMATS.rows).map(([name, media]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => download(name, media));
      return button;
    });
    const share = document.createElement("a");
    share.href = link(yasqe);
    share.textContent = "Link to this query";
    tools.replaceChildren("Download all rows as ", ...buttons, " ", share, said);
  };
  let kind = "";
  yasqe.on("change", () => {
    const now = yasqe.getQueryType() ?? "";
    if (now !== kind) { kind = now; offer(); }
    else tools.querySelector("a").href = link(yasqe);
  });
  offer();
})();
