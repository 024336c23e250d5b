"""An address in, the same address out when it may be dialled; and sockets for nowhere else.

What a name stands for is decided when it is dialled, so that is when it is checked: an address that
was public a moment ago, and a literal that no resolver sees, end at the same place.
"""

import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import TypeAlias
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from bot.config import Network
from bot.fetcher.errors import FetchError
from briefs.model import Problem

Address: TypeAlias = IPv4Address | IPv6Address

_LONGEST = 4_096  # characters of an address
_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_NUMERIC = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")  # a last label that some resolvers compute with
_NAME = re.compile(r"[a-z0-9._-]+")
_NAT64 = IPv6Network("64:ff9b::/96")
_SHARED = IPv4Network("100.64.0.0/10")
_NEVER = tuple(  # Python calls them global; nobody publishes there
    map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "3fff::/20", "5f00::/16"))
)


class RefusedAddress(OSError):  # noqa: N818 - it is an OSError so that aiohttp passes it on
    """The address that was about to be dialled is not to be dialled."""

    def __init__(self) -> None:
        super().__init__("refused address")  # always the same: aiohttp merges what differs


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Where connections may go: the public internet, and what the operator allows besides."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    hosts: frozenset[str] = frozenset()  # names that may stand for private addresses
    ports: frozenset[int] = frozenset({80, 443})

    def check(self, text: str) -> URL:
        """Return *text* as an address without its fragment; raise FetchError when it is unfit."""
        url, written = _parsed(text)
        host = _host(url, written)
        literal = _literal(host)
        if literal is not None and not self.permits(literal, named=host in self.hosts):
            raise _private(host)
        if url.port not in self.ports:
            raise FetchError(
                Problem.ADDRESS,
                f"Port {url.port} of {host} is not among those that are read",
                remedy="Give another address, or have the operator add it to network.ports.",
            )
        return url

    def trusts(self, url: URL) -> bool:
        """Tell whether the operator named this host, whatever private address it has."""
        return (url.raw_host or "").rstrip(".") in self.hosts

    def permits(self, address: Address, *, named: bool) -> bool:
        """Tell whether *address* may be dialled; *named*: for a host that the operator named."""
        return all(
            _is_public(face) or self._is_allowed(face) or (named and _is_inside(face))
            for face in _faces(address)
        )

    def sockets(self, *, named: bool) -> Callable[[aiohttp.AddrInfoType], socket.socket]:
        """Return what makes the sockets of a connector, and none for an address that is refused."""

        def make(info: aiohttp.AddrInfoType) -> socket.socket:
            family, kind, protocol, _, address = info
            if not self.permits(ip_address(str(address[0]).partition("%")[0]), named=named):
                raise RefusedAddress
            return socket.socket(family, kind, protocol)

        return make

    def _is_allowed(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def make(network: Network) -> Guard:
    """Return the guard that config.toml describes."""
    networks, hosts = [], set()
    for each in network.allow:
        try:
            networks.append(ip_network(each, strict=False))
        except ValueError:
            hosts.add(each.lower().rstrip("."))
    return Guard(networks=tuple(networks), hosts=frozenset(hosts), ports=frozenset(network.ports))


def refused(host: str) -> FetchError:
    """Return the error for a host that stands for an address which is not dialled."""
    return _private(host)


_LIKE = "Give one such as https://example.org/feed."


def _parsed(text: str) -> tuple[URL, str]:
    """Return *text* as it will be asked for, and its host as it was written."""
    if len(text) > _LONGEST or _UNFIT.search(text):
        raise FetchError(Problem.ADDRESS, "That is no web address", remedy=_LIKE)
    try:
        url, parts = URL(text).with_fragment(None), urlsplit(text)
        written = parts.hostname or ""
    except ValueError:
        raise FetchError(Problem.ADDRESS, "That is no web address", remedy=_LIKE) from None
    if url.scheme not in {"http", "https"} or not url.raw_host:
        raise FetchError(Problem.ADDRESS, "Only http and https addresses are read", remedy=_LIKE)
    if "@" in parts.netloc:
        raise FetchError(
            Problem.ADDRESS,
            f"The address at {url.raw_host} has a name or a password in it, which is not sent",
            remedy="Give it without, and what the site wants as a header.",
        )
    return url, written


def _host(url: URL, written: str) -> str:
    """Return the host of *url*; refuse names that turn into numbers on their way to the wire."""
    host = (url.raw_host or "").rstrip(".")
    numeric = _NUMERIC.fullmatch(host.rpartition(".")[2])
    odd = not _NAME.fullmatch(host) if ":" not in host else "%" in host
    if odd or (numeric and (not written.isascii() or _literal(host) is None)):
        raise FetchError(Problem.ADDRESS, "The host of that address is not a name", remedy=_LIKE)
    return host


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def _private(host: str) -> FetchError:
    return FetchError(
        Problem.ADDRESS,
        f"{host} is not on the public internet",
        remedy="Give another address, or have the operator add it to network.allow.",
    )


def _faces(address: Address) -> Iterable[Address]:
    """Return every address that a packet to *address* may end at."""
    if isinstance(address, IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address in _NAT64:
        return (IPv4Address(int(address) & 0xFFFF_FFFF),)
    within = (address.sixtofour, *(address.teredo or ()))
    return (address, *(each for each in within if each is not None))


def _is_public(address: Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not (isinstance(address, IPv6Address) and address.is_site_local)
        and not any(address in network for network in _NEVER)
    )


def _is_inside(address: Address) -> bool:
    """Tell whether *address* is one of a private network, and none with a meaning of its own."""
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    if isinstance(address, IPv4Address):
        return (address.is_private and not address.is_reserved) or address in _SHARED
    return address.is_private or address.is_site_local
