"""/help and /about: what to do next, and what this is."""

from importlib.metadata import version

from discord import app_commands

from bot import views
from bot.client import Interaction
from briefs.model import Scope
from briefs.store import Store

_ABOUT = """\
**Daybrief {version}**: briefings in which every line is a quotation with its source. It is free \
software under the Apache License 2.0.
**What is stored:** the documents that the operator loaded, which every server sees; the documents \
that this server added with /doc, which nobody else sees; this server's schedules and what became \
of each briefing; what /entity and the buttons for editors changed, and the id of who did; the \
questions behind answers with several pages, with the id of who asked. No message of this server \
is read. Nothing is sent to anybody but Discord.
**When it is deleted:** what this server added is deleted 30 days after Daybrief has left it; \
a document at once with /doc remove.
**Names** of people, organisations and places are recognised in English only; summaries and search \
work in other languages too.
"""


@app_commands.command(name="help")
async def help_command(interaction: Interaction) -> None:
    """Say what Daybrief does here, and what to do next."""
    await views.announce(interaction)
    step = await interaction.client.work(_next_step, views.scope_of(interaction))
    tree = interaction.client.tree
    rows = [
        f"/{command.qualified_name}: {command.description}"
        for command in tree.walk_commands()
        if isinstance(command, app_commands.Command)
    ]
    await views.show_unstored(interaction, views.listed("Help", [f"**Next:** {step}\n", *rows]))


@app_commands.command(name="about")
async def about_command(interaction: Interaction) -> None:
    """Say what this is, what it stores, and for how long."""
    await views.announce(interaction)
    await views.say(interaction, _ABOUT.format(version=version("daybrief")))


def _next_step(store: Store, scope: Scope) -> str:
    """Return what is most worth doing in the server of *scope* as things stand."""
    if not store.documents.counts(scope).documents:
        return "there are no documents yet; add one with /doc add, then ask for /brief now."
    if not any(schedule.scope == scope for schedule in store.schedules.listing(scope)):
        return (
            "try /brief now; then have it posted every day with /schedule create, for which you"
            " need Manage Server."
        )
    if not store.documents.has_other_than_samples(scope):
        return "there are only sample documents yet; add your own with /doc add."
    return "/brief now shows what is new, /schedule next when it is posted."
