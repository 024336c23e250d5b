"""The bot in, the link that invites it into a server out."""

import discord

_PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    send_messages_in_threads=True,
)


def invitation(client: discord.Client) -> str:
    """Return the address that invites the bot with exactly the permissions that it needs."""
    assert client.application_id is not None
    return discord.utils.oauth_url(
        client.application_id,
        permissions=_PERMISSIONS,
        scopes=("bot", "applications.commands"),
    )
