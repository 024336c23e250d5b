"""The table of dates, amounts of money and quantities."""

from sqlalchemy import Column, Table

from briefs.store.tables.columns import Day, key, metadata, number, of_document, words

value = Table(
    "value",
    metadata,
    of_document(in_key=True),
    key("start"),
    number("end"),
    number("scope"),
    number("sentence"),
    words("kind"),
    words("value"),
    Column("first", Day),  # of a date: the first day that it may mean, and the last
    Column("last", Day),
    sqlite_with_rowid=False,
)
