"""Bodies that many countries have: "Foreign Ministry" is named with the country before it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from briefs.entities import folding, gazetteer
from briefs.entities.forms import Form, Join, Joined
from briefs.model import Document, Kind, Mention

_POSSESSIVE = frozenset({"'s ", "\u2019s ", "' ", "\u2019 "})


def texts(document: Document, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return what each mention is compared by: "Turkish Foreign Ministry" for its last words."""
    return tuple(_text(document, mentions, place) for place in range(len(mentions)))


def _text(document: Document, mentions: Sequence[Mention], place: int) -> str:
    body = mentions[place]
    if not place or body.kind is not Kind.ORGANISATION or not folding.is_common(body.text):
        return body.text
    owner = mentions[place - 1]
    between = document.text[owner.span.end : body.span.start]
    adjective = owner.kind is Kind.NATIONALITY and between == " "
    if adjective or (_is_country(owner) and between in _POSSESSIVE):
        return document.text[owner.span.start : body.span.end]
    return body.text


def _is_country(mention: Mention) -> bool:
    key = folding.key(Kind.PLACE, mention.text).key
    return mention.kind is Kind.PLACE and key in gazetteer.COUNTRIES


def bare(forms: Sequence[Form], joined: Joined) -> Iterator[Join]:
    """Yield "Foreign Ministry" where only one country's is in the document."""
    owned: dict[str, list[int]] = defaultdict(list)
    for i, form in enumerate(forms):
        name = folding.without_country(form.text)
        if name and form.key.kind is Kind.ORGANISATION:
            owned[name].append(i)
    for i, form in enumerate(forms):
        if form.key.kind is not Kind.ORGANISATION or form.key.key not in owned:
            continue
        only = joined.only(owned[form.key.key])
        if only is not None:
            yield Join(i, only, f"the only {form.text} in this document")
