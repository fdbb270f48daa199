"""Say which network addresses are public: a page on the web must not lead into the network of the one who reads it.

The tables are our own, since those of Python's `ipaddress` differ between its versions.
Source: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890) and the IPv6 global unicast space (RFC 4291, 2.4).
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

IP = IPv4Address | IPv6Address

_CLOSED_4: Final = (
    (IPv4Network("0.0.0.0/8"), "an unspecified"),
    (IPv4Network("10.0.0.0/8"), "a private"),
    (IPv4Network("100.64.0.0/10"), "a private"),  # shared by a provider's customers
    (IPv4Network("127.0.0.0/8"), "a loopback"),
    (IPv4Network("169.254.0.0/16"), "a link-local"),
    (IPv4Network("172.16.0.0/12"), "a private"),
    (IPv4Network("192.0.0.0/24"), "a reserved"),
    (IPv4Network("192.0.2.0/24"), "a reserved"),  # documentation
    (IPv4Network("192.88.99.0/24"), "a reserved"),  # relays from 6to4
    (IPv4Network("192.168.0.0/16"), "a private"),
    (IPv4Network("198.18.0.0/15"), "a reserved"),  # benchmarks
    (IPv4Network("198.51.100.0/24"), "a reserved"),  # documentation
    (IPv4Network("203.0.113.0/24"), "a reserved"),  # documentation
    (IPv4Network("224.0.0.0/4"), "a multicast"),
    (IPv4Network("240.0.0.0/4"), "a reserved"),
)
_CLOSED_6: Final = (
    (IPv6Network("::/128"), "an unspecified"),
    (IPv6Network("::1/128"), "a loopback"),
    (IPv6Network("fc00::/7"), "a private"),
    (IPv6Network("fe80::/10"), "a link-local"),
    (IPv6Network("ff00::/8"), "a multicast"),
    (IPv6Network("2001::/23"), "a reserved"),  # protocols, Teredo among them
    (IPv6Network("2001:db8::/32"), "a reserved"),  # documentation
    (IPv6Network("2002::/16"), "a reserved"),  # 6to4: leads to any IPv4 address
    (IPv6Network("3fff::/20"), "a reserved"),  # documentation
)
_UNICAST_6: Final = IPv6Network("2000::/3")
_HOLDS_IPV4: Final = (
    IPv6Network("::ffff:0:0/96"),  # mapped (RFC 4291, 2.5.5.2)
    IPv6Network("64:ff9b::/96"),  # translated (RFC 6052): what DNS64 gives where there is no IPv4
)


def refusal(address: IP) -> str | None:
    """Say what kind of address it is where it is not public, None where it is.

    >>> refusal(IPv4Address("192.168.1.1")), refusal(IPv6Address("::ffff:127.0.0.1")), refusal(IPv4Address("9.9.9.9"))
    ('a private', 'a loopback', None)
    """
    if isinstance(address, IPv6Address):
        if any(address in network for network in _HOLDS_IPV4):
            return refusal(IPv4Address(int(address) & 0xFFFF_FFFF))
        kind = next((kind for network, kind in _CLOSED_6 if address in network), None)
        return kind or (None if address in _UNICAST_6 else "a reserved")
    return next((kind for network, kind in _CLOSED_4 if address in network), None)


def no_refusal(address: IP) -> None:
    """Let every address pass."""
    del address
