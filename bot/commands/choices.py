"""What is offered while a user types: at most 25 names, none longer than 100 characters."""

from collections.abc import Iterable

from discord.app_commands import Choice

from bot import markup
from bot.client import Interaction
from bot.commands.access import manages
from bot.views import scope_of
from briefs import lookups, timing, workbench
from briefs.store import Store, Suggestion

MOST = 25
_LONGEST = 100


async def entities(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer people, organisations and places; what is sent is "#" and the entity's number."""

    def names(store: Store) -> list[tuple[str, str]]:
        found = lookups.suggest(store, scope_of(interaction), typed, limit=MOST)
        return [(_labelled(each), f"#{each.id}") for each in found]

    return _offered(await interaction.client.work(names))


async def documents(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer documents by their titles; what is sent is the document's number."""
    if not manages(interaction):
        return []

    def titles(store: Store) -> list[tuple[str, str]]:
        found = store.documents.complete(scope_of(interaction), typed, limit=MOST)
        return [(f"{each.id}. {each.title}", str(each.id)) for each in found]

    return _offered(await interaction.client.work(titles))


async def hidden(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer hidden names; what is sent is "#" and the entity's number."""
    if not manages(interaction):
        return []

    def names(store: Store) -> list[tuple[str, str]]:
        found = store.curation.hidden(scope_of(interaction), MOST)
        wanted = typed.casefold()
        return [
            (f"{each.name} ({each.kind.lower()})", f"#{each.id}")
            for each in found
            if wanted in each.name.casefold()
        ]

    return _offered(await interaction.client.work(names))


async def edits(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the changes of this server that can be undone; what is sent is the edit's number."""
    if not manages(interaction):
        return []

    def changes(store: Store) -> list[tuple[str, str]]:
        scope = scope_of(interaction)
        found = store.curation.history(scope, limit=4 * MOST)
        own = [each for each in found if each.scope == scope]
        standing = [each for each in own if not each.undone_at and not each.undoes]
        told = [(f"{each.id}: {workbench.told(each.change)}", str(each.id)) for each in standing]
        return [each for each in told if typed.casefold() in each[0].casefold()]

    return _offered(await interaction.client.work(changes))


async def schedules(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the schedules of the server."""

    def names(store: Store) -> list[str]:
        scope = scope_of(interaction)
        wanted = typed.casefold()
        own = (each.name for each in store.schedules.listing(scope) if each.scope == scope)
        return [name for name in own if wanted in name.casefold()]

    return _offered((name, name) for name in await interaction.client.work(names))


async def zones(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer names of time zones."""
    del interaction
    return _offered((name, name) for name in timing.complete_zone(typed, limit=MOST))


def _labelled(each: Suggestion) -> str:
    """Show what it is and in how many documents; a long name is cut, not that."""
    documents = "document" if each.documents == 1 else "documents"
    what = f" ({each.kind.lower()}, {each.documents:,} {documents})"
    return markup.cut(each.name, _LONGEST - len(what)) + what


def _offered(pairs: Iterable[tuple[str, str]]) -> list[Choice[str]]:
    """Return choices; a value that would not fit is left out, for it could not be used."""
    fitting = [(shown, value) for shown, value in pairs if 0 < markup.length(value) <= _LONGEST]
    return [Choice(name=markup.cut(shown, _LONGEST), value=value) for shown, value in fitting][
        :MOST
    ]
