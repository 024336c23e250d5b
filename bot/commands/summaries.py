"""/summarize: the lines that stand for a text, which is kept nowhere."""

import discord
from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.commands import uploads
from briefs import ingest, lookups
from briefs.ingest import Source


@app_commands.command()
@app_commands.checks.cooldown(3, 30.0)
async def summarize(
    interaction: Interaction,
    *,
    file: discord.Attachment | None = None,
    text: app_commands.Range[str, 1, 6_000] | None = None,
    url: app_commands.Range[str, 1, 2_000] | None = None,
    sentences: app_commands.Range[int, 1, 15] = 5,
    share: bool = False,
) -> None:
    """Summarise a file, a text or a page in its own sentences; it is not kept.

    Args:
        interaction: The interaction.
        file: A text, Markdown, HTML, PDF, Word or e-mail file of up to 10 MB.
        text: A text, instead of a file.
        url: The address of a page or of a file, instead of both.
        sentences: How many sentences to show.
        share: Show the answer to everybody in this channel.

    """
    await views.announce(interaction, share=share)
    scope, fetcher = views.scope_of(interaction), interaction.client.fetcher
    source = await uploads.given(fetcher, scope, file=file, url=url, text=text)
    await summarise(interaction, source, sentences)


async def summarise(interaction: Interaction, source: Source, sentences: int) -> None:
    """Answer with the lines that stand for *source*, which is not kept."""
    work = interaction.client.work
    recogniser = interaction.client.settings.analysis.recogniser
    analysis = await work.analyse(ingest.analyse, source, recogniser=recogniser)
    summary = await work.analyse(lookups.summarize, [analysis], count=sentences)
    await views.show_unstored(interaction, views.summarised(summary, analysis.document))
