"""Explain why an entity is one: its members, what was judged of them, feature by feature, and what it is a kind of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from confgraph.records import Decision, Judgement, MemberKey
from confgraph.resolve import keys
from confgraph.review.built import Above, Built, Seen


@dataclass(frozen=True, slots=True)
class Explanation:
    """An entity, how pages print its members, and the judgements of them.

    `members` lack those of which nothing was judged: an entity of one member. `merges` join two of them; `apart` and `open` are
    the judgements of one with another thing, or of two that other judgements join. `broader` is what it is a kind of.
    """

    iri: str
    label: str
    kind: str
    older: tuple[str, ...]
    members: tuple[Seen, ...]
    merges: tuple[Judgement, ...]
    apart: tuple[Judgement, ...]
    open: tuple[Judgement, ...]
    broader: tuple[Above, ...] = ()

    def iter_lines(self) -> Iterator[str]:
        """Write the explanation for people."""
        yield f"{self.label} ({self.kind})"
        yield self.iri
        yield ""
        yield from self._iter_members()
        if self.broader:
            yield ""
            yield "A kind of, by its name or because a text says so"
        for above in self.broader:
            yield f"  {above.label}  confidence {above.confidence:.2f}"
            yield f"    {above.iri}"
            yield from (f"    {quote.shown}" for quote in above.quotes)

    def _iter_members(self) -> Iterator[str]:
        if not self.members:
            yield "One member: no other name was judged to be like it."
            return
        yield f"Members: {len(self.members)}"
        for member in self.members:
            yield f"  {member.key}" + (f"  (was {member.iri})" if member.iri != self.iri else "")
            for quote in member.quotes:
                yield f"    {quote.shown}"
        yield from _listed("One because of", self.merges, "=")
        yield from _listed("Kept apart", self.apart, "≠")
        yield from _listed("Open: `confgraph review` asks for a decision", self.open, "?")


def _listed(title: str, judgements: Sequence[Judgement], sign: str) -> Iterator[str]:
    if judgements:
        yield ""
        yield title
    for judged in judgements:
        yield f"  {judged.left} {sign} {judged.right}  score {judged.score:.2f}, by {judged.by}"
        yield from (f"    {line}" for line in reason_lines(judged))


def reason_lines(judged: Judgement) -> Iterator[str]:
    """Write each reason: what it adds to the score, the feature, its value and weight, and what it rests on."""
    for reason in judged.reasons:
        line = f"{reason.value * reason.weight:+.2f}  {reason.feature} ({reason.value:.2f} of {reason.weight:+.2f})"
        yield f"{line}: {reason.note}" if reason.note else line


def explain(built: Built, iri: str) -> Explanation:
    """Explain an entity of a build, by its IRI or one that it replaced.

    Raises:
        UsageError: there is no such entity.
    """
    here, label = built.entity(iri)
    older = built.older(here)
    members = sorted({built.keys[node] for node in (here, *older) if node in built.keys})
    concerned = [judged for judged in built.judgements if judged.left in members or judged.right in members]

    def inside(judged: Judgement) -> bool:
        return judged.left in members and judged.right in members

    return Explanation(
        iri=here,
        label=label,
        kind=_kind(members, here),
        older=tuple(older),
        members=tuple(built.seen(key) for key in members),
        merges=tuple(j for j in concerned if inside(j) and j.decision is Decision.SAME),
        apart=tuple(j for j in concerned if j.decision is Decision.DIFFERENT or (j.decision is Decision.SAME and not inside(j))),
        open=tuple(j for j in concerned if j.decision is Decision.OPEN and not inside(j)),
        broader=tuple(built.broader(here)),
    )


def _kind(members: Sequence[MemberKey], iri: str) -> str:
    return keys.kind_of(members[0]) if members else iri.rstrip("/").split("/")[-2]
