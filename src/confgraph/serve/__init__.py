"""Serve a graph over HTTP: SPARQL for programs, a page for people."""

from confgraph.serve.app import create_app, run_server

__all__ = ["create_app", "run_server"]
