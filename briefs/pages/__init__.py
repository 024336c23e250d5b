"""What is to be shown in, pages out: what a reader will see, before anyone draws it."""

from collections.abc import Callable

from briefs.model import (
    Archive,
    Break,
    Briefing,
    Card,
    Comparison,
    Correction,
    Document,
    Edition,
    Explanation,
    FeedCard,
    FeedErrors,
    FeedList,
    FigureTable,
    Found,
    History,
    Page,
    Quotes,
    Shelf,
    Simulation,
    SourceList,
    SourceShelf,
    Summary,
    Tested,
    Timeline,
    TopicList,
    Traced,
    Trending,
    Trial,
    WatchList,
    Why,
)
from briefs.pages import (
    answers,
    briefing,
    card,
    comparing,
    explaining,
    histories,
    interests,
    phrases,
    postings,
    simulating,
    sources,
)
from briefs.pages.layout import Limits, Written, pack

__all__ = ["Limits", "Shown", "lay_out"]

Shown = (
    Briefing
    | Card
    | Quotes
    | Found
    | Summary
    | Shelf
    | Timeline
    | Comparison
    | Trending
    | FigureTable
    | Traced
    | Explanation
    | Archive
    | Tested
    | TopicList
    | WatchList
    | Simulation
    | SourceList
    | Correction
    | History
    | Why
    | Document
    | Edition
    | FeedList
    | FeedCard
    | FeedErrors
    | Trial
    | SourceShelf
)

_WRITERS: dict[type, Callable[..., Written]] = {
    Briefing: briefing.write,
    Card: card.write,
    Quotes: answers.write_quotes,
    Found: answers.write_found,
    Summary: answers.write_summary,
    Shelf: answers.write_shelf,
    Timeline: answers.write_timeline,
    Comparison: comparing.write_comparison,
    Trending: comparing.write_trending,
    FigureTable: explaining.write_figures,
    Traced: explaining.write_traced,
    Explanation: explaining.write_explanation,
    Archive: explaining.write_archive,
    Tested: interests.write_tested,
    TopicList: interests.write_topics,
    WatchList: interests.write_watches,
    Simulation: simulating.write_simulation,
    SourceList: postings.write_sources,
    Correction: postings.write_correction,
    History: histories.write_history,
    Why: histories.write_why,
    Document: answers.write_document,
    Edition: answers.write_edition,
    FeedList: sources.write_feeds,
    FeedCard: sources.write_feed,
    FeedErrors: sources.write_errors,
    Trial: sources.write_trial,
    SourceShelf: sources.write_shelf,
}


def lay_out(shown: Shown, limits: Limits) -> tuple[Page, ...]:
    """Lay *shown* out on at least one page, none longer than *limits* when rendered.

    Every page that shows a sample document says so on top.
    """
    written = _WRITERS[type(shown)](shown)
    heading = (phrases.SAMPLE, Break())
    return pack(written.title, written.blocks, limits, heading=heading, over=written.samples)
