import re
import sqlite3
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.store.dialects import tokens

LETTERS = "aAbzßéÉüÅñøłŞİ\u0131ςΣάЙйЁёїґ漢字カ한0\u0661-_.' \n\u0301\u0308\u00ad“”"


def by_sqlite(text: str, word: str) -> str | None:
    """Return *text* with the hits of *word* marked as SQLite does, None when it is not in it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE s USING fts5(text, tokenize='unicode61 remove_diacritics 2')"
        )
        connection.execute("INSERT INTO s VALUES (?)", (text,))
        query = "SELECT highlight(s, 0, char(1), char(2)) FROM s WHERE s MATCH ?"
        found = connection.execute(query, (f'"{word}"',)).fetchone()
    return found and found[0]


def by_us(text: str, word: str) -> str | None:
    found = tokens.spans(text, [tokens.phrase(word)])
    return tokens.mark(text, found[0]) if found else None


@settings(deadline=None, max_examples=300)
@given(st.text(LETTERS, max_size=40), st.text(LETTERS, min_size=1, max_size=4))
def test_words_are_found_where_sqlite_finds_them(text, word):
    if re.fullmatch(r"\w+", word) and tokens.phrase(word):
        assert by_us(text, word) == by_sqlite(text, word)


def test_every_letter_of_europe_is_folded_as_sqlite_folds_it():
    letters = [chr(code) for code in range(0x41, 0x530) if chr(code).isalpha()]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE s USING fts5(text, tokenize='unicode61 remove_diacritics 2')"
        )
        connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(s, 'instance')")
        rows = [(ord(letter), letter) for letter in letters]
        connection.executemany("INSERT INTO s (rowid, text) VALUES (?, ?)", rows)
        theirs = dict(connection.execute("SELECT doc, term FROM terms"))

    differ = "".join(each for each in letters if tokens.fold(each) != theirs[ord(each)])

    assert set(differ) <= set(_NEWER)


_NEWER = "\u01e0\u01e1\u037f\u0528\u052a\u052c\u052e"  # not in the tables of every SQLite
