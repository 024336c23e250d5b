"""/topic: subjects under a name, made by words, names and sources."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.commands import choices
from bot.commands.access import must_manage
from briefs import topics
from briefs.model import Scope, Topic
from briefs.store import Store

Name: TypeAlias = app_commands.Range[str, 1, 60]
Listed: TypeAlias = app_commands.Range[str, 1, 1000]


class Topics(app_commands.Group, name="topic"):
    """Subjects under a name: by words, by who is named, by sources."""

    @app_commands.command()
    @app_commands.check(must_manage)
    @app_commands.autocomplete(entities=choices.listed_names)
    async def create(
        self,
        interaction: Interaction,
        *,
        name: Name,
        terms: Listed | None = None,
        exclude: Listed | None = None,
        entities: Listed | None = None,
        sources: Listed | None = None,
    ) -> None:
        """Make a topic of this server; it needs terms, entities or sources.

        Args:
            interaction: The interaction.
            name: What to call it.
            terms: Words in any form, or phrases, with commas; one of them is enough.
            exclude: Words or phrases that must not be there.
            entities: Names, however they are written; one of them or of the terms is enough.
            sources: Only documents of these outlets.

        """
        await views.announce(interaction)
        topic = topics.change(
            Topic(name=name, scope=views.scope_of(interaction)),
            terms=terms,
            exclude=exclude,
            entities=entities,
            sources=sources,
        )
        made = await interaction.client.work.write(_create, topic)
        await views.say(interaction, f"Topic **{_plain(made)}** is made; {_TEST}")

    @app_commands.command()
    @app_commands.check(must_manage)
    @app_commands.autocomplete(name=choices.own_topics, entities=choices.listed_names)
    async def edit(
        self,
        interaction: Interaction,
        *,
        name: Name,
        rename: Name | None = None,
        terms: Listed | None = None,
        exclude: Listed | None = None,
        entities: Listed | None = None,
        sources: Listed | None = None,
    ) -> None:
        """Change a topic of this server; what is not given stays, a dash empties a list.

        Args:
            interaction: The interaction.
            name: The topic.
            rename: What to call it from now on.
            terms: The new list of words and phrases, with commas.
            exclude: The new list of what must not be there.
            entities: The new list of names.
            sources: The new list of outlets.

        """
        await views.announce(interaction)
        changes = functools.partial(
            topics.change,
            name=rename,
            terms=terms,
            exclude=exclude,
            entities=entities,
            sources=sources,
        )
        scope = views.scope_of(interaction)
        made = await interaction.client.work.write(_edit, scope, name, changes)
        await views.say(interaction, f"Topic **{_plain(made)}** is changed; {_TEST}")

    @app_commands.command()
    @app_commands.check(must_manage)
    @app_commands.autocomplete(name=choices.own_topics)
    async def delete(self, interaction: Interaction, name: Name) -> None:
        """Delete a topic of this server.

        Args:
            interaction: The interaction.
            name: The topic.

        """
        await views.announce(interaction)
        gone = await interaction.client.work.write(_delete, views.scope_of(interaction), name)
        await views.say(interaction, f"Topic **{_plain(gone)}** is deleted.")

    @app_commands.command(name="list")
    async def listing(self, interaction: Interaction) -> None:
        """List the topics, with what each asks for."""
        await views.announce(interaction)
        await views.show(interaction, "topics", {})

    @app_commands.command()
    @app_commands.autocomplete(name=choices.topics)
    async def test(self, interaction: Interaction, name: Name) -> None:
        """Show which documents of the last 7 days are on a topic, and what of it is in each.

        Args:
            interaction: The interaction.
            name: The topic.

        """
        await views.announce(interaction)
        until = datetime.now(UTC).isoformat()
        await views.show(interaction, "topic test", {"topic": name, "until": until})


_TEST = "/topic test shows what is on it."


def _plain(topic: Topic) -> str:
    return markup.plain(topic.name)


def _create(store: Store, topic: Topic) -> Topic:
    return store.topics.create(topic)


def _edit(store: Store, scope: Scope, name: str, changes: Callable[[Topic], Topic]) -> Topic:
    changed = changes(store.topics.own(scope, name))
    store.topics.edit(changed)
    return changed


def _delete(store: Store, scope: Scope, name: str) -> Topic:
    return store.topics.delete(scope, name)
