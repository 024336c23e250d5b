"""/doc: the documents of this server's library."""

from collections.abc import Sequence
from datetime import UTC, datetime

import discord
from discord import app_commands

from bot import markup, views
from bot.client import Interaction
from bot.commands import choices, uploads
from bot.commands.access import MANAGE, Administration
from briefs import ingest, sources
from briefs.errors import DaybriefError, NotFoundError, UsageError
from briefs.ingest import Source
from briefs.model import Analysis, DocumentEdit, DocumentId
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
    async def add(
        self,
        interaction: Interaction,
        *,
        file: discord.Attachment | None = None,
        url: app_commands.Range[str, 1, 2000] | None = None,
        text: app_commands.Range[str, 1, 6000] | None = None,
        title: app_commands.Range[str, 1, 200] = "",
    ) -> None:
        """Add a file, a page or a text to the library of this server.

        Args:
            interaction: The interaction.
            file: A text, Markdown, HTML, PDF, Word, e-mail, JSON lines or ZIP file of up to 10 MB.
            url: The address of a page or of a file, instead.
            text: A text, instead.
            title: What a text is called.

        """
        await views.announce(interaction)
        scope, fetcher = views.scope_of(interaction), interaction.client.fetcher
        source = await uploads.given(fetcher, scope, file=file, url=url, text=text, title=title)
        await keep(interaction, source)

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

    @app_commands.command()
    @app_commands.autocomplete(document=choices.documents)
    async def edit(
        self,
        interaction: Interaction,
        *,
        document: str,
        title: app_commands.Range[str, 1, 300] | None = None,
        source: app_commands.Range[str, 1, 200] | None = None,
        author: app_commands.Range[str, 1, 200] | None = None,
        date: app_commands.Range[str, 10, 40] | None = None,
    ) -> None:
        """Correct what a document of this server is called, whose it is, and of when.

        Args:
            interaction: The interaction.
            document: Its title, or its number.
            title: What it is called.
            source: The outlet that it is from.
            author: Who wrote it.
            date: When it was published, like 2026-11-22 or 2026-11-22T07:30Z.

        """
        await views.announce(interaction)
        edit = sources.correction(
            DocumentEdit(
                document=_number(document),
                scope=views.scope_of(interaction),
                actor=interaction.user.id,
                at=datetime.now(UTC),
                title=title,
                source=source,
                author=author,
                published=_moment(date),
            )
        )
        work = interaction.client.work
        found = await work(sources.corrected, edit)
        analysis = await work.analyse(
            ingest.find, found, recogniser=interaction.client.settings.analysis.recogniser
        )
        await work.write(sources.keep_correction, edit, analysis)
        told = f"Document {edit.document}, “{markup.plain(found.title)}”, is corrected."
        await views.say(interaction, f"{told} It stays so when it is read again.")

    @app_commands.command()
    @app_commands.autocomplete(document=choices.documents)
    @app_commands.checks.cooldown(3, 60.0)
    async def reindex(self, interaction: Interaction, document: str = "") -> None:
        """Find the names, quotes and figures in documents of this server anew.

        Args:
            interaction: The interaction.
            document: Its title, or its number; without it, all of this server.

        """
        await views.announce(interaction)
        scope, number = views.scope_of(interaction), _number(document) if document else None
        many = await interaction.client.work.write(lambda store: store.renewal.again(scope, number))
        what = f"Document {number} is" if number else f"{many:,} documents are"
        await views.say(interaction, f"{what} analysed again within a few minutes.")


async def keep(interaction: Interaction, source: Source) -> None:
    """Put what *source* holds into the library of the server, and say what became of it."""
    found = await interaction.client.work.analyse(ingest.opened, source)
    if len(found) > 1 or found[0] != source:
        await keep_all(interaction, source.name, found)
        return
    analysis, kept = await _add(interaction, source)
    title = markup.plain(analysis.document.title or source.name)
    outcome = _WORDS[kept.outcome]
    await views.say(interaction, f"“{title}” {outcome}: it is document {kept.id}.")


async def _add(interaction: Interaction, source: Source) -> tuple[Analysis, Kept]:
    work = interaction.client.work
    recogniser = interaction.client.settings.analysis.recogniser
    analysis = await work.analyse(ingest.analyse, source, recogniser=recogniser)
    now = datetime.now(UTC)
    return analysis, await work.write(lambda store: ingest.keep(store, analysis, now))


async def keep_all(interaction: Interaction, name: str, sources: Sequence[Source]) -> None:
    """Add what *name* holds, one by one; what cannot be read is told, and stops nothing."""
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


def _moment(text: str | None) -> datetime | None:
    """Return the time that *text* tells, UTC unless it says otherwise; UsageError when none."""
    try:
        at = datetime.fromisoformat(text.strip()) if text else None
    except ValueError as error:
        raise UsageError(f"“{text}” is no date: write it like 2026-11-22.") from error
    return at and at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)


def _number(text: str) -> DocumentId:
    """Return the number that was chosen; what is none gets the words for one that is not there."""
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        return DocumentId(int(text))
    raise NotFoundError(f"There is no document {text[:100]} here.")
