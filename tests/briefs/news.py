"""Made news: reports of one event are alike, those of another are not; and where they were put."""

from dataclasses import replace
from datetime import datetime

from briefs import ingest
from briefs.model import PUBLIC, Analysis, DocumentId, Scope
from briefs.store import Store
from briefs.stories import joining
from tests.briefs.store.library import NOON, analysis

EVENTS = {
    "bridge": "Mayor Quill opened the Ems bridge near Lathen, built by Tarn Works of Haren.",
    "harvest": "Farmers of Podolia expect the smallest barley harvest since the Dniester drought.",
    "orchestra": "Conductor Oda Brandt leaves the Trondheim orchestra after a quarrel on Grieg.",
    "reactor": "Engineers in Olkiluoto stopped reactor turbines because seawater pumps leaked.",
}
_OWN = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
TURNS = (
    "Officials spoke of it in the morning.",
    "Residents said that they had waited for long.",
    "A spokeswoman would not comment on costs.",
    "The council meets again before the summer.",
    "Critics asked why nobody had been told earlier.",
    "Two newspapers had reported rumours already.",
)


def report(event: str, number: int, **options: object) -> Analysis:
    """Return report *number* of *event*: most of it is the event's, the rest its own."""
    own = " ".join(f"{word}{event[0]}{number}" for word in _OWN)
    turn = TURNS[(number + len(event)) % len(TURNS)]
    text = f"{EVENTS[event]}\n{turn} {own}."
    given = {"title": f"{event} {number}", "source": f"Outlet {number}"} | options
    return with_terms(analysis(text, **given))


def with_terms(made: Analysis) -> Analysis:
    """Return *made* as an analysis of this version."""
    return replace(made, terms=joining.terms(made.document), version=ingest.VERSION)


def keep(
    store: Store,
    event: str,
    number: int,
    *,
    scope: Scope = PUBLIC,
    arrived: datetime = NOON,
    **options: object,
) -> DocumentId:
    """Put a report into *store*, and into its story."""
    made = report(event, number, scope=scope, **options)
    kept = store.documents.add(made, arrived=arrived)
    ingest.place(store)
    return kept.id


def grouped(store: Store, scope: Scope = PUBLIC) -> set[frozenset[str]]:
    """Return the stories of a view, each as the titles of its documents."""
    shelf = store.documents.listing(scope, limit=1_000).documents
    titles = {document.id: document.title for document in shelf}
    found: dict[int, set[str]] = {}
    for placed in store.stories.among(scope, list(titles)):
        found.setdefault(placed.story, set()).add(titles[placed.document])
    return {frozenset(story) for story in found.values()}


def story_of(store: Store, document: DocumentId, scope: Scope = PUBLIC) -> int:
    """Return the story of a document, as a view has it."""
    (story,) = {each.story for each in store.stories.among(scope, [document])}
    return story
