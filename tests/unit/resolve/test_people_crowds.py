"""Blocks of names that are too large to compare in full."""

from __future__ import annotations

from confgraph.resolve import crowds
from confgraph.resolve.authorships import Signature, Work, pair_up
from confgraph.resolve.given_names import block_of
from confgraph.resolve.linking import estimate
from confgraph.resolve.names import parse


def _crowd(size: int, name: str = "Wei Wang") -> tuple[list[Signature], list[Work]]:
    """Give papers of one name; the first and the last of them have one more author, the same."""
    works = []
    for i in range(size):
        beside = "Orla Birch" if i in (0, size - 1) else f"{chr(97 + i % 26)}da {chr(97 + i // 26 % 26)}oor{i:x}"
        works.append(Work((parse(name), parse(beside)), ((), ()), (), "", 0))
    block = block_of(parse(name))
    assert block
    return [Signature(parse(name), block, ((i, 0),), (i,)) for i in range(size)], works


def test_the_pairs_of_one_name_grow_with_its_authorships_and_not_with_their_square() -> None:
    for size in (4_000, 8_000):
        signatures, works = _crowd(size)
        pairs = pair_up(crowds.divide(signatures, works), estimate(works).namesakes)
        assert len(pairs.left) <= size * crowds.PART / 2


def test_a_common_co_author_keeps_works_together_in_a_divided_block() -> None:
    signatures, works = _crowd(3_000)
    divided = crowds.divide(signatures, works)
    assert len({signature.part for signature in divided}) > 1
    assert divided[0].part == divided[-1].part


def test_a_block_of_few_pairs_is_left_whole_however_many_signatures_it_has() -> None:
    signatures, works = _crowd(1_900)
    others = [f"W{a}{b}{c} Wang" for a in "aeiou" for b in "bdfgklmn" for c in "aeiou"]
    many = [Signature(parse(name), signatures[0].block, ((i, 0),), (i,)) for i in range(3) for name in others]
    assert {signature.part for signature in crowds.divide([*signatures, *many], works)} == {0}
