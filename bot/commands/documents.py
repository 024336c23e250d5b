"""/doc: the documents of this server's library."""

from collections.abc import Sequence
from datetime import UTC, datetime

import discord
from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.commands import choices, uploads
from bot.commands.access import MANAGE, Administration
from briefs import ingest
from briefs.errors import DaybriefError, NotFoundError
from briefs.ingest import Source
from briefs.model import Analysis, DocumentId
from briefs.store import Kept, Outcome

_TOLD = 5  # documents of a file whose faults are told one by one

_WORDS = {
    Outcome.NEW: "is now in the library of this server",
    Outcome.REVISION: "was in the library, and is corrected",
    Outcome.SAME: "is in the library already",
    Outcome.COPY: "has the text of another document, and is kept beside it",
}


class Documents(Administration, name="doc", default_permissions=MANAGE):
    """The documents that this server added; nobody elsewhere sees them."""

    @app_commands.command()
    @app_commands.checks.cooldown(10, 60.0)
    async def add(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Add a file to the library of this server.

        Args:
            interaction: The interaction.
            file: A text, Markdown, HTML, PDF, Word, e-mail, JSON lines or ZIP file of up to 10 MB.

        """
        await views.announce(interaction)
        work = interaction.client.work
        source = await uploads.read(file, views.scope_of(interaction))
        found = await work.analyse(ingest.opened, source)
        if len(found) > 1 or found[0] != source:
            await _add_all(interaction, file.filename, found)
            return
        analysis, kept = await _add(interaction, source)
        title = markup.plain(analysis.document.title or file.filename)
        outcome = _WORDS[kept.outcome]
        await views.say(interaction, f"“{title}” {outcome}: it is document {kept.id}.")

    @app_commands.command(name="list")
    async def listing(
        self, interaction: Interaction, title: app_commands.Range[str, 1, 100] | None = None
    ) -> None:
        """List the documents that this server sees, newest first.

        Args:
            interaction: The interaction.
            title: How the title begins.

        """
        await views.announce(interaction)
        await views.show(interaction, "documents", {"title": title or ""})

    @app_commands.command()
    @app_commands.autocomplete(document=choices.documents)
    async def show(self, interaction: Interaction, document: str) -> None:
        """Show a document as it is stored.

        Args:
            interaction: The interaction.
            document: Its title, or its number.

        """
        await views.announce(interaction)
        await views.show(interaction, "document", {"document": str(_number(document))})

    @app_commands.command()
    @app_commands.autocomplete(document=choices.documents)
    async def remove(self, interaction: Interaction, document: str) -> None:
        """Delete a document of this server, and all that was found in it.

        Args:
            interaction: The interaction.
            document: Its title, or its number.

        """
        await views.announce(interaction)
        scope, number = views.scope_of(interaction), _number(document)
        removed = await interaction.client.work.write(
            lambda store: store.documents.remove(scope, number)
        )
        title = markup.plain(removed.title)
        await views.say(interaction, f"Document {removed.id}, “{title}”, is deleted.")


async def _add(interaction: Interaction, source: Source) -> tuple[Analysis, Kept]:
    work = interaction.client.work
    recogniser = interaction.client.settings.analysis.recogniser
    analysis = await work.analyse(ingest.analyse, source, recogniser=recogniser)
    now = datetime.now(UTC)
    return analysis, await work.write(lambda store: ingest.keep(store, analysis, now))


async def _add_all(interaction: Interaction, name: str, sources: Sequence[Source]) -> None:
    """Add what a file holds, one by one; what cannot be read is told, and stops nothing."""
    outcomes: list[Outcome] = []
    refused: list[DaybriefError] = []
    for source in sources:
        try:
            outcomes.append((await _add(interaction, source))[1].outcome)
        except DaybriefError as error:
            refused.append(error)
    here = outcomes.count(Outcome.SAME)
    told = f"“{markup.plain(name)}” holds {len(sources):,} documents"
    told += f": {len(outcomes) - here:,} are new or corrected, {here:,} were in the library already"
    told += f", {len(refused):,} could not be read." if refused else "."
    why = [markup.plain(str(error)) for error in refused[:_TOLD]]
    await views.say(interaction, "\n".join([told, *why]))


def _number(text: str) -> DocumentId:
    """Return the number that was chosen; what is none gets the words for one that is not there."""
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        return DocumentId(int(text))
    raise NotFoundError(f"There is no document {text[:100]} here.")
