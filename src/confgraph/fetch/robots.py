"""Read robots.txt: what its keeper asks of programs that fetch.

Source: RFC 9309; Crawl-delay and Request-rate are customs beyond it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from protego import Protego

from confgraph.errors import SourceError
from confgraph.fetch.address import Address

AGENT: Final = "confgraph"
"""The product token that a robots.txt can name."""
LONGEST: Final = 512_000
"""The bytes of a robots.txt that are read. Source: RFC 9309, 2.5, asks for 500 KiB at least."""
_MOST_AGENTS: Final = 5_000
_MOST_RULES: Final = 1_000_000
"""How many pairs of agent and rule are kept: a group of many agents with many rules would else fill the memory."""
_LONGEST_DELAY: Final = 10**9
_AGENT_LINE: Final = re.compile(r"^[ \t]*user[- ]?agent\b", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says; None where there is none and all is allowed."""

    parsed: Protego | None = None

    def allows(self, address: Address) -> bool:
        """Say whether the page may be fetched."""
        return self.parsed is None or self.parsed.can_fetch(address.url, AGENT)

    @property
    def delay(self) -> float:
        """Give the seconds that are to lie between two requests."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(AGENT)
        seconds = min(rate.seconds, _LONGEST_DELAY) / rate.requests if rate else 0.0
        return min(max(self.parsed.crawl_delay(AGENT) or 0.0, seconds), _LONGEST_DELAY)


def read(data: bytes, where: str) -> Rules:
    r"""Read a robots.txt; what is not UTF-8, or no rule, is passed over.

    Raises:
        SourceError: it holds so many agents and rules that it would fill the memory.

    >>> rules = read(b"User-agent: *\nDisallow: /private\nCrawl-delay: 2", "robots.txt")
    >>> rules.delay
    2.0
    """
    text = data.decode("utf-8-sig", errors="replace")
    agents = len(_AGENT_LINE.findall(text))
    if agents > _MOST_AGENTS or agents * (len(text.splitlines()) - agents) > _MOST_RULES:
        raise SourceError(where, f"is too long to be read ({agents:,} agents)", "fetch the page by hand, if its keeper allows it")
    return Rules(Protego.parse(text))
