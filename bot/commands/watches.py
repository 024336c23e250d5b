"""/watch: names and words that a reader, or the whole server, wants to hear of first."""

from datetime import UTC, datetime
from typing import TypeAlias

from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.commands import choices
from bot.commands.access import must_manage
from briefs import topics
from briefs.model import Scope, Watch
from briefs.store import Store

Text: TypeAlias = app_commands.Range[str, 1, 60]


class Watches(app_commands.Group, name="watch"):
    """Names and words to hear of first: yours, or the whole server's."""

    @app_commands.command()
    @app_commands.autocomplete(text=choices.names)
    async def add(self, interaction: Interaction, text: Text, *, server: bool = False) -> None:
        """Put a name or words on your watch-list: briefings show you first what has them.

        Args:
            interaction: The interaction.
            text: A name, a word in any form, or several words that stand together.
            server: The server's list, which scheduled briefings go by; needs Manage Server.

        """
        user = _owner(interaction, server=server)
        await views.announce(interaction)
        watch = Watch(
            text=topics.watchable(text),
            scope=views.scope_of(interaction),
            user=user,
            added=datetime.now(UTC),
        )
        added = await interaction.client.work.write(_add, watch)
        await views.say(interaction, f"**{markup.plain(added.text)}** is on {_list(user)}.")

    @app_commands.command(name="list")
    async def listing(self, interaction: Interaction) -> None:
        """List what you and the server watch for, and how many documents of 7 days name each."""
        await views.announce(interaction)
        asked = {"user": str(interaction.user.id), "until": datetime.now(UTC).isoformat()}
        await views.show(interaction, "watches", asked)

    @app_commands.command()
    @app_commands.autocomplete(text=choices.watches)
    async def remove(self, interaction: Interaction, text: Text, *, server: bool = False) -> None:
        """Take something off your watch-list.

        Args:
            interaction: The interaction.
            text: What stands on the list.
            server: The server's list, which scheduled briefings go by; needs Manage Server.

        """
        user = _owner(interaction, server=server)
        await views.announce(interaction)
        scope = views.scope_of(interaction)
        gone = await interaction.client.work.write(_remove, scope, user, text)
        await views.say(interaction, f"**{markup.plain(gone.text)}** is off {_list(user)}.")


def _owner(interaction: Interaction, *, server: bool) -> int:
    """Return whose list is meant; MissingPermissions unless the user may change the server's."""
    if server:
        must_manage(interaction)
        return 0
    return interaction.user.id


def _list(user: int) -> str:
    return "your watch-list" if user else "the server's watch-list"


def _add(store: Store, watch: Watch) -> Watch:
    return store.watches.add(watch)


def _remove(store: Store, scope: Scope, user: int, text: str) -> Watch:
    return store.watches.remove(scope, user, text)
