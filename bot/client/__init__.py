"""What Discord talks to: the client, how it reaches Discord, and how it starts and ends."""

from bot.client.client import Client, Interaction
from bot.client.connection import connect_to
from bot.client.inviting import invitation
from bot.client.serving import serve

__all__ = ["Client", "Interaction", "connect_to", "invitation", "serve"]
