"""Sources, Why these?, What changed, Read more: pages for who pressed, and for nobody else."""

from bot.client import Interaction
from bot.views import pager, quoted


async def sources(interaction: Interaction, number: int) -> None:
    """Show each line inside its paragraph."""
    await pager.show(interaction, "sources", {"number": str(number)})


async def reasons(interaction: Interaction, number: int) -> None:
    """Say why these lines are shown, and why others are not."""
    await pager.show(interaction, "reasons", {"number": str(number)})


async def changed(interaction: Interaction, number: int) -> None:
    """Brief on what has arrived since."""
    scope, user = pager.scope_of(interaction), interaction.user.id
    asked = await interaction.client.work(quoted.since, scope, number, user)
    await pager.show(interaction, "brief", asked)


async def longer(interaction: Interaction, number: int) -> None:
    """Brief on the same time, at length."""
    asked = await interaction.client.work(quoted.longer, pager.scope_of(interaction), number)
    await pager.show(interaction, "brief", asked)
