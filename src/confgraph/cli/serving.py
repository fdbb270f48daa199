"""The commands that serve a graph, over HTTP and to agents."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from confgraph.cli.arguments import Out, file_there
from confgraph.cli.console import note
from confgraph.errors import UsageError

_SHORTEST_TOKEN: Final = 16


def serve(
    out: Out,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port to listen on; 0 for any that is free.")] = 8000,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="How long one answer may take.")] = 30.0,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many processes answer at most; else two per core, at least 12.")
    ] = None,
    memory: Annotated[int, typer.Option(min=16, metavar="MB", help="How much memory one answer may take.")] = 512,
    updates: Annotated[bool, typer.Option("--updates", help="Allow updates to those who send the token.")] = False,
    token_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", parser=file_there, help="With --updates: the file with the token; else CONFGRAPH_TOKEN holds it."),
    ] = None,
) -> None:
    """Answer SPARQL queries over HTTP at /sparql, and show the graph to people; read-only unless told otherwise."""
    from confgraph.serve.limits import Limits
    from confgraph.serve.server import run_server

    if token_file and not updates:
        raise UsageError("serve", "--token-file goes with --updates", "give both")
    token = _read_token(token_file) if updates else ""
    limits = Limits(timeout=timeout, memory=memory) if workers is None else Limits(timeout=timeout, memory=memory, workers=workers)
    told = "a page at" if not updates else "updates with the token, a page at"

    def ready(address: str) -> None:
        note(f"SPARQL endpoint at {address}sparql, {told} {address} (stop with Ctrl-C)")

    run_server(out, host, port, limits=limits, token=token, ready=ready)


def _read_token(file: Path | None) -> str:
    """Read the token that allows updates, from a file or the environment."""
    token = (file.read_text(encoding="utf-8", errors="replace") if file else os.environ.get("CONFGRAPH_TOKEN", "")).strip()
    if len(token) < _SHORTEST_TOKEN or not token.isascii() or not token.isprintable():
        where = str(file) if file else "CONFGRAPH_TOKEN"
        what = f"holds no token of at least {_SHORTEST_TOKEN} printable ASCII characters"
        raise UsageError(where, what, "make one with: python -c 'import secrets; print(secrets.token_urlsafe())'")
    return token


def mcp(
    out: Out,
    http: Annotated[bool, typer.Option("--http", help="Serve over HTTP at /mcp instead of standard input and output.")] = False,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port to listen on with --http.")] = 8001,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="How long one call may take.")] = 30.0,
) -> None:
    """Serve a graph to agents by the Model Context Protocol."""
    try:
        from confgraph.mcp import server
    except ModuleNotFoundError as error:
        raise UsageError("mcp", f"the package {error.name} is not installed", "run: pip install 'confgraph[mcp]'") from error
    if not http and sys.stdin.isatty():
        note("waits for an agent's messages on standard input (end with Ctrl-D); see docs/agents.md, or --http")
    server.run(out, host if http else None, port, timeout, lambda address: note(f"Model Context Protocol at {address} (stop with Ctrl-C)"))
