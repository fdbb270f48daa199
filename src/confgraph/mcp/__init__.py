"""Serve a graph to agents by the Model Context Protocol."""
