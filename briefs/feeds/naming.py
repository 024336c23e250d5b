"""Names of elements as written in, the names under which feeds are read out.

RSS, Atom and their relatives share one vocabulary; what other name spaces have of it gets the
prefix that it has by custom, whatever prefix the document gives it.
"""

_PLAIN = ""
FOREIGN = "?"
_SPACES = {
    "": _PLAIN,
    "http://backend.userland.com/rss": _PLAIN,
    "http://blogs.law.harvard.edu/tech/rss": _PLAIN,
    "http://channel.netscape.com/rdf/simple/0.9": _PLAIN,
    "http://my.netscape.com/rdf/simple/0.9": _PLAIN,
    "http://purl.org/atom/ns#": _PLAIN,
    "http://purl.org/rss/1.0": _PLAIN,
    "http://www.w3.org/2005/atom": _PLAIN,
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://purl.org/rss/1.0/modules/syndication": "sy:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/xml/1998/namespace": "xml:",
}
_PREFIXES = {"atom": _PLAIN, "rss": _PLAIN} | {name[:-1]: name for name in _SPACES.values() if name}


class Names:
    """The names of one document: what its own default name space is shows at its root."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._own: str | None = None
        self._declared: dict[str, str] = {}

    def qualified(self, tag: str) -> str:
        """Return the name of an element written "{space}local", or "local"."""
        known = self._known.get(tag)
        if known is None:
            space, _, local = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
            if self._own is None:
                self._own = space
            known = _prefix(space, _PLAIN if space == self._own else FOREIGN) + local.casefold()
            if len(self._known) < 10_000:
                self._known[tag] = known
        return known

    def declare(self, attributes: dict[str, str]) -> None:
        """Take note of the prefixes that an element declares."""
        for name, value in attributes.items():
            if name.startswith("xmlns:") and len(self._declared) < 100:
                self._declared[name[6:]] = _prefix(value, FOREIGN)

    def prefixed(self, name: str) -> str:
        """Return the name of an element written "prefix:local", whether declared or not."""
        prefix, colon, local = name.rpartition(":")
        if not colon:
            return local
        return self._declared.get(prefix, _PREFIXES.get(prefix, FOREIGN)) + local


def _prefix(space: str, otherwise: str) -> str:
    folded = space.strip().casefold().rstrip("/")
    if folded.startswith("http://backend.userland.com/rss"):
        return _PLAIN
    return _SPACES.get(folded.replace("https://", "http://", 1), otherwise)
