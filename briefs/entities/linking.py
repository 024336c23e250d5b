"""The mentions of one document in, the entities that they stand for out."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefs.entities import aliases, bodies, folding, owners, people, titles
from briefs.entities import forms as forms_
from briefs.entities.forms import Form, Joined
from briefs.entities.titles import Title
from briefs.model import Alias, Document, Entity, EntityKey, Kind, Link, Mention


def link(document: Document, mentions: Sequence[Mention]) -> tuple[Entity, ...]:
    """Return the entities of *document*, in the order of their first mention.

    Every mention belongs to exactly one, with the reason. A surname that two full names share
    is theirs only where one of them stands before it; else it is an entity of its own.
    """
    texts = owners.texts(document, mentions)
    forms = forms_.gather(mentions, texts)
    joined = _joined(document, mentions, forms)
    titled = titles.of(document, mentions)
    parts, apart = people.surnames(forms, joined, titles.Sexes(forms, titled))
    apart |= {place: i for i, place in titles.both(forms, titled) if place not in parts}
    clusters: dict[int, list[tuple[Link, str]]] = defaultdict(list)
    for i, form in enumerate(forms):
        own = joined.root(i), joined.reasons.get(i, _own_reason(form))
        for place in form.mentions:
            if place not in apart:
                root, reason = parts.get(place, own)
                link = Link(mention=mentions[place], reason=reason)
                clusters[root].append((link, texts[place]))
    found = [_entity(links) for links in clusters.values()]
    found += [
        _titled(titled[places[0]], [mentions[place] for place in places])
        for places in titles.names(apart, titled).values()
    ]
    return tuple(sorted(found, key=lambda entity: entity.links[0].mention.span))


def _titled(title: Title, found: Sequence[Mention]) -> Entity:
    """Return the entity of a name that only its title tells from another of the document."""
    links = tuple(Link(mention=mention, reason="name with another title") for mention in found)
    bare = _entity([(link, link.mention.text) for link in links])
    key = EntityKey(bare.key.kind, f"{titles.folded(title)} {bare.key.key}")
    name = f"{title.text} {bare.name}"
    own = Alias(text=name, key=key.key, how="name")
    further = (replace(alias, how="surname") for alias in bare.aliases)
    return Entity(key=key, name=name, aliases=(own, *further), links=links)


def _joined(document: Document, mentions: Sequence[Mention], forms: Sequence[Form]) -> Joined:
    joined = Joined(len(forms))
    joined.add(people.variants(forms))
    joined.add(bodies.in_brackets(document, mentions, forms))
    joined.add(bodies.acronyms(forms, joined))
    joined.add(owners.bare(forms, joined))
    joined.add(bodies.short_forms(forms, joined))
    joined.add(bodies.handles(document, forms))
    return joined


def _own_reason(form: Form) -> str:
    if form.is_handle:
        return "handle"
    if form.key.kind is Kind.PERSON:
        return "full name" if people.is_full(form) else "name by itself"
    return "name"


def _entity(found: Sequence[tuple[Link, str]]) -> Entity:
    """Return the entity of links and what their mentions are compared by."""
    named = sorted(found, key=lambda pair: pair[0].mention.span)
    ordered = tuple(link for link, _ in named)
    kind = ordered[0].mention.kind
    name = _name(kind, Counter(text for _, text in named))
    key = folding.key(kind, name)
    return Entity(key=key, name=name, aliases=aliases.of(key, name, ordered), links=ordered)


def _name(kind: Kind, texts: Mapping[str, int]) -> str:
    """Return the most frequent of the fullest forms; the one with accents, then the first."""
    first = {text: -place for place, text in enumerate(texts)}
    return aliases.bare(
        kind,
        max(
            texts,
            key=lambda text: (
                not text.startswith("@"),
                not text.isupper(),  # as in a headline
                _fullness(kind, text),
                texts[text],
                not text.isascii(),
                first[text],
            ),
        ),
    )


def _fullness(kind: Kind, text: str) -> int:
    words = folding.words(text)
    return len(folding.without_titles(words) if kind is Kind.PERSON else words)
