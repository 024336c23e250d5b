"""/summarize: the lines that stand for a text, which is kept nowhere."""

import discord
from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.commands import uploads
from briefs import ingest, lookups
from briefs.errors import UsageError
from briefs.ingest import Source
from briefs.model import Scope


@app_commands.command()
@app_commands.checks.cooldown(3, 30.0)
async def summarize(
    interaction: Interaction,
    *,
    file: discord.Attachment | None = None,
    text: app_commands.Range[str, 1, 6_000] | None = None,
    sentences: app_commands.Range[int, 1, 15] = 5,
    share: bool = False,
) -> None:
    """Summarise a file or a text in its own sentences; it is not kept.

    Args:
        interaction: The interaction.
        file: A text, Markdown, HTML, PDF, Word or e-mail file of up to 10 MB.
        text: A text, instead of a file.
        sentences: How many sentences to show.
        share: Show the answer to everybody in this channel.

    """
    await views.announce(interaction, share=share)
    source = await _source(file, text, views.scope_of(interaction))
    await _summarise(interaction, source, sentences)


async def summarise_text(interaction: Interaction, text: str, *, sentences: int) -> None:
    """Answer with the lines that stand for *text*, which is not kept."""
    source = await _source(None, text, views.scope_of(interaction))
    await _summarise(interaction, source, sentences)


async def _summarise(interaction: Interaction, source: Source, sentences: int) -> None:
    work = interaction.client.work
    recogniser = interaction.client.settings.analysis.recogniser
    analysis = await work.analyse(ingest.analyse, source, recogniser=recogniser)
    summary = await work.analyse(lookups.summarize, [analysis], count=sentences)
    await views.show_unstored(interaction, views.summarised(summary, analysis.document))


async def _source(file: discord.Attachment | None, text: str | None, scope: Scope) -> Source:
    match file, text:
        case discord.Attachment(), None:
            return await uploads.read(file, scope)
        case None, str():
            return Source(identity="text", name="Your text.txt", scope=scope, data=text.encode())
    raise UsageError("Give either a file or a text, and not both.")
