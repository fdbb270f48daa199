"""Show a graph to people: pages without scripts, search, entities with their evidence, lists, a SPARQL editor.

Everything here is a function from an open store to a `Reply`; whoever has the HTTP calls

    index = read_index(store)                                # once, when the store is opened
    reply = render(store, index, path, parameters, accept)   # for each GET or HEAD of a path that is no protocol's

and sends the reply as it is: its headers hold the content type and the content security policy. `render` knows the paths of
`ROUTES` and answers any other with a page that helps on. `asset` needs no store, so that it can be called where there is none.
"""

from confgraph.serve.explorer.assets import asset
from confgraph.serve.explorer.index import Index, read_index
from confgraph.serve.explorer.reply import Reply
from confgraph.serve.explorer.routes import ROUTES, render

__all__ = ["ROUTES", "Index", "Reply", "asset", "read_index", "render"]
