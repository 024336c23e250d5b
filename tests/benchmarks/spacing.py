"""Tokens in, a text as people write it out, with the place of each word."""

from collections.abc import Sequence

from briefs.model import Span

_NO_SPACE_BEFORE = frozenset(
    {",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "\u2019s", "n't", "'"}
)
_NO_SPACE_BEHIND = frozenset({"(", "[", "$", "\u00a3", "\u20ac"})


def write(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Return the text of *tokens*, and where each of them stands in it."""
    text, places, inside = "", [], False
    glued = True
    for word in tokens:
        closing = word == '"' and inside
        if not (glued or closing or word in _NO_SPACE_BEFORE):
            text += " "
        places.append(Span(len(text), len(text) + len(word)))
        text += word
        if word == '"':
            inside = not inside
        glued = word in _NO_SPACE_BEHIND or (word == '"' and inside)
    return text, places
