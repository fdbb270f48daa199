"""Fetch pages from the web, politely and safely: the only part that opens connections of its own accord.

pages       which files are written, and what is said of each address
session     robots.txt, pauses, retries, redirects
transport   one request: to an address that was checked, within limits of time and size
networks    which addresses may be connected to        robots  cache  sidecar  media  address
"""

from confgraph.fetch.pages import Fetched, Options, Outcome, fetch

__all__ = ["Fetched", "Options", "Outcome", "fetch"]
