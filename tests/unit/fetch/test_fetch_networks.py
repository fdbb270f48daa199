"""Network addresses: only public ones pass, in whatever form they are written."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from confgraph.fetch.networks import refusal

CLOSED = {
    "0.0.0.0": "an unspecified",  # noqa: S104
    "10.1.2.3": "a private",
    "100.64.0.1": "a private",
    "127.0.0.1": "a loopback",
    "127.255.255.254": "a loopback",
    "169.254.169.254": "a link-local",
    "172.31.255.255": "a private",
    "192.0.0.8": "a reserved",
    "192.168.0.1": "a private",
    "198.19.0.1": "a reserved",
    "224.0.0.1": "a multicast",
    "239.255.255.255": "a multicast",
    "255.255.255.255": "a reserved",
    "::": "an unspecified",
    "::1": "a loopback",
    "::127.0.0.1": "a reserved",
    "::ffff:10.0.0.1": "a private",
    "::ffff:127.0.0.1": "a loopback",
    "64:ff9b::7f00:1": "a loopback",
    "64:ff9b:1::1": "a reserved",
    "2001::1": "a reserved",
    "2002:7f00:1::": "a reserved",
    "fc00::1": "a private",
    "fd12:3456::1": "a private",
    "fe80::1": "a link-local",
    "fe80::1%eth0": "a link-local",
    "fec0::1": "a reserved",
    "ff02::1": "a multicast",
    "100::1": "a reserved",
}
OPEN = ("9.9.9.9", "172.32.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.255", "2606:4700::1111", "::ffff:9.9.9.9", "64:ff9b::909:909")


@pytest.mark.parametrize("text", CLOSED)
def test_what_is_not_public_is_refused(text: str) -> None:
    assert refusal(ip_address(text)) == CLOSED[text]


@pytest.mark.parametrize("text", OPEN)
def test_what_is_public_passes(text: str) -> None:
    assert refusal(ip_address(text)) is None


def test_there_are_cases() -> None:
    assert (len(CLOSED), len(OPEN)) == (29, 8)


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
@example(IPv6Address("64:ff9b::a00:1"))
@example(IPv4Address("192.0.0.9"))
def test_nothing_passes_that_python_knows_to_be_closed(address: IPv4Address | IPv6Address) -> None:
    closed = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified
    mapped = isinstance(address, IPv6Address) and address.ipv4_mapped
    if closed and not mapped:
        assert refusal(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_the_same_in_ipv6(address: IPv4Address) -> None:
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        assert refusal(IPv6Address(int(IPv6Address(prefix)) | int(address))) == refusal(address)
