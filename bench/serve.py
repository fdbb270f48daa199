"""Measure the endpoint against a bare handler and rdflib-endpoint, all on this machine and in one run.

    python bench/serve.py [--triples 100000 1000000] [--seconds 4] [--rival PYTHON]

A graph of papers, people and words is generated. Eight connections each ask for all that is said of one thing, another each
time. The bare handler is Starlette over pyoxigraph in uvicorn's thread pool, with none of the limits. `--rival` names a Python
that has rdflib-endpoint installed, in an environment of its own. Then the same with 5 % heavy queries among the lookups: the
latency of the lookups with and without. The servers are asked in turns, several times; a ratio is taken in each round, and medians
of rounds are printed, so that what else the machine does falls on all.

    python bench/serve.py --stops 10

stops the server with SIGTERM and with SIGINT, each so many times, while eight connections keep asking and four queries run that would
never end, and prints how long it took until the process and all its workers were gone.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from confgraph.graph.store import write_store

BASE = "https://example.org/"
CONNECTIONS = 8
HEAVY = 0.05
BARE = """
import sys, uvicorn
from pyoxigraph import QueryResultsFormat, Store
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

store = Store.read_only(sys.argv[1])

def answer(query):
    return store.query(query).serialize(format=QueryResultsFormat.JSON)

async def ask(request: Request) -> Response:
    body = await run_in_threadpool(answer, request.query_params["query"])
    return Response(body, media_type="application/sparql-results+json")

uvicorn.run(Starlette(routes=[Route("/sparql", ask)]), port=int(sys.argv[2]), log_level="critical")
"""
RIVAL = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint

graph = Dataset(default_union=True)
graph.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), port=int(sys.argv[2]), log_level="critical")
"""


def triples(count: int) -> Iterator[Quad]:
    """Yield papers with titles, authors and words, eight triples each."""
    draw = random.Random(7)
    kind, title, author, word, year, name = (NamedNode(f"{BASE}{local}") for local in ("type", "title", "author", "word", "year", "name"))
    papers = count // 9
    for i in range(papers):
        paper = NamedNode(f"{BASE}paper/{i}")
        yield Quad(paper, kind, NamedNode(f"{BASE}Paper"))
        yield Quad(paper, title, Literal(f"On the matter of number {i} and what follows from it"))
        yield Quad(paper, year, Literal(1990 + i % 35))
        for _ in range(3):
            yield Quad(paper, author, NamedNode(f"{BASE}person/{draw.randrange(max(1, papers // 3))}"))
        for _ in range(2):
            yield Quad(paper, word, NamedNode(f"{BASE}word/{int(draw.paretovariate(0.8)) % 2000}"))
        yield Quad(NamedNode(f"{BASE}person/{i}"), name, Literal(f"Person {i}"))


def lookup(draw: random.Random, papers: int) -> str:
    """Ask all that is said of one paper."""
    return f"SELECT ?p ?o {{ <{BASE}paper/{draw.randrange(papers)}> ?p ?o }}"


HEAVY_QUERY = f"""SELECT ?w (COUNT(?q) AS ?n) {{ {{ SELECT ?p ?w {{ ?p <{BASE}word> ?w }} LIMIT 20000 }} ?p <{BASE}author> ?q }}
GROUP BY ?w ORDER BY DESC(?n) LIMIT 10"""


@dataclass
class Load:
    """What clients saw: seconds of each lookup, requests in all, seconds in all, and failures."""

    lookups: list[float]
    asked: int
    seconds: float
    failed: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.asked / self.seconds

    def percentile(self, which: int) -> float:
        """Milliseconds below which so many of 100 lookups stay."""
        return 1000 * statistics.quantiles(self.lookups, n=100)[which - 1]


def put_under_load(port: int, papers: int, seconds: float, heavy: float) -> Load:
    """Ask over eight connections, each of which waits for its answer before it asks again."""
    end = time.monotonic() + seconds
    counted = threading.Lock()
    load = Load([], 0, 0.0, 0)

    def client(number: int) -> None:
        draw = random.Random(number)
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        times, asked, failed = [], 0, 0
        while time.monotonic() < end:
            is_heavy = draw.random() < heavy
            address = f"/sparql?query={quote(HEAVY_QUERY if is_heavy else lookup(draw, papers))}"
            start = time.perf_counter()
            connection.request("GET", address, headers={"Accept": "application/sparql-results+json"})
            response = connection.getresponse()
            response.read()
            failed += response.status != 200
            asked += 1
            if not is_heavy:
                times.append(time.perf_counter() - start)
        connection.close()
        with counted:
            load.lookups += times
            load.asked += asked
            load.failed += failed

    start = time.monotonic()
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        list(threads.map(client, range(CONNECTIONS)))
    load.seconds = time.monotonic() - start
    return load


def asking(port: int, papers: int, seconds: float, heavy: float = 0.0) -> Load:
    """Put a server under load from another process, so that no server shares an interpreter's lock with its clients."""
    command = [sys.executable, __file__, "--client", str(port), str(papers), str(seconds), str(heavy)]
    numbers = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return Load([float(n) for n in numbers[3:]], int(numbers[0]), float(numbers[1]), int(numbers[2]))


