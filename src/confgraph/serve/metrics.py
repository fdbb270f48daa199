"""Tell how the server does, in the text format of Prometheus.

Source: Prometheus, Exposition formats, text-based format 0.0.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from confgraph.serve.process import memory_of
from confgraph.serve.workers import Pool

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

Samples = Iterable[tuple[Mapping[str, object], float]]


def render(pool: Pool, version: str) -> str:
    """Write the counts of a pool."""
    counts, load = pool.counts, pool.load
    lines = [
        *_metric("build_info", "gauge", "What the store holds, by name.", [({"version": version}, 1)]),
        *_metric("requests_total", "counter", "Requests by task and status; 0 where the worker ended.", _requests(pool)),
        *_metric("request_seconds_total", "counter", "Seconds until the first bytes of answers.", [({}, round(counts.seconds, 6))]),
        *_metric("workers", "gauge", "Processes that answer.", [({}, load["workers"])]),
        *_metric("workers_busy", "gauge", "Processes that answer right now.", [({}, load["busy"])]),
        *_metric("requests_waiting", "gauge", "Requests that wait for a process.", [({}, load["waiting"])]),
        *_metric("workers_started_total", "counter", "Processes started.", [({}, counts.started)]),
        *_metric("workers_ended_total", "counter", "Processes that ended, whatever the reason.", [({}, counts.ended)]),
        *_metric("requests_timed_out_total", "counter", "Requests ended at the time limit.", [({}, counts.timed_out)]),
        *_metric("requests_left_total", "counter", "Requests ended as their client had gone.", [({}, counts.left)]),
        *_metric("requests_refused_total", "counter", "Requests for which there was no place.", [({}, pool.turns.refused)]),
        *_metric("stores_swapped_total", "counter", "Stores put in the place of others.", [({}, counts.swaps)]),
        *_metric("worker_resident_bytes", "gauge", "Memory of each process.", list(_memory(pool.pids))),
    ]
    return "\n".join(lines) + "\n"


def _requests(pool: Pool) -> Samples:
    return [({"task": task, "status": status}, count) for (task, status), count in sorted(pool.counts.by_status.items())]


def _memory(pids: Iterable[int]) -> Iterator[tuple[Mapping[str, object], float]]:
    for number, pid in enumerate(pids):
        if told := memory_of(pid):
            yield {"worker": number}, told[0]


def _metric(name: str, kind: str, about: str, samples: Samples) -> Iterator[str]:
    yield f"# HELP confgraph_{name} {about}"
    yield f"# TYPE confgraph_{name} {kind}"
    for labels, value in samples:
        told = ",".join(f'{key}="{said}"' for key, said in labels.items())
        yield f"confgraph_{name}{{{told}}} {value:g}" if told else f"confgraph_{name} {value:.17g}"
