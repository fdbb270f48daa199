"""Ask for pages as a good guest: what robots.txt allows, with pauses, again where it may help, along redirects that are checked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Final

from confgraph.errors import SourceError
from confgraph.fetch import robots
from confgraph.fetch.address import Address, follow
from confgraph.fetch.cache import Entry
from confgraph.fetch.transport import Bounds, HostError, Outside, Reply, TransientError, request

USER_AGENT: Final = f"{robots.AGENT}/{version('confgraph')}"
_ACCEPT: Final = "text/html, application/xhtml+xml, application/pdf, text/*, */*;q=0.5"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 5
_RETRIED: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_BACKOFFS: Final = (1.0, 2.0, 4.0)
"""The seconds before each further try, where the server asks for no longer pause."""
_LONGEST_WAIT: Final = 120.0
"""The seconds that one pause may take, whoever asks for it; a longer one is told instead of waited for."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How often a host is asked: the seconds between two requests, and the limits of each."""

    delay: float = 1.0
    bounds: Bounds = Bounds()


class Session:
    """Requests that know of each other: the pauses of each host, and the robots.txt of each origin, which is read once."""

    def __init__(self, manners: Manners, outside: Outside) -> None:
        self._manners, self._outside = manners, outside
        self._rules: dict[str, robots.Rules | SourceError] = {}
        self._asked: dict[str, float] = {}

    def get(self, start: Address, known: Entry | None) -> tuple[Address, Reply]:
        """Ask for a page, and follow redirects; give the address that answered.

        Args:
            start: the address of the page.
            known: what an earlier request gave, so that the page is sent only if it has changed since (status 304).

        Raises:
            SourceError: there is no answer; or one of the addresses on the way is forbidden by its robots.txt, or may not be
                connected to.
        """
        address = start
        passed: list[Address] = []
        while True:
            try:
                reply = self._ask_allowed(address, known)
                if reply.status not in _REDIRECTS:
                    return address, reply
                passed.append(address)
                address = follow(address, reply.headers.get("location", ""))
            except SourceError as error:
                if not passed:
                    raise
                raise SourceError(start.url, f"leads to {error.where}: {error.what}", error.hint) from error
            if address in passed or len(passed) > _MOST_REDIRECTS:
                what = "leads in a circle" if address in passed else f"leads on more than {_MOST_REDIRECTS} times"
                raise SourceError(start.url, what, "give the address of the page itself")

    def _ask_allowed(self, address: Address, known: Entry | None) -> Reply:
        rules = self._rules_of(address)
        if not rules.allows(address):
            raise SourceError(address.url, "its robots.txt does not allow it", "ask those who keep the page, or save it by hand")
        conditions = known.conditions if known and known.final == address.url else {}
        delay = max(self._manners.delay, rules.delay)
        self._sleep(address, self._asked.get(address.host, -math.inf) + delay - self._outside.clock())
        try:
            return self._ask(address, {"Accept": _ACCEPT, **conditions}, self._manners.bounds, delay)
        finally:
            self._asked[address.host] = self._outside.clock()

    def _rules_of(self, address: Address) -> robots.Rules:
        file = replace(address, target="/robots.txt")
        if file.url not in self._rules:
            try:
                self._rules[file.url] = self._read_rules(file)
            except SourceError as error:
                self._rules[file.url] = error
        found = self._rules[file.url]
        if isinstance(found, SourceError):
            same_host = isinstance(found, HostError) and found.where == file.url
            what = found.what if same_host else f"its robots.txt cannot be read: {found.what}"
            raise SourceError(address.url, what, found.hint) from found
        return found

    def _read_rules(self, address: Address) -> robots.Rules:
        """Read a robots.txt: one that is not there allows all, one that fails allows nothing. Source: RFC 9309, 2.3.1."""
        bounds = replace(self._manners.bounds, size=robots.LONGEST)
        for _ in range(_MOST_REDIRECTS + 1):
            reply = self._ask(address, {"Accept": "text/plain"}, bounds, self._manners.delay)
            if reply.status not in _REDIRECTS:
                break
            address = follow(address, reply.headers.get("location", ""))
        if 200 <= reply.status < 300:
            return robots.read(reply.body, address.url)
        if 400 <= reply.status < 500 and reply.status != 429:
            return robots.Rules()
        raise SourceError(address.url, f"the answer is {reply.says}", "try again later")

    def _ask(self, address: Address, headers: dict[str, str], bounds: Bounds, delay: float) -> Reply:
        """Make a request, and make it again after a pause where the answer may change."""
        headers = {"User-Agent": USER_AGENT, **headers}
        for backoff in _BACKOFFS:
            wait = max(backoff, delay)
            try:
                reply = request(address, headers, bounds, self._outside)
            except TransientError:
                pass
            else:
                if reply.status not in _RETRIED:
                    return reply
                wait = max(wait, self._wanted_wait(reply))
            self._sleep(address, wait)
        return request(address, headers, bounds, self._outside)

    def _wanted_wait(self, reply: Reply) -> float:
        """Read Retry-After, a number of seconds or a date, as seconds from now; 0 where it is absent or neither."""
        said = reply.headers.get("retry-after", "").strip()
        if said.isascii() and said.isdecimal():
            return float(said[:9])
        try:
            return max(0.0, parsedate_to_datetime(said).timestamp() - self._outside.now())
        except (ValueError, OverflowError):
            return 0.0

    def _sleep(self, address: Address, seconds: float) -> None:
        if seconds > _LONGEST_WAIT:
            raise SourceError(address.url, f"the host asks to wait {seconds:,.0f} s", "fetch it then")
        if seconds > 0:
            self._outside.sleep(seconds)
