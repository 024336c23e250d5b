"""What is offered while a user types: at most 25 names, none longer than 100 characters."""

from collections.abc import Iterable

from discord.app_commands import Choice

from bot import markup
from bot.client import Interaction
from bot.commands.access import manages
from bot.views import scope_of
from briefs import lookups, timing, workbench
from briefs.budgets import LENGTHS
from briefs.model import BriefingRecord, Scope, Topic, Watch
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


async def names(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer people, organisations and places; what is sent is the name."""
    scope = scope_of(interaction)
    found = await interaction.client.work(lookups.suggest, scope, typed, limit=MOST)
    return _offered((_labelled(each), each.name) for each in found)


async def listed_names(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer names for the last place of a list with commas; what is sent is the whole list."""
    before, comma, last = typed.rpartition(",")
    begun = f"{before}{comma} " if comma else ""
    found = await names(interaction, last.strip())
    return _offered((f"{begun}{each.value}", f"{begun}{each.value}") for each in found)


async def topics(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the topics that the server sees."""
    listed = await interaction.client.work(_topics, scope_of(interaction))
    return _named((each.name for each in listed), typed)


async def own_topics(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the topics of the server itself to who may change them."""
    if not manages(interaction):
        return []
    scope = scope_of(interaction)
    listed = await interaction.client.work(_topics, scope)
    return _named((each.name for each in listed if each.scope == scope), typed)


async def feeds(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the feeds that the server sees."""
    scope = scope_of(interaction)
    found = await interaction.client.work(
        lambda store: store.feeds.by_prefix(scope, typed, limit=MOST)
    )
    return _offered((name, name) for name in found)


async def own_feeds(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the feeds of the server itself to who may change them."""
    if not manages(interaction):
        return []
    scope = scope_of(interaction)
    listed = await interaction.client.work(lambda store: store.feeds.own(scope))
    return _named((each.name for each in listed), typed)


async def watches(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer what is on the list of the user, or on the server's when that is asked for."""
    user = 0 if getattr(interaction.namespace, "server", False) else interaction.user.id

    def listed(store: Store) -> tuple[Watch, ...]:
        return store.watches.listing(scope_of(interaction), user)

    return _named((each.text for each in await interaction.client.work(listed)), typed)


async def briefings(interaction: Interaction, typed: str) -> list[Choice[int]]:
    """Offer the newest briefings of the server."""
    scope = scope_of(interaction)
    found = await interaction.client.work(_records, scope)
    told = [(f"{each.id}. {each.made:%d %b %Y %H:%M} UTC {each.schedule}", each) for each in found]
    fitting = [(shown, each.id) for shown, each in told if typed.casefold() in shown.casefold()]
    return [Choice(name=markup.cut(shown, _LONGEST), value=value) for shown, value in fitting][
        :MOST
    ]


async def lengths(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer lengths of a briefing."""
    del interaction
    return _named((*LENGTHS, "10 lines", "20 lines", "300 words", "3 minutes"), typed)


async def zones(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer names of time zones."""
    del interaction
    return _offered((name, name) for name in timing.complete_zone(typed, limit=MOST))


def _records(store: Store, scope: Scope) -> tuple[BriefingRecord, ...]:
    return store.briefings.listing(scope, limit=4 * MOST)


def _topics(store: Store, scope: Scope) -> tuple[Topic, ...]:
    return store.topics.listing(scope)


def _named(found: Iterable[str], typed: str) -> list[Choice[str]]:
    """Offer those of *found* that *typed* stands in."""
    wanted = typed.strip().casefold()
    return _offered((name, name) for name in found if wanted in name.casefold())


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
