"""Documents made by hand that go through the whole of ingest: what a test puts into a store."""

from datetime import UTC, datetime, timedelta

from bot import markup
from briefs import briefings, documents, ingest, pages
from briefs.briefings import Asked
from briefs.model import PUBLIC, Briefing, DocumentId, Item, Line, Scope
from briefs.store import Store

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

BLAST = (
    "A bomb exploded at a market in the town of Velin on Monday. "
    "The blast killed 37 people, the regional governor Ada Quill said. "
    "Police closed the roads into Velin after the blast."
)
BLAST_AGAIN = (
    "An explosion tore through the market of Velin on Monday morning. "
    "The blast at the market killed 41 people, hospital officials told reporters. "
    "The bomb had been hidden under a stall, police in Velin said."
)
BLAST_LATER = (
    "Police arrested the man who planted the bomb at the market of Velin. "
    "The blast at the market in the town of Velin shocked the region, the governor said. "
    "Roads into Velin are open again after the explosion."
)
HARVEST = (
    "Farmers in the valley of Orsk expect the smallest harvest of wheat for forty years. "
    "Too little rain fell in spring, the union of farmers said. "
    "Bread will be dearer in autumn."
)
HARVEST_AGAIN = (
    "The harvest of wheat in the valley of Orsk will be the smallest for forty years. "
    "Rain came too late in spring, and bread will be dearer."
)
ORCHESTRA = (
    "The orchestra of Tarn has found a conductor after two empty seasons. "
    "Bo Lind will begin with a symphony in October."
)


def keep(
    store: Store,
    text: str,
    *,
    title: str,
    source: str,
    arrived: datetime = MONDAY,
    scope: Scope = PUBLIC,
    sample: bool = False,
) -> DocumentId:
    """Put a document with *text* into *store*, and into its story."""
    document = documents.of(
        text,
        title=title,
        source=source,
        published=arrived,
        identity=f"test:{title}",
        scope=scope,
        sample=sample,
    )
    number = store.documents.add(ingest.find(document), arrived=arrived).id
    ingest.place(store)
    return number


def compose(store: Store, *, day: int = 0, days: int = 1, scope: Scope = PUBLIC, **asked):
    """Compose the briefing on *days* days from *day* after Monday on."""
    since = MONDAY + day * DAY
    window = Asked(since=since, until=since + days * DAY, **asked)
    return briefings.compose(store, scope, window)


def titles(told: Briefing) -> list[str]:
    """Return the headlines of *told*, in its order."""
    return [item.headline.title for item in told.items]


def quoted(item: Item) -> list[Line]:
    """Return every line that is shown under the headline of *item*."""
    lines = [*item.lines, *(quote.line for quote in item.quotes)]
    lines += [figure.line for figure in item.figures]
    lines += [each.line for dispute in item.disputes for each in dispute.reported]
    return [*lines, *item.also]


def shown(told: Briefing) -> str:
    """Return what a reader sees of *told*, on all pages."""
    laid_out = pages.lay_out(told, markup.LIMITS)
    return "\n".join(markup.unescape(markup.body(page)) for page in laid_out)
