"""/who, /quotes, /search: questions to the library."""

from typing import Literal, TypeAlias

from discord import app_commands

from bot import views
from bot.client import Interaction
from bot.commands import choices

View: TypeAlias = Literal["card", "quotes", "mentions", "timeline"]
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
