"""Comparisons in, their titles and blocks out."""

from briefs.model import Break, Compared, Comparison, Label, Style, Trend, Trending
from briefs.pages import card, phrases
from briefs.pages.layout import Block, Written


def write_comparison(shown: Comparison) -> Written:
    """Write what each is said to be, what they share, and what each said on the same stories."""
    first, second = shown.first, shown.second
    said = [phrases.said(quote) for side in (first, second) for quote in side.said]
    together = [(*phrases.quoted(line), *phrases.origin(line)) for line in shown.together]
    blocks = (
        *_side(first),
        *_side(second),
        _shared(shown),
        *card.section("In one sentence", together),
        *card.section("Said on the same stories", said),
        *_company(shown),
    )
    roles = [held.line for side in (first, second) for held in side.card.roles]
    quotes = [quote.line for side in (first, second) for quote in side.said]
    samples = phrases.samples((*roles, *quotes, *shown.together))
    return Written(f"{first.card.name} and {second.card.name}", blocks, samples)


def write_trending(trending: Trending) -> Written:
    """Write whose number of documents changed, the largest change first."""
    if trending.first is None or trending.last is None:
        return Written("Trending", ((Label("There are no documents yet."),),), frozenset())
    days = (trending.last - trending.first).days + 1
    since, until = phrases.day(trending.first), phrases.day(trending.last)
    window = since if days == 1 else f"{since} to {until}"
    before = "the day before" if days == 1 else f"the {days} days before"
    opening = Label(f"Documents of {window} against {before}, by days in UTC.")
    blocks: list[Block] = [(opening, Break(blank=True))]
    blocks += [_trend(each) for each in trending.trends]
    if not trending.trends:
        blocks.append((Label("No number has changed."), Break()))
    if told := _left_out(trending):
        blocks.append((Label(told, Style.FAINT), Break()))
    return Written("Trending", tuple(blocks), frozenset())


def _side(side: Compared) -> tuple[Block, ...]:
    name = (Label(side.card.name, Style.HEADING), Break())
    blocks = [card.head(side.card), *(card.role(each) for each in side.card.roles)]
    return ((*name, *blocks[0]), *blocks[1:])


def _shared(shown: Comparison) -> Block:
    both = phrases.count(shown.documents, "document")
    return (
        Label("Both", Style.HEADING),
        Break(),
        Label(f"{both} with both, of the newest {shown.looked_at:,} of each."),
        Break(),
    )


def _company(shown: Comparison) -> tuple[Block, ...]:
    names = [f"{each.name} ({each.documents})" for each in shown.company]
    row: Block = (Label(phrases.listing(names, 12)), Break())
    return card.section("Company in common", [row] if names else [])


def _trend(each: Trend) -> Block:
    documents = phrases.count(each.documents, "document")
    told = f" ({each.kind.lower()}): {documents}, {each.before:,} before ({each.change:+,})"
    return (Label(each.name, Style.STRONG), Label(told), Break())


def _left_out(trending: Trending) -> str:
    told = []
    if trending.more:
        told.append(f"{phrases.count(trending.more, 'smaller change')} left out.")
    if trending.capped:
        told.append("Of days with very many names only the most frequent were counted.")
    return " ".join(told)
