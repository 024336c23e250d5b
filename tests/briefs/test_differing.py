"""A document shows what it said before it was corrected, word for word and in its own scope."""

from dataclasses import replace

import pytest

from bot import markup
from briefs import corrections, lookups, pages
from briefs.errors import NotFoundError
from briefs.model import PUBLIC, DocumentId, Label, Quotation
from briefs.store import open_store
from tests.briefs.store.library import GUILD_A, GUILD_B, HOUR, NOON, analysis

FIRST = "The bridge will cost 4 million.\nIt opens in May.\nThe mayor is glad."
SECOND = "The bridge will cost 9 million.\nIt opens in May.\nThe mayor is glad."
THIRD = "The bridge will cost 9 million.\nIt opens in June."


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'daybrief.db'}") as opened:
        yield opened


def kept(store, *texts, scope=PUBLIC):
    for number, text in enumerate(texts):
        each = analysis(text, title="A bridge", identity="file:bridge", scope=scope)
        found = store.documents.add(each, arrived=NOON + number * HOUR)
    return found.id


def test_each_revision_says_what_the_next_one_does_not(store):
    edition = corrections.edition(store, PUBLIC, kept(store, FIRST, SECOND, THIRD))

    gone = {each.revision: [text for _, text in each.gone] for each in edition.before}
    assert edition.document.text == THIRD
    assert gone == {
        2: ["It opens in May.", "The mayor is glad."],
        1: ["The bridge will cost 4 million."],
    }


def test_what_it_said_before_is_shown_and_proved(store):
    edition = corrections.edition(store, PUBLIC, kept(store, FIRST, SECOND))

    laid_out = pages.lay_out(edition, markup.LIMITS)

    runs = [run for page in laid_out for run in page.runs]
    past = [run.text for run in runs if isinstance(run, Quotation) and run.revision == 1]
    assert past == ["The bridge will cost 4 million."]
    assert "Revision 1, until " in [run.text for run in runs if isinstance(run, Label)]
    lookups.prove(store, PUBLIC, laid_out)


def test_only_so_much_is_shown(store):
    many = "\n".join(f"Paragraph {number} says something." for number in range(30))
    edition = corrections.edition(store, PUBLIC, kept(store, many, SECOND))

    assert [(len(each.gone), each.more) for each in edition.before] == [(20, 10)]


def test_a_document_of_another_guild_has_no_past(store):
    number = kept(store, FIRST, SECOND, scope=GUILD_A)

    with pytest.raises(NotFoundError):
        corrections.edition(store, GUILD_B, number)
    with pytest.raises(NotFoundError):
        corrections.edition(store, PUBLIC, DocumentId(number + 1))


def test_a_document_that_was_never_corrected_shows_itself_alone(store):
    document = store.documents.get(PUBLIC, kept(store, FIRST))

    edition = corrections.edition(store, PUBLIC, document.id)

    assert edition == (replace(document), ())
    assert pages.lay_out(edition, markup.LIMITS) == pages.lay_out(document, markup.LIMITS)
