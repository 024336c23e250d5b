"""The sentences of a story with the facts in them in; those that say what no chosen line says out.

A fact is a string that means the same in every document: "PERSON:dmytro kuleba", "PLACE:lviv",
"figure:people killed=37", "cause:explosion". How many documents have it says how much it counts.
"""

from collections.abc import Collection, Mapping, Sequence

from briefs.model import DocumentId, Figure, Kind, Sentence

Place = tuple[DocumentId, int]  # a document and the index of one of its sentences


def facts(
    sentences: Sequence[Sentence],
    names: Mapping[Place, Sequence[tuple[Kind, str]]],
    figures: Sequence[Figure],
    *,
    language: str = "en",
) -> dict[Place, frozenset[str]]:
    """Return who and what is in each of *sentences*, how many, and in English why.

    *names* has the kind and the folded name of those in each sentence. Sentences that may not be
    shown and sentences without facts are left out.
    """
    from briefs.coverage import found

    return found.facts(sentences, names, figures, language=language)


def missing(
    sentences: Sequence[Sentence],
    chosen: Sequence[Sentence],
    facts: Mapping[Place, frozenset[str]],
    *,
    limit: int,
    avoid: Collection[Place] = (),
    origin: Mapping[DocumentId, int] | None = None,
) -> tuple[Sentence, ...]:
    """Return at most *limit* of *sentences* that have the key facts of the story *chosen* lacks.

    A key fact is one of several origins, or of the only one; without *origin* each document is an
    origin. Each sentence adds more than any other would; of equals comes the first in *sentences*.
    Those at the places in *avoid* are never taken. The result is in the order of *sentences*.
    """
    from briefs.coverage import choosing

    return choosing.missing(sentences, chosen, facts, limit=limit, avoid=avoid, origin=origin or {})
