"""A small but faithful Discord on loopback, for the real discord.py client to connect to.

In a test: `async with Server() as discord:`, then let users act and read what the bot did.
As a process of its own: `python -m tests.discord_server --port-file FILE`, driven through `Remote`.
"""

from tests.discord_server.answers import Answer, text
from tests.discord_server.exchanges import Exchange, Upload
from tests.discord_server.faults import Fault
from tests.discord_server.refusals import MisuseError
from tests.discord_server.remote import Remote
from tests.discord_server.server import TOKEN, Server
from tests.discord_server.world import Channel, Guild, Kind, Message, Permission, Role, User

__all__ = [
    "TOKEN",
    "Answer",
    "Channel",
    "Exchange",
    "Fault",
    "Guild",
    "Kind",
    "Message",
    "MisuseError",
    "Permission",
    "Remote",
    "Role",
    "Server",
    "Upload",
    "User",
    "text",
]
