"""A briefing that was posted is shown again as it was, whatever became of its documents."""

import pytest

from bot import markup
from briefs import briefings, exports, pages
from briefs.errors import NotFoundError
from briefs.model import PUBLIC, Explanation
from tests.briefs.briefings.made import BLAST, BLAST_AGAIN, MONDAY, compose, keep
from tests.briefs.store.library import GUILD_A, GUILD_B

CHANGED = "some of its documents have changed or gone since"


def post(store, *, scope=PUBLIC, schedule="morning", **asked):
    """Keep the briefing of Monday as it is when it is posted; return its number."""
    told = compose(store, scope=scope, **asked)
    laid_out = pages.lay_out(told, markup.LIMITS)
    return briefings.keep(store, told, laid_out, schedule=schedule, made=MONDAY)


def bodies(laid_out):
    return [markup.body(page) for page in laid_out]


@pytest.fixture
def library(store):
    keep(store, BLAST, title="Blast", source="Example Courier")
    keep(store, BLAST_AGAIN, title="Explosion", source="Sample Wire")
    return store


def test_what_was_kept_is_shown_as_it_was(library):
    number = post(library)

    record, kept = briefings.kept(library, PUBLIC, number)

    assert briefings.shown(library, PUBLIC, kept.pages) == kept.pages
    assert kept.briefing == compose(library)
    assert (record.id, record.schedule, record.stories) == (number, "morning", 1)


def test_a_document_that_is_revised_changes_no_byte_and_is_told_on_top(library):
    number = post(library)
    _, before = briefings.kept(library, PUBLIC, number)
    keep(library, BLAST.replace("37", "39"), title="Blast", source="Example Courier")

    _, after = briefings.kept(library, PUBLIC, number)
    shown = briefings.shown(library, PUBLIC, after.pages)

    assert exports.dump(after) == exports.dump(before)
    assert bodies(after.pages) == bodies(before.pages)
    assert CHANGED in bodies(shown)[0]
    assert bodies(shown)[0].endswith(bodies(before.pages)[0])


def test_a_document_that_is_withdrawn_changes_no_byte_and_is_told_on_top(library):
    number = post(library)
    _, before = briefings.kept(library, PUBLIC, number)
    for document in library.documents.listing(PUBLIC, limit=5).documents:
        library.documents.remove(PUBLIC, document.id)

    _, after = briefings.kept(library, PUBLIC, number)

    assert exports.dump(after) == exports.dump(before)
    assert CHANGED in bodies(briefings.shown(library, PUBLIC, after.pages))[0]


def test_the_reasons_of_a_kept_briefing_are_those_of_then(library):
    number = post(library)
    _, before = briefings.kept(library, PUBLIC, number)
    keep(library, f"Corrected: {BLAST}", title="Blast", source="Example Courier")
    keep(library, f"Corrected: {BLAST_AGAIN}", title="Explosion", source="Sample Wire")

    _, after = briefings.kept(library, PUBLIC, number)
    told = [Explanation(briefing=kept.briefing, number=number) for kept in (before, after)]
    laid_out = [pages.lay_out(each, markup.LIMITS) for each in told]

    assert laid_out[0] == laid_out[1]
    assert CHANGED in bodies(briefings.shown(library, PUBLIC, laid_out[1]))[0]


def test_what_is_rendered_again_after_a_crash_is_not_kept_twice(library):
    first = post(library)

    assert post(library) == first
    assert len(library.briefings.listing(PUBLIC, limit=9)) == 1


def test_another_briefing_and_another_schedule_are_kept_apart(library):
    first = post(library)
    other, longer = post(library, schedule="evening"), post(library, length="long")

    assert len({first, other, longer}) == 3
    assert [each.id for each in library.briefings.listing(PUBLIC, limit=9)] == [
        longer,
        other,
        first,
    ]


def test_a_guild_finds_its_own_briefings_alone(library):
    number = post(library, scope=GUILD_A)

    assert briefings.kept(library, GUILD_A)[0].id == number
    with pytest.raises(NotFoundError, match=f"/brief archive lists what is kept: {number}."):
        briefings.kept(library, GUILD_A, number + 1)
    for scope in (GUILD_B, PUBLIC):
        with pytest.raises(NotFoundError, match="There is no briefing"):
            briefings.kept(library, scope, number)
        with pytest.raises(NotFoundError, match="No briefing has been kept yet"):
            briefings.kept(library, scope)


def test_without_a_number_the_newest_is_shown(library):
    post(library)
    last = post(library, length="long")

    assert briefings.kept(library, PUBLIC)[0].id == last


def test_an_empty_briefing_is_kept_with_its_reason(store):
    number = post(store)

    _, kept = briefings.kept(store, PUBLIC, number)

    assert kept.briefing.reason in bodies(kept.pages)[0].replace("\\", "")
