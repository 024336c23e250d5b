"""``python -m bot``, the same as ``daybrief``."""

from bot.cli import main

main()
