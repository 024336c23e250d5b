"""Topics, what they find, and watch-lists in, their titles and blocks out."""

from briefs.model import (
    Break,
    Label,
    Matched,
    Moment,
    Run,
    Style,
    Tested,
    Topic,
    TopicList,
    Watched,
    WatchList,
)
from briefs.pages import phrases
from briefs.pages.layout import Block, Written

_SHOWN = 8  # of what was found in one document


def write_tested(tested: Tested) -> Written:
    """Write which documents are on a topic, each with what of the topic is in it."""
    blocks: list[Block] = [_window(tested)]
    blocks += [_matched(each) for each in tested.matches]
    if not tested.matches:
        blocks.append((Label("None of them is on it: try fewer or other words."), Break()))
    lines = [each.headline for each in tested.matches]
    return Written(f"{tested.topic.name}: test", tuple(blocks), phrases.samples(lines))


def write_topics(shown: TopicList) -> Written:
    """Write the topics of a view with what each asks for."""
    blocks = tuple(_topic(topic) for topic in shown.topics)
    nothing: Block = (Label("There are no topics here: make one with /topic create."), Break())
    return Written("Topics", blocks or (nothing,), frozenset())


def write_watches(shown: WatchList) -> Written:
    """Write what is watched for, and how many documents of a window name each."""
    blocks: list[Block] = [_window(shown)] if shown.entries else []
    blocks += [_watched(each) for each in shown.entries]
    nothing: Block = (Label("Nothing is watched for: add a name or words with /watch add."),)
    return Written("Watch-list", tuple(blocks) or (nothing,), frozenset())


def _window(shown: Tested | WatchList) -> Block:
    many = phrases.count(shown.documents, "document")
    older = f" ({shown.over:,} older ones were left out)" if shown.over else ""
    found = f"; {len(shown.matches):,} on it" if isinstance(shown, Tested) else ""
    return (
        Label("What arrived from "),
        Moment(shown.since, "full"),
        Label(" to "),
        Moment(shown.until, "full"),
        Label(f": {many}{older}{found}."),
        Break(blank=True),
    )


def _matched(each: Matched) -> Block:
    line = each.headline
    found = phrases.listing([f"“{_one_line(text)}”" for text in each.found], _SHOWN)
    head: Run = phrases.headline(line) if line.title else Label("Untitled", Style.STRONG)
    return (head, Break(), *phrases.origin(line), Label(f"Found: {found}"), Break(blank=True))


def _topic(topic: Topic) -> Block:
    asked = [
        ("terms", topic.terms),
        ("names", topic.entities),
        ("only from", topic.sources),
        ("not with", topic.exclude),
    ]
    told = "; ".join(f"{what} {', '.join(each)}" for what, each in asked if each)
    whose = "" if topic.scope else " (for everybody)"
    return (Label(topic.name, Style.STRONG), Label(f"{whose}: {told}"), Break())


def _watched(each: Watched) -> Block:
    told = phrases.count(each.documents, "document")
    owner = "" if each.watch.user else ", the server's" if each.watch.scope else ", everybody's"
    return (Label(each.watch.text, Style.STRONG), Label(f": {told}{owner}"), Break())


def _one_line(text: str) -> str:
    return " ".join(text.split())
