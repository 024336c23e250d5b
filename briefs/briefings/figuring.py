"""A window in, the figures of its stories out, by source."""

from briefs.briefings import telling
from briefs.briefings.asked import Asked
from briefs.briefings.gathering import gather, tell
from briefs.briefings.ranking import rank
from briefs.model import FigureStory, FigureTable, Line, Scope, Span
from briefs.store import Store

_STORIES = 12
_FIGURES = 8


def table(store: Store, scope: Scope, asked: Asked, *, cap: int) -> FigureTable:
    """Return what the stories of a window count, those with a dispute or more figures kept."""
    found = gather(store, scope, asked, cap=cap)
    documents = {document.id: document for document in found.wanted}
    told = tell(store, scope, [*documents.values()], asked)
    stories = []
    for each in rank(told, documents, {}, asked.until)[:_STORIES]:
        story = each.told.story
        figures, disputes = telling.figures_of(store, scope, story, documents, limit=_FIGURES)
        if figures:
            head = Line.of(documents[story.documents[0]], Span(0, 0))
            stories.append(FigureStory(head, figures, disputes))
    return FigureTable(about=asked.about, stories=tuple(stories))
