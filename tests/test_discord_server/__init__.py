"""The local Discord, tried with the real discord.py client over sockets."""
