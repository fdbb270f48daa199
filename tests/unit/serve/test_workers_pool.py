"""Worker processes: many requests share a few of them, and none is harmed by what another does."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from confgraph.serve.limits import Limits
from confgraph.serve.process import LostError, Worker
from confgraph.serve.workers import Pool

LIMITS = Limits(workers=3, timeout=60.0, memory=96)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
GREEDY = "SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def head(query: str) -> dict[str, Any]:
    accept = "application/sparql-results+json"
    return {"task": "query", "query": query, "default": (), "named": (), "base": "http://localhost/", "accept": accept, "gzip": False}


def number(n: int) -> str:
    return f"SELECT ({n} AS ?n) {{}}"


async def ask(pool: Pool, query: str, client: str = "someone") -> str:
    reply = await pool.call(head(query), client=client)
    body = reply.body + b"".join([piece async for piece in reply.rest()])
    assert reply.status == 200, body
    return str(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def with_pool(out: Path, limits: Limits, do: Callable[[Pool], Awaitable[None]]) -> None:
    async def run() -> None:
        pool = Pool(out, limits)
        await pool.start()
        try:
            await do(pool)
        finally:
            await pool.close()

    asyncio.run(run())


def test_each_of_many_requests_at_once_gets_its_own_answer(small_out: Path) -> None:
    async def do(pool: Pool) -> None:
        answers = await asyncio.gather(*(ask(pool, number(n), f"client {n % 7}") for n in range(100)))
        assert answers == [str(n) for n in range(100)]
        assert pool.load["busy"] == pool.load["waiting"] == 0

    with_pool(small_out, LIMITS, do)


def test_others_are_answered_beside_endless_queries(small_out: Path) -> None:
    async def do(pool: Pool) -> None:
        endless = [asyncio.ensure_future(ask(pool, ENDLESS)) for _ in range(2)]
        answers = await asyncio.gather(*(ask(pool, number(n), f"client {n % 3}") for n in range(30)))
        assert answers == [str(n) for n in range(30)]
        assert not any(one.done() for one in endless)
        for one in endless:
            one.cancel()

    with_pool(small_out, dataclasses.replace(LIMITS, workers=4), do)


def test_a_process_that_ends_takes_only_its_own_request_along(small_out: Path) -> None:
    async def do(pool: Pool) -> None:
        greedy = asyncio.ensure_future(ask(pool, GREEDY))
        while not greedy.done():
            answers = await asyncio.gather(*(ask(pool, number(n), f"client {n % 3}") for n in range(20)))
            assert answers == [str(n) for n in range(20)]
        assert isinstance(greedy.exception(), LostError)

    with_pool(small_out, LIMITS, do)


def test_a_process_that_keeps_much_memory_is_replaced_once_it_is_idle(small_out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def do(pool: Pool) -> None:
        while len(pool.turns.idle) < 2:
            pool.tend()
            await asyncio.sleep(0.05)
        before = pool.pids
        monkeypatch.setattr(Worker, "kept", property(lambda worker: (1 << 30) * (worker.pid == before[0])))
        while before[0] in pool.pids or len(pool.turns.idle) < 2:
            pool.tend()
            assert await ask(pool, number(7)) == "7"
            await asyncio.sleep(0.05)
        assert before[1] in pool.pids

    with_pool(small_out, LIMITS, do)


def test_the_names_are_read_before_anybody_asks_for_them(small_out: Path) -> None:
    async def do(pool: Pool) -> None:
        assert pool._shared is not None
        while not (pool._shared.path / "names-0").exists():
            pool.tend()
            assert await ask(pool, number(7)) == "7"
            await asyncio.sleep(0.05)
        assert pool.counts.by_status["query", 200] > 0
        assert not pool.counts.by_status["names", 204], "no request has waited for it"

    with_pool(small_out, LIMITS, do)
