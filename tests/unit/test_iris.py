"""IRIs of instances: readable, stable, and never shared by two keys."""

from __future__ import annotations

import re

import pytest

from confgraph.iris import DEFAULT_BASE, digest, mint, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Christopher Ré", "christopher-re"),
        ("CIFAR-10", "cifar-10"),
        ("c++", "c"),
        ("...", "x"),
        ("", "x"),
        ("a" * 60, "a" * 48),
        ("one " * 20, "-".join(["one"] * 12)),
    ],
)
def test_slug_is_short_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_keys_with_one_slug_get_their_own_iris() -> None:
    keys = ["c", "c++", "c#", "深層学習", "学習", "re", "ré"]
    assert len({mint(DEFAULT_BASE, "method", key) for key in keys}) == len(keys)


def test_kind_and_base_are_part_of_the_identity() -> None:
    assert mint(DEFAULT_BASE, "method", "adam")[-12:] != mint(DEFAULT_BASE, "dataset", "adam")[-12:]
    assert mint("https://example.org/id/", "method", "adam").startswith("https://example.org/id/method/adam-")


def test_iri_has_the_documented_form() -> None:
    assert re.fullmatch(r"https://w3id\.org/confgraph/id/person/ada-lovelace-[0-9a-f]{12}", mint(DEFAULT_BASE, "person", "Ada Lovelace"))


def test_parts_are_kept_apart_in_a_digest() -> None:
    assert digest("ab", "c") != digest("a", "bc")
