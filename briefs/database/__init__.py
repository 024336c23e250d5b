"""A database in, transactions out. Contains no business logic.

`sqlite` and `postgres` are the kinds there are: addresses, connections, the words for their errors.
`ownership` keeps a second process from writing to a file.
"""

from briefs.database.engine import Database, on_server

__all__ = ["Database", "on_server"]
