"""What a document calls its people, so that "the Turkish minister" can be told from another."""

from collections.abc import Iterator, Sequence

from briefs.quotes.blocks import Block, Sort, Token
from briefs.quotes.vocabulary import ANYBODY, BREAKS, DETERMINERS, OFFICES

_LONGEST = 9  # words of a description
_LINKS = frozenset({"of", "for", "the"})
_OPENERS = frozenset({",", "(", "-", "--", "\u2013", "\u2014"})
_CLOSERS = _OPENERS | {".", ";", ":", ")"}


def described(blocks: Sequence[Block], count: int) -> tuple[frozenset[str], ...]:
    """Return the words that stand beside the names of each of the *count* people."""
    words: list[set[str]] = [set() for _ in range(count)]
    for block in blocks:
        last = -1
        for at, token in enumerate(block.tokens):
            if token.sort is Sort.NAME:
                words[token.of].update(_beside(block.tokens, at))
                if "counterpart" in words[token.of] and last not in {-1, token.of}:
                    words[token.of].update(words[last] & OFFICES)
                last = token.of
    return tuple(frozenset(bag) for bag in words)


def fitting(phrase: Sequence[str], words: Sequence[frozenset[str]]) -> int:
    """Return the one person whom every word of *phrase* describes; -1 for none or several."""
    wanted = frozenset(phrase)
    if wanted & ANYBODY:
        return -1
    fit = [number for number, bag in enumerate(words) if wanted and wanted <= bag]
    return fit[0] if len(fit) == 1 else -1


def _beside(tokens: Sequence[Token], name: int) -> Iterator[str]:
    yield from _back(tokens, name - 1)
    if name + 1 < len(tokens) and tokens[name + 1].low in _OPENERS:
        yield from _on(tokens, name + 2)
    closed = name + 1 == len(tokens) or tokens[name + 1].low in _CLOSERS
    if closed and name > 0 and tokens[name - 1].low == ",":
        yield from _back(tokens, name - 2)


def _back(tokens: Sequence[Token], at: int) -> Iterator[str]:
    for place in range(at, max(-1, at - _LONGEST), -1):
        if not _describes(tokens[place]):
            return
        yield tokens[place].low


def _on(tokens: Sequence[Token], at: int) -> Iterator[str]:
    for place in range(at, min(len(tokens), at + _LONGEST)):
        if not _describes(tokens[place]) and tokens[place].low not in DETERMINERS:
            return
        yield tokens[place].low


def _describes(token: Token) -> bool:
    return token.sort is Sort.WORD and (token.low not in BREAKS or token.low in _LINKS)
