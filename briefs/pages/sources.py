"""Feeds, how they are, and what else fills a library in, their titles and blocks out."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from briefs.model import (
    PUBLIC,
    REMEDIES,
    Break,
    Condition,
    Document,
    Entry,
    Feed,
    FeedCard,
    FeedErrors,
    FeedList,
    Folder,
    Health,
    Label,
    Moment,
    Problem,
    Quotation,
    Refused,
    Run,
    Scope,
    Source,
    SourceShelf,
    Style,
    Trial,
)
from briefs.pages import phrases
from briefs.pages.layout import Block, Written

_STATES = {
    Condition.NEW: "not read yet",
    Condition.OK: "ok",
    Condition.EMPTY: "ok, and nothing in it",
    Condition.ILL: "fails",
    Condition.HELD: "held",
    Condition.PAUSED: "paused",
}
_PROBLEMS = {
    Problem.ADDRESS: "its address is refused",
    Problem.NAME: "there is no such host",
    Problem.CONNECTION: "it cannot be reached",
    Problem.TLS: "its certificate is not valid",
    Problem.TIMEOUT: "it does not answer in time",
    Problem.NOT_FOUND: "there is nothing at its address",
    Problem.GONE: "it is gone for good",
    Problem.FORBIDDEN: "its site refuses us",
    Problem.BLOCKED: "a service before its site refuses us",
    Problem.LOGIN: "its site wants a login",
    Problem.LIMITED: "its site is asked too often",
    Problem.SERVER: "its server fails",
    Problem.REDIRECTS: "its address leads nowhere",
    Problem.NOT_A_FEED: "it is no feed",
    Problem.TOO_LARGE: "it is too large",
    Problem.DAMAGED: "what it sends is damaged",
    Problem.ROBOTS: "its site does not want to be read",
    Problem.OTHER: "something went wrong",
}
_HELD = "Most of it turned new at once, so nothing was taken: /feed resume says as what to take it."
_LONGEST = 200  # characters of a title in a list
_HOUR, _DAY = 60, 24 * 60  # minutes


def write_feeds(shown: FeedList) -> Written:
    """Write one row for each feed: how it is, and when it was and will be read."""
    blocks = tuple(_row(each, shown.scope, shown.waiting.get(each.id, 0)) for each in shown.feeds)
    said = f"No feed is {shown.status}." if shown.status else _NONE
    nothing: Block = (Label(said), Break())
    return Written("Feeds", blocks or (nothing,), frozenset())


def write_feed(card: FeedCard) -> Written:
    """Write all that is known of one feed, with the newest that it brought."""
    blocks: list[Block] = [_whose(card), *_details(card)]
    if card.documents:
        blocks.append((Break(), Label("The newest documents", Style.HEADING), Break()))
        blocks += [_document(each) for each in card.documents]
    if card.refused:
        blocks.append((Break(), Label("Could not be read", Style.HEADING), Break()))
        blocks += [_refused(each) for each in card.refused]
    samples = frozenset(each.id for each in card.documents if each.sample)
    return Written(card.feed.name, tuple(blocks), samples)


def write_errors(shown: FeedErrors) -> Written:
    """Write what is wrong with feeds and with what they list, each with its remedy."""
    blocks: list[Block] = [_ailment(each) for each in shown.feeds]
    if shown.refused:
        blocks.append((Label("Documents that could not be read", Style.HEADING), Break()))
        blocks += [_refused(each, shown.names.get(each.feed, "")) for each in shown.refused]
    nothing: Block = (Label("Nothing is wrong with these feeds."), Break())
    return Written("Feed errors", tuple(blocks) or (nothing,), frozenset())


def write_trial(trial: Trial) -> Written:
    """Write what a feed is, with its newest entries."""
    more = f" and {trial.left:,} more, which are not read" if trial.left else ""
    head: Block = (
        Label(f"{trial.format} with {phrases.count(trial.listed, 'entry', 'entries')}{more}: "),
        Source(_host(trial.url), trial.url),
        Break(),
    )
    asks: Block = (Label(f"It asks to be read every {span(trial.wait // 60)}."), Break())
    blocks = (head, *((asks,) if trial.wait >= 60 else ()), *map(_entry, trial.entries))
    return Written(trial.title or _host(trial.url), blocks, frozenset())


def write_shelf(shelf: SourceShelf) -> Written:
    """Write where documents come from: feeds, folders, and what people added."""
    blocks: list[Block] = [_counts(shelf.health), *(_shared(shelf))]
    if shelf.feeds or shelf.status:
        blocks.append((Break(), Label("Feeds", Style.HEADING), Break()))
        blocks += [_row(each, shelf.scope) for each in shelf.feeds]
    if shelf.status and not shelf.feeds:
        blocks.append((Label(f"No feed is {shelf.status}."), Break()))
    return Written("Sources", tuple(blocks), frozenset())


def span(minutes: int) -> str:
    """Return "45 minutes", "2 hours" or "3 days", whichever is whole."""
    for size, one in ((_DAY, "day"), (_HOUR, "hour")):
        if minutes >= size and minutes % size == 0:
            return phrases.count(minutes // size, one)
    return phrases.count(minutes, "minute")


def state(feed: Feed) -> str:
    """Return how *feed* is, in a few words; why it is paused is among them."""
    told = _STATES[feed.condition]
    if feed.condition is Condition.PAUSED:
        return f"{told}: {_one_line(feed.paused)}"
    return told


_NONE = "There are no feeds here: add one with /feed add."


def _row(feed: Feed, scope: Scope, waiting: int = 0) -> Block:
    runs: tuple[Run, ...] = (Label(feed.name, Style.STRONG), Label(": "), *_seen(feed))
    waits = f"; {phrases.count(waiting, 'document')} waiting" if waiting else ""
    public = "; for everybody" if feed.scope == PUBLIC and scope != PUBLIC else ""
    return (*runs, Label(f"{waits}{public}"), Break())


def _seen(feed: Feed) -> tuple[Run, ...]:
    """Show how *feed* is, how much is in it, and since when or until when."""
    entries = f", {phrases.count(feed.listed, 'entry', 'entries')}" if feed.listed else ""
    runs: tuple[Run, ...] = (Label(f"{state(feed)}{entries}"),)
    if feed.condition is Condition.ILL:
        runs += _when(" since ", feed.ill_since)
    elif feed.condition in {Condition.OK, Condition.EMPTY}:
        runs += _when("; something new on ", feed.changed)
    if feed.condition is not Condition.PAUSED:
        runs += _when("; next ", feed.next_at)
    return runs


def _when(before: str, at: datetime | None) -> tuple[Run, ...]:
    return (Label(before), Moment(at, "full")) if at else ()


def _whose(card: FeedCard) -> Block:
    """Show where a feed is, its address only to those who look after it."""
    feed = card.feed
    if not card.full:
        everybody = ", for everybody" if feed.scope == PUBLIC else ""
        return (Label("From "), Source(_host(feed.url), feed.home), Label(everybody), Break())
    where = {"file": ", from config.toml", "line": ", added on the command line"}
    runs: tuple[Run, ...] = (Label("Address: "), Source(_host(feed.url), feed.url))
    return (*runs, Label(where.get(feed.origin, "")), Break())


def _details(card: FeedCard) -> Iterable[Block]:
    feed = card.feed
    yield (Label("State: "), *_seen(feed), Break())
    if feed.condition is Condition.ILL or feed.problem:
        yield (Label(f"Problem: {_told(feed, full=card.full)}"), Break())
    if feed.condition is Condition.HELD:
        yield (Label(_HELD), Break())
    for what, at in (("Asked", feed.checked), ("Answered well", feed.succeeded)):
        if at:
            yield (Label(f"{what}: "), Moment(at, "full"), Break())
    yield (Label(f"Read {_pace(feed)}{_how(feed)}"), Break())
    if feed.headers and card.full:
        named = ", ".join(f"{name}: •••" for name, _ in feed.headers)
        yield (Label(f"Headers sent: {named}"), Break())
    if card.waiting:
        yield (Label(f"{phrases.count(card.waiting, 'document')} waiting to be read"), Break())


def _pace(feed: Feed) -> str:
    if feed.interval:
        return f"every {span(feed.interval)}"
    found = f", now every {span(feed.pace)}" if feed.pace else ""
    return f"as often as it changes{found}"


def _how(feed: Feed) -> str:
    return ", with the page behind each entry" if feed.full_text else ""


def _told(feed: Feed, *, full: bool = True) -> str:
    """Return what is wrong with a feed; the kind alone unless *full*."""
    if full and feed.detail:
        return _one_line(feed.detail)
    problem = feed.problem or Problem.OTHER
    remedy = REMEDIES[problem]
    return f"{_PROBLEMS[problem]}: {remedy[:1].lower()}{remedy[1:]}"


def _ailment(feed: Feed) -> Block:
    told = _HELD if feed.condition is Condition.HELD else _told(feed)
    tries = f"; failed {phrases.count(feed.failures, 'time')} in a row" if feed.failures else ""
    runs: tuple[Run, ...] = (Label(feed.name, Style.STRONG), Label(f": {state(feed)}"))
    runs += (*_when(" since ", feed.ill_since), Label(tries), *_when(", next ", feed.next_at))
    return (*runs, Break(), Label(told), Break(blank=True))


def _refused(each: Refused, feed: str = "") -> Block:
    origin: tuple[Run, ...] = (Label(f"{feed}: "),) if feed else ()
    name = Label(_short(each.name) or "Untitled", Style.STRONG)
    link: tuple[Run, ...] = (Label(" "), Source(_host(each.url), each.url)) if each.url else ()
    reason = _one_line(each.reason).removeprefix(f"{each.name}: ")
    return (*origin, name, *link, Break(), Label(reason), Break())


def _document(document: Document) -> Block:
    return (
        Label(f"{document.id}. "),
        Quotation(document.title, document.id, None, strong=True),
        *phrases.dated(document),
        Break(),
    )


def _entry(entry: Entry) -> Block:
    """Show the title of an entry that is stored nowhere, as words that are not ours."""
    when: tuple[Run, ...] = (Label(", "), Moment(entry.published)) if entry.published else ()
    link: tuple[Run, ...] = (Label(" "), Source(_host(entry.url), entry.url)) if entry.url else ()
    return (Label(f"“{_short(entry.title) or 'Untitled'}”"), *when, *link, Break())


def _counts(health: Health) -> Block:
    if not health.feeds:
        return (Label(_NONE), Break())
    told = {
        "ok": health.ok + health.empty,
        "not read yet": health.new,
        "failing": health.ill,
        "held": health.held,
        "paused": health.paused,
    }
    parts = [f"{number:,} {what}" for what, number in told.items() if number]
    waits = phrases.count(health.waiting, "document") if health.waiting else "nothing"
    many = phrases.count(health.feeds, "feed")
    return (Label(f"{many}: {', '.join(parts)}; {waits} waiting to be read."), Break())


def _shared(shelf: SourceShelf) -> Iterable[Block]:
    everybody = f"{phrases.count(shelf.public, 'document')} for everybody"
    own = f", {shelf.own:,} of this server alone" if shelf.scope != PUBLIC else ""
    yield (Label(f"In the library: {everybody}{own}."), Break())
    for folder in shelf.folders:
        yield _folder(folder)


def _folder(folder: Folder) -> Block:
    refused = f", {folder.refused:,} could not be read" if folder.refused else ""
    many = phrases.count(folder.documents, "document")
    return (Label(f"Folder {folder.name}: {many}{refused}."), Break())


def _host(url: str) -> str:
    """Return the host of *url*, which holds no key, or "?"."""
    try:
        return urlsplit(url).hostname or "?"
    except ValueError:
        return "?"


def _short(text: str) -> str:
    shown = _one_line(text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _one_line(text: str) -> str:
    """Return *text* in one line, without what cannot be seen."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
