"""What became of due times in, its titles and blocks out."""

from briefs.model import (
    Account,
    Break,
    History,
    Label,
    Moment,
    Run,
    Source,
    State,
    Step,
    Style,
    Why,
)
from briefs.pages.layout import Block, Written


def write_history(history: History) -> Written:
    """Write each due time with how it ended, when, and where it can be seen."""
    blocks = tuple(_account(each, named=not history.name) for each in history.accounts)
    nothing: Block = (Label("Nothing has been due yet: /schedule next says when it is."), Break())
    title = f"{history.name}: history" if history.name else "History"
    return Written(title, blocks or (nothing,), frozenset())


def write_why(why: Why) -> Written:
    """Write every step of one due time, and when the next one comes."""
    blocks = [_step(step) for step in why.steps]
    if why.account is None:
        blocks.append(_nothing_yet(why))
    blocks += [_coming(why)]
    day = why.account.date if why.account else why.day
    return Written(f"{why.schedule}: {day or 'why'}", tuple(blocks), frozenset())


def _account(account: Account, *, named: bool) -> Block:
    name: Block = (Label(f"{account.schedule}: "),) if named else ()
    by_hand = ", asked for by hand" if account.by_hand else ""
    reason = f": {account.reason}" if account.reason else ""
    ended: Block = (Label(" at "), Moment(account.ended, "full")) if account.ended else ()
    return (
        *name,
        Moment(account.due, "full"),
        Label(" "),
        Label(str(account.state), _style(account.state)),
        *ended,
        Label(f"{by_hand}{reason} "),
        *_links(account),
        Break(),
    )


def _links(account: Account) -> tuple[Run, ...]:
    many = len(account.urls) > 1
    links: list[Run] = []
    for number, url in enumerate(account.urls, start=1):
        links += [Source(f"part {number}" if many else "message", url), Label(" ")]
    return tuple(links)


def _style(state: State) -> Style:
    return Style.PLAIN if state is State.SENT else Style.STRONG


def _step(step: Step) -> Block:
    at: Block = (Moment(step.at, "full"), Label(", ")) if step.at else ()
    link: Block = (Label(" "), Source("message", step.url)) if step.url else ()
    name = Label(step.name, Style.STRONG)
    until: Block = (Label(" It goes on "), Moment(step.until, "full")) if step.until else ()
    return (name, Label(": "), *at, Label(step.text), *until, *link, Break())


def _nothing_yet(why: Why) -> Block:
    if why.day is None:
        return (Label("Nothing has been due yet."), Break())
    told = "Nothing was due on that day." if not why.coming else "That day has not come yet."
    return (Label(told), Break())


def _coming(why: Why) -> Block:
    if why.paused:
        known = why.account is not None and why.paused in why.account.reason
        cause = "" if known else f" ({why.paused.rstrip('.')})"
        told = f"nothing while it is paused{cause}"
        again = "/schedule resume turns it on again."
        return (Label("next", Style.STRONG), Label(f": {told}; {again}"), Break())
    if not why.coming:
        return ()
    times: list[Run] = []
    for at in why.coming:
        times += [Label(" "), Moment(at, "full")]
    return (Label("next", Style.STRONG), Label(":"), *times, Label(f" ({why.timezone})"), Break())
