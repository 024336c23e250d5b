"""A database file in, transactions out. Contains no business logic.

`sqlite` is the one dialect there is: addresses, pragmas, the words for its errors, copies and
checks. `ownership` keeps a second process from writing.
"""

from briefs.database.engine import Database

__all__ = ["Database"]
