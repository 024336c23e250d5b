"""The command tree: who may call it, what becomes of errors, when Discord is told of a change."""

import hashlib
import json
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import discord
from discord import app_commands

from bot import errors
from briefs.store import Store

if TYPE_CHECKING:
    from bot.client.client import Client

log = logging.getLogger(__name__)

_GLOBAL = 0  # stands for "in every server" beside the ids of servers
_TARGETS = "commands"  # key in the installation: {target: hash}

Hashes: TypeAlias = dict[str, str]


class Tree(app_commands.CommandTree["Client"]):
    """The commands; they are for servers, for the ones named in the configuration if any is."""

    async def interaction_check(self, interaction: discord.Interaction["Client"], /) -> bool:
        """Refuse with words what comes too late, or from where the bot does not work."""
        client = interaction.client
        if client.stopping:
            raise errors.Refusal("Daybrief is being restarted: try again in a minute.")
        if interaction.guild_id is None:
            raise app_commands.NoPrivateMessage
        allowed = client.settings.discord.guilds
        if allowed and interaction.guild_id not in allowed:
            raise errors.Refusal("Daybrief does not work in this server: ask its operator.")
        return True

    async def on_error(
        self, interaction: discord.Interaction["Client"], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the user."""
        await errors.reply(interaction, error)

    async def publish(self, guilds: Sequence[int]) -> None:
        """Tell Discord the commands, for *guilds* or for every server, where they have changed."""
        known: Hashes = json.loads(await self.client.work(_hashes))
        wanted = {str(target): self._hash(target) for target in guilds or (_GLOBAL,)}
        gone = {target: "" for target in known if target not in wanted}
        for target, digest in (wanted | gone).items():
            if known.get(target) != digest and await self._sync(int(target), empty=not digest):
                known |= {target: digest}
        kept = json.dumps({target: digest for target, digest in known.items() if digest})
        await self.client.work.write(_keep_hashes, kept)

    async def _sync(self, target: int, *, empty: bool) -> bool:
        """Send the commands for *target*, none when *empty*; False when it refuses them."""
        commands = [] if empty else self._payload()
        application = self.client.application_id
        assert application is not None
        try:
            if target == _GLOBAL:
                await self.client.http.bulk_upsert_global_commands(application, payload=commands)
            else:
                await self.client.http.bulk_upsert_guild_commands(
                    application, target, payload=commands
                )
        except discord.Forbidden:
            log.warning("guild %s refuses commands: invite the bot there again", target)
            return False
        log.info("commands published for %s", target or "every server")
        return True

    def _payload(self) -> list[dict[str, object]]:
        return [command.to_dict(self) for command in self.get_commands()]

    def _hash(self, target: int) -> str:
        text = json.dumps([target, self.client.application_id, self._payload()], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _hashes(store: Store) -> str:
    return store.installation.get(_TARGETS) or "{}"


def _keep_hashes(store: Store, value: str) -> None:
    store.installation.put(_TARGETS, value)
