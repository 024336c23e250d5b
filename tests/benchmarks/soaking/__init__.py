"""The parts of the soak: a bot that is killed, what it is put through, and what came of it."""
