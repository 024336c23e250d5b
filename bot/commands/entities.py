"""/entity: what this server changes about the names in its library; nobody elsewhere sees it."""

from typing import Literal, TypeAlias

import discord
from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.commands import choices
from bot.commands.access import MANAGE, Administration
from briefs import workbench
from briefs.errors import DocumentError, NotFoundError, UsageError
from briefs.model import Scope
from briefs.store import Store

Name: TypeAlias = app_commands.Range[str, 1, 100]
Kind: TypeAlias = Literal["person", "organisation", "place", "nationality", "event", "product"]

_MOST_EDITS = 10


class Entities(Administration, name="entity", default_permissions=MANAGE):
    """The names in this server's library: one person under five spellings, two under one."""

    @app_commands.command()
    @app_commands.autocomplete(name=choices.entities)
    async def show(self, interaction: Interaction, name: Name | None = None) -> None:
        """Show what is known of a name, hidden or not; without one, the newest changes.

        Args:
            interaction: The interaction.
            name: A person, an organisation or a place.

        """
        await views.announce(interaction)
        scope = views.scope_of(interaction)
        work = interaction.client.work
        text = await work(_told, scope, name) if name else await work(_changes, scope)
        await views.say(interaction, markup.plain(text))

    @app_commands.command(name="alias-add")
    @app_commands.autocomplete(name=choices.entities)
    async def alias_add(self, interaction: Interaction, name: Name, alias: Name) -> None:
        """Add a name by which somebody is found.

        Args:
            interaction: The interaction.
            name: A person, an organisation or a place.
            alias: Another name of theirs.

        """
        await views.announce(interaction)
        await views.make(interaction, lambda s, at: workbench.add_alias(s, at, name, alias))

    @app_commands.command(name="alias-remove")
    @app_commands.autocomplete(name=choices.entities)
    async def alias_remove(self, interaction: Interaction, name: Name, alias: Name) -> None:
        """Remove a name by which somebody is found.

        Args:
            interaction: The interaction.
            name: A person, an organisation or a place.
            alias: What is no name of theirs.

        """
        await views.announce(interaction)
        await views.propose(interaction, lambda s, at: workbench.remove_alias(s, at, name, alias))

    @app_commands.command()
    @app_commands.autocomplete(keep=choices.entities, drop=choices.entities)
    async def merge(self, interaction: Interaction, keep: Name, drop: Name) -> None:
        """Make two one.

        Args:
            interaction: The interaction.
            keep: The name that stays.
            drop: Who is one with it.

        """
        await views.announce(interaction)
        await views.propose(interaction, lambda s, at: workbench.merge(s, at, keep, drop))

    @app_commands.command()
    @app_commands.autocomplete(name=choices.entities)
    async def split(self, interaction: Interaction, name: Name, form: Name) -> None:
        """Let what is written in one way stand alone, in every document.

        Args:
            interaction: The interaction.
            name: A person, an organisation or a place.
            form: What is written where somebody else is meant.

        """
        await views.announce(interaction)
        await views.propose(interaction, lambda s, at: workbench.split(s, at, name, form))

    @app_commands.command(name="type")
    @app_commands.autocomplete(name=choices.entities)
    async def retype(self, interaction: Interaction, name: Name, kind: Kind) -> None:
        """Say what somebody or something is.

        Args:
            interaction: The interaction.
            name: A person, an organisation or a place.
            kind: What it is.

        """
        await views.announce(interaction)
        await views.propose(interaction, lambda s, at: workbench.retype(s, at, name, kind))

    @app_commands.command()
    @app_commands.autocomplete(name=choices.entities)
    async def hide(self, interaction: Interaction, name: Name) -> None:
        """Let nobody in this server find a name.

        Args:
            interaction: The interaction.
            name: A person, an organisation or a place.

        """
        await views.announce(interaction)
        await views.propose(interaction, lambda s, at: workbench.hide(s, at, name))

    @app_commands.command()
    @app_commands.autocomplete(name=choices.hidden)
    async def unhide(self, interaction: Interaction, name: Name) -> None:
        """Let a hidden name be found again.

        Args:
            interaction: The interaction.
            name: A hidden name.

        """
        await views.announce(interaction)
        await views.make(interaction, lambda s, at: workbench.unhide(s, at, name))

    @app_commands.command()
    @app_commands.autocomplete(edit=choices.edits)
    async def undo(self, interaction: Interaction, edit: str = "") -> None:
        """Undo a change of this server.

        Args:
            interaction: The interaction.
            edit: Which one; without it, the newest.

        """
        await views.announce(interaction)
        await views.take_back(interaction, _number(edit))

    @app_commands.command(name="import")
    @app_commands.checks.cooldown(5, 60.0)
    async def take_over(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Take names, kinds and aliases over from a list; one undo takes all of it back.

        Args:
            interaction: The interaction.
            file: A CSV file in UTF-8: name,kind,alias,alias… one name a line.

        """
        await views.announce(interaction)
        listed = workbench.read(await _downloaded(file))
        title = file.filename[:100]
        await views.propose(
            interaction, lambda s, at: workbench.take_over(s, at, listed, note=title)
        )


async def _downloaded(file: discord.Attachment) -> bytes:
    if file.size > workbench.LARGEST:
        raise UsageError(f"{file.filename} is larger than 1 MB: import it in parts.")
    try:
        return await file.read()
    except discord.HTTPException as error:
        raise DocumentError(
            file.filename, "it could not be downloaded from Discord; attach it again."
        ) from error


def _told(store: Store, scope: Scope, name: str) -> str:
    """Say what is known of *name*."""
    family = workbench.show(store, scope, name)
    head = store.entities.head(scope, family)
    known = [
        f"{head.name} is a {head.kind.lower()}{', and hidden' if family.hidden else ''}.",
        f"Names: {', '.join(head.aliases) or 'no other'}.",
        f"Mentions: {head.mentions:,} in {head.documents:,} documents.",
    ]
    return "\n".join(known)


def _changes(store: Store, scope: Scope) -> str:
    edits = store.curation.history(scope, limit=_MOST_EDITS)
    if not edits:
        return "Nothing was changed about names here."
    return "\n".join(f"{each.id}: {workbench.line(each)}" for each in edits)


def _number(text: str) -> int | None:
    """Return the number that was chosen; what is none gets the words for one that is not there."""
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        return int(text)
    raise NotFoundError(f"There is no edit {text[:100]} here.")
