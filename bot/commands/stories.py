"""/story: which documents are one story; what this server changes of it, nobody elsewhere sees."""

from collections.abc import Iterable
from typing import TypeAlias

from discord import app_commands
from discord.app_commands import Choice

from bot import markup, views
from bot.client import Interaction
from bot.commands.access import MANAGE, Administration, manages
from bot.views import regrouping
from briefs.model import Action, DocumentId, StoryId
from briefs.store import Regrouping, Store
from briefs.workbench import grouping

Number: TypeAlias = app_commands.Range[str, 1, 100]

_LISTED = 15
_SHOWN = 20
_MOST = 25
_LONGEST = 100


async def _stories(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the stories of the last days; what is sent is the story's number."""
    if not manages(interaction):
        return []

    def found(store: Store) -> list[tuple[str, str]]:
        listed = grouping.stories(store, views.scope_of(interaction), limit=2 * _MOST)
        return [(_line(each), str(each.story)) for each in listed]

    return _matching(await interaction.client.work(found), typed)


async def _edits(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the changes of this server that can be undone; what is sent is the edit's number."""
    if not manages(interaction):
        return []

    def found(store: Store) -> list[tuple[str, str]]:
        scope = views.scope_of(interaction)
        edits = store.stories.edits(scope, limit=4 * _MOST)
        own = [e for e in edits if e.scope == scope and not e.undone_at and not e.undoes]
        return [(f"{each.id}: {grouping.told(each.change)}", str(each.id)) for each in own]

    return _matching(await interaction.client.work(found), typed)


class Stories(Administration, name="story", default_permissions=MANAGE):
    """The stories in this server's library: two that are one, and one that is two."""

    @app_commands.command(name="list")
    async def listing(self, interaction: Interaction) -> None:
        """List the stories of the last seven days, those with the most documents first."""
        await views.announce(interaction)
        scope = views.scope_of(interaction)
        found = await interaction.client.work(grouping.stories, scope, limit=_LISTED)
        text = "\n".join(map(_line, found)) or "There are no stories here yet."
        await views.say(interaction, markup.plain(text))

    @app_commands.command()
    @app_commands.autocomplete(story=_stories)
    async def show(self, interaction: Interaction, story: Number) -> None:
        """Show which documents a story has, with their numbers.

        Args:
            interaction: The interaction.
            story: Its title, or its number.

        """
        await views.announce(interaction)
        scope, (number,) = views.scope_of(interaction), grouping.numbers([story], "story")
        found = await interaction.client.work(grouping.show, scope, StoryId(number), limit=_SHOWN)
        await views.say(interaction, markup.plain(_told(found)))

    @app_commands.command()
    @app_commands.autocomplete(keep=_stories, drop=_stories)
    async def merge(self, interaction: Interaction, keep: Number, drop: Number) -> None:
        """Make two stories one; what comes later to either is in it.

        Args:
            interaction: The interaction.
            keep: The one story.
            drop: The other story.

        """
        await views.announce(interaction)
        one, other = map(StoryId, grouping.numbers([keep, drop], "story"))
        await regrouping.propose(interaction, Regrouping(Action.MERGE, one, other))

    @app_commands.command()
    @app_commands.autocomplete(story=_stories)
    async def split(
        self, interaction: Interaction, story: Number, documents: app_commands.Range[str, 1, 1000]
    ) -> None:
        """Make some documents of a story a story of their own.

        Args:
            interaction: The interaction.
            story: Its title, or its number.
            documents: The numbers of the documents that leave, with blanks or commas between them.

        """
        await views.announce(interaction)
        (number,) = grouping.numbers([story], "story")
        named = grouping.numbers(documents.replace(",", " ").split(), "document")
        leaving = tuple(map(DocumentId, named))
        change = Regrouping(Action.SPLIT, StoryId(number), documents=leaving)
        await regrouping.propose(interaction, change)

    @app_commands.command()
    @app_commands.autocomplete(edit=_edits)
    async def undo(self, interaction: Interaction, edit: str = "") -> None:
        """Undo a change of this server.

        Args:
            interaction: The interaction.
            edit: Which one; without it, the newest.

        """
        await views.announce(interaction)
        number = grouping.numbers([edit], "edit")[0] if edit else None
        await regrouping.take_back(interaction, number)


def _line(each: grouping.Listed) -> str:
    documents = "document" if each.documents == 1 else "documents"
    what = f" ({each.documents:,} {documents})"
    title = markup.cut(each.title, _LONGEST - len(what) - len(str(each.story)) - 2)
    return f"{each.story}: {title}{what}"


def _told(found: grouping.Shown) -> str:
    lines = [
        f"{each.id}: {each.title}, {each.outlet}, {each.arrived:%F}" for each in found.documents
    ]
    more = [f"and {found.more:,} more."] if found.more else []
    return "\n".join([f"Story {found.story}:", *lines, *more])


def _matching(pairs: Iterable[tuple[str, str]], typed: str) -> list[Choice[str]]:
    wanted = typed.casefold()
    fitting = [(shown, value) for shown, value in pairs if wanted in shown.casefold()]
    return [Choice(name=markup.cut(shown, _LONGEST), value=value) for shown, value in fitting][
        :_MOST
    ]
