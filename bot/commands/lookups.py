"""/who, /quotes, /timeline, /compare, /trending, /search: questions to the library."""

from datetime import UTC, datetime
from typing import Literal, TypeAlias

from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.commands import choices

View: TypeAlias = Literal["card", "quotes", "mentions", "timeline", "network", "names"]
Window: TypeAlias = Literal["24h", "7d", "30d"]
Kind: TypeAlias = Literal["person", "organisation", "place", "event", "product"]
Day: TypeAlias = app_commands.Range[str, 10, 10]
Name: TypeAlias = app_commands.Range[str, 1, 100]


@app_commands.command()
@app_commands.autocomplete(name=choices.entities)
async def who(
    interaction: Interaction, name: Name, *, view: View = "card", share: bool = False
) -> None:
    """Show who or what this is: roles, quotes, companions, timeline.

    Args:
        interaction: The interaction.
        name: A person, an organisation or a place.
        view: What to show first.
        share: Show the answer to everybody in this channel.

    """
    await views.announce(interaction, share=share)
    await views.show(interaction, "who", {"name": name, "view": view})


@app_commands.command()
@app_commands.autocomplete(person=choices.entities)
async def quotes(
    interaction: Interaction,
    person: Name,
    *,
    about: app_commands.Range[str, 1, 100] | None = None,
    share: bool = False,
) -> None:
    """Show what somebody said, word for word.

    Args:
        interaction: The interaction.
        person: Who said it.
        about: Words that the quotation must have.
        share: Show the answer to everybody in this channel.

    """
    await views.announce(interaction, share=share)
    await views.show(interaction, "quotes", {"person": person, "about": about or ""})


@app_commands.command()
@app_commands.autocomplete(subject=choices.entities)
async def timeline(
    interaction: Interaction,
    subject: Name,
    *,
    since: Day | None = None,
    until: Day | None = None,
    share: bool = False,
) -> None:
    """Show what happened when: lines with the day they speak of.

    Args:
        interaction: The interaction.
        subject: A name, or the words of a subject.
        since: The first day, like 2026-11-22.
        until: The last day, like 2026-11-22.
        share: Show the answer to everybody in this channel.

    """
    await views.announce(interaction, share=share)
    asked = {"subject": subject, "since": since or "", "until": until or ""}
    await views.show(interaction, "timeline", asked)


@app_commands.command()
@app_commands.autocomplete(first=choices.entities, second=choices.entities)
async def compare(
    interaction: Interaction, first: Name, second: Name, *, share: bool = False
) -> None:
    """Show two people, organisations or places side by side.

    Args:
        interaction: The interaction.
        first: One of them.
        second: The other.
        share: Show the answer to everybody in this channel.

    """
    await views.announce(interaction, share=share)
    await views.show(interaction, "compare", {"first": first, "second": second})


@app_commands.command()
async def trending(
    interaction: Interaction,
    *,
    window: Window = "7d",
    kind: Kind | None = None,
    share: bool = False,
) -> None:
    """Show who is in more or fewer documents than before.

    Args:
        interaction: The interaction.
        window: The last days that have documents, against as many before.
        kind: Only people, organisations, places, events or products.
        share: Show the answer to everybody in this channel.

    """
    await views.announce(interaction, share=share)
    until = datetime.now(UTC).date().isoformat()
    await views.show(
        interaction, "trending", {"window": window, "kind": kind or "", "until": until}
    )


@app_commands.command()
async def search(
    interaction: Interaction, query: app_commands.Range[str, 1, 200], *, share: bool = False
) -> None:
    """Find lines in the library, newest first.

    Args:
        interaction: The interaction.
        query: Words that the document must have.
        share: Show the answer to everybody in this channel.

    """
    await views.announce(interaction, share=share)
    await views.show(interaction, "search", {"query": query})
