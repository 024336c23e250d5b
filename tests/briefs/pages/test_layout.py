"""Pages hold all that they are given, never more than fits, and cut quotations into slices."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.model import Break, DocumentId, Label, Quotation, Run, Span
from briefs.pages.layout import Limits, pack


def render(run: Run) -> str:
    match run:
        case Label(text) | Quotation(text):
            return text.replace("*", "\\*")
        case Break(blank):
            return "\n\n" if blank else "\n"
    raise AssertionError(run)


LIMITS = Limits(body=40, render=render)

texts = st.text(min_size=1, max_size=200)
labels = texts.map(Label)
quotations = st.builds(
    lambda text, start: Quotation(text, DocumentId(1), Span(start, start + len(text))),
    texts,
    st.integers(0, 1000),
)
blocks = st.lists(
    st.lists(st.one_of(labels, quotations, st.just(Break())), min_size=1, max_size=5).map(tuple),
    max_size=8,
)


@settings(deadline=None)
@given(blocks)
def test_no_page_is_longer_than_the_limit(given_blocks):
    pages = pack("Title", given_blocks, LIMITS)

    assert all(LIMITS.measure(page.runs) <= LIMITS.body for page in pages)


@settings(deadline=None)
@given(blocks)
def test_nothing_but_breaks_is_lost_and_the_order_stays(given_blocks):
    pages = pack("Title", given_blocks, LIMITS)

    def said(runs):
        return "".join(run.text for run in runs if isinstance(run, Label | Quotation))

    assert said(run for page in pages for run in page.runs) == said(
        run for block in given_blocks for run in block
    )


@settings(deadline=None)
@given(quotations)
def test_the_parts_of_a_quotation_are_slices_that_join_up(quotation):
    pages = pack("Title", [(quotation,)], LIMITS)

    parts = [run for page in pages for run in page.runs]
    assert "".join(part.text for part in parts) == quotation.text
    assert parts[0].span.start == quotation.span.start
    assert parts[-1].span.end == quotation.span.end
    for before, after in itertools.pairwise(parts):
        assert before.span.end == after.span.start
        assert len(before.text) == before.span.end - before.span.start


def test_a_block_that_fits_on_a_page_is_not_cut():
    block = (Label("a" * 30), Break())

    pages = pack("Title", [block, block, block], LIMITS)

    assert [page.runs for page in pages] == [(Label("a" * 30),)] * 3
    assert [(page.number, page.total) for page in pages] == [(1, 3), (2, 3), (3, 3)]


def test_there_is_a_page_even_when_there_is_nothing():
    (page,) = pack("Title", [], LIMITS)

    assert page.runs == ()
