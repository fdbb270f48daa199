"""Serve a graph over HTTP: SPARQL for programs, pages for people."""
