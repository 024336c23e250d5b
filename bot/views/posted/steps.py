"""What an act says, and what it offers to choose from."""

from collections.abc import Mapping
from typing import NamedTuple

import discord

from bot import markup
from briefs import corrections, exports
from briefs.model import Item, Scope
from briefs.store import Store

MOST_OPTIONS = 25
_MOST_LABEL = 100


class Choice(NamedTuple):
    """A list to choose from; *what* says which act goes on with what is chosen."""

    what: str
    options: tuple[discord.SelectOption, ...]
    placeholder: str
    story: int = 0
    most: int = 1


class Step(NamedTuple):
    """A sentence for who pressed, with or without a list below it."""

    text: str
    choice: Choice | None = None


def stories(store: Store, scope: Scope, number: int, *, hidden: bool = False) -> Mapping[int, Item]:
    """Return the stories of a briefing, those that are *hidden* or else the others.

    They are found by their numbers as posted.
    """
    corrections.shown(store, scope, number)  # it is here, and was not withdrawn
    kept = exports.load(store.briefings.get(scope, number)[1])
    gone = corrections.hidden(store.postings.edits_of(scope, number))
    numbered = enumerate(kept.briefing.items, start=1)
    return {place: item for place, item in numbered if (place in gone) == hidden}


def named(stories: Mapping[int, Item]) -> tuple[discord.SelectOption, ...]:
    """Return *stories* as options, by their headlines."""
    return tuple(
        discord.SelectOption(label=short(item.headline.title or "Untitled"), value=str(number))
        for number, item in stories.items()
    )[:MOST_OPTIONS]


def short(text: str) -> str:
    """Cut *text* to a label, which shows no markup."""
    return markup.cut(text, _MOST_LABEL)
