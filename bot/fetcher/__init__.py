"""Addresses in, bytes out: the only package that opens a connection to the outside.

What is dialled is checked, redirects are followed by hand, bodies are bounded while they are
decompressed, and no host is asked too often. Nothing of a body or of a query is logged.
"""

from bot.fetcher.asking import Limits, Response
from bot.fetcher.errors import FetchError
from bot.fetcher.fetching import Fetcher
from bot.fetcher.kinds import Accept

__all__ = ["Accept", "FetchError", "Fetcher", "Limits", "Response"]