@contextmanager
def running(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            try:
                connection = HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/sparql?query=ASK%7B%7D", headers={"Accept": "application/sparql-results+json"})
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def worker_memory(port: int) -> list[float]:
    """Give the megabytes of each worker, as /metrics tells."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    return [float(n) / 1e6 for n in re.findall(r"confgraph_worker_resident_bytes{.*?} (\S+)", text)]


def compare(count: int, seconds: float, turns: int, rival: str | None) -> None:
    """Measure all servers on a graph of so many triples and print what was found."""
    papers = count // 9
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        out = Path(name) / "out"
        out.mkdir()
        data = list(triples(count))
        write_store(out / "store", data)
        commands = {
            "confgraph": [sys.executable, "-m", "confgraph", "serve", str(out), "--port", "8811"],
            "bare handler": [sys.executable, "-c", BARE, str(out / "store"), "8812"],
        }
        if rival:
            serialize((quad.triple for quad in data), str(out / "graph.nt"), RdfFormat.N_TRIPLES)
            commands["rdflib-endpoint"] = [rival, "-c", RIVAL, str(out / "graph.nt"), "8813"]
        ports = {server: 8811 + number for number, server in enumerate(commands)}
        for server, command in commands.items():
            stack.enter_context(running(command, ports[server]))
        loads: dict[str, list[Load]] = {server: [] for server in commands}
        for _ in range(turns):
            for server, port in ports.items():
                loads[server].append(asking(port, papers, seconds))
        print(f"\n{count:,} triples, {CONNECTIONS} connections, medians of {turns} rounds of {seconds:g} s")
        for server, seen in loads.items():
            told = zip(*((load.rate, load.percentile(50), load.percentile(99)) for load in seen), strict=True)
            rate, p50, p99 = map(statistics.median, told)
            ratios = [ours.rate / theirs.rate for ours, theirs in zip(loads["confgraph"], seen, strict=True)]
            print(f"  {server:16} {rate:7.0f} requests/s  p50 {p50:6.2f} ms  p99 {p99:7.2f} ms  failed {sum(x.failed for x in seen)}"
                  f"  confgraph is {statistics.median(ratios):.2f} times as fast ({min(ratios):.2f} to {max(ratios):.2f})")  # fmt: skip
        for server in ("confgraph", "bare handler"):
            pairs = [(asking(ports[server], papers, seconds), asking(ports[server], papers, seconds, HEAVY)) for _ in range(turns)]
            plain, mixed = ([load.percentile(99) for load in side] for side in zip(*pairs, strict=True))
            times = statistics.median(with_heavy / alone for alone, with_heavy in zip(plain, mixed, strict=True))
            failed = sum(load.failed for _, load in pairs)
            print(f"  {server:16} p99 of lookups {statistics.median(plain):7.2f} ms alone, {statistics.median(mixed):7.2f} ms with"
                  f" {HEAVY:.0%} heavy queries: {times:.1f} times  ({failed} failed)")  # fmt: skip
        start = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", ports["confgraph"], timeout=120)
        connection.request("GET", f"/sparql?query={quote(HEAVY_QUERY)}")
        connection.getresponse().read()
        print(f"  a heavy query alone takes {1000 * (time.perf_counter() - start):.0f} ms")
        memory = worker_memory(ports["confgraph"])
        print(f"  {len(memory)} workers of {min(memory):.0f} to {max(memory):.0f} MB resident")


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def children(pid: int) -> set[int]:
    """Give the numbers of the processes that a process has started."""
    return {int(number) for task in Path(f"/proc/{pid}/task").iterdir() for number in (task / "children").read_text().split()}


def runs(pid: int) -> bool:
    """Tell whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def stop_under_load(out: Path, papers: int, ending: signal.Signals) -> float:
    """Give the seconds from a signal until the server that is under load, and all its processes, have ended."""
    serve = [sys.executable, "-m", "confgraph", "serve", str(out), "--port", "8811"]
    ask = [sys.executable, __file__, "--client", "8811", str(papers), "60", "0"]
    with ExitStack() as stack:
        server = stack.enter_context(running(serve, 8811))
        for _ in range(4):
            endless = stack.enter_context(socket.create_connection(("127.0.0.1", 8811)))
            endless.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        clients = stack.enter_context(subprocess.Popen(ask, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        stack.callback(clients.kill)
        time.sleep(3)
        processes = {server.pid, *children(server.pid)}
        start = time.perf_counter()
        server.send_signal(ending)
        server.wait(60)
        while any(map(runs, processes)):
            time.sleep(0.001)
        return time.perf_counter() - start


def measure_stops(count: int, times: int) -> None:
    """Stop servers on a graph of so many triples and print how long it took."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "out"
        out.mkdir()
        write_store(out / "store", triples(count))
        print(f"\n{count:,} triples, {CONNECTIONS} connections and 4 endless queries: seconds until all processes have ended")
        for ending in (signal.SIGTERM, signal.SIGINT):
            took = sorted(stop_under_load(out, count // 9, ending) for _ in range(times))
            print(f"  {ending.name:8} median {statistics.median(took):.2f}  longest {took[-1]:.2f}  ({' '.join(f'{t:.2f}' for t in took)})")


def main() -> None:
    """Measure, or be the clients of a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--rival", metavar="PYTHON")
    parser.add_argument("--stops", type=int, metavar="TIMES")
    parser.add_argument("--client", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.client:
        load = put_under_load(int(given.client[0]), int(given.client[1]), float(given.client[2]), float(given.client[3]))
        print(load.asked, load.seconds, load.failed, *load.lookups)
        return
    if given.stops:
        measure_stops(given.triples[0], given.stops)
        return
    for count in given.triples:
        compare(count, given.seconds, given.turns, given.rival)


if __name__ == "__main__":
    main()
