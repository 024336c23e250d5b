"""The tables, as the newest revision of `briefs.migrations` leaves them.

Times go in and come out as aware datetimes and lie there as microseconds since the epoch, dates as
ISO text. A scope stands in every key that a read goes by.
"""

from briefs.store.tables.agenda import (
    delivery,
    guild,
    installation,
    lease,
    notice,
    reader_page,
    schedule,
)
from briefs.store.tables.columns import EPOCH, Day, Moment, metadata
from briefs.store.tables.curation import edit, ruled_term, ruling
from briefs.store.tables.feeds import entry, feed, intake
from briefs.store.tables.interests import topic, visit, watch
from briefs.store.tables.names import (
    alias,
    appearance,
    entity,
    entity_day,
    mention,
    prefix,
    quote,
    role,
    spelling,
    tally,
    term,
)
from briefs.store.tables.records import briefing, briefing_edit, correction, posting, quoted
from briefs.store.tables.stories import (
    frequency,
    story,
    story_edit,
    story_member,
    story_ruling,
    story_sketch,
    story_term,
)
from briefs.store.tables.texts import (
    body,
    document,
    document_edit,
    file,
    holding,
    post,
    revision,
    sentence,
    title_term,
)
from briefs.store.tables.values import value

__all__ = [
    "EPOCH",
    "Day",
    "Moment",
    "alias",
    "appearance",
    "body",
    "briefing",
    "briefing_edit",
    "correction",
    "delivery",
    "document",
    "document_edit",
    "edit",
    "entity",
    "entity_day",
    "entry",
    "feed",
    "file",
    "frequency",
    "guild",
    "holding",
    "installation",
    "intake",
    "lease",
    "mention",
    "metadata",
    "notice",
    "post",
    "posting",
    "prefix",
    "quote",
    "quoted",
    "reader_page",
    "revision",
    "role",
    "ruled_term",
    "ruling",
    "schedule",
    "sentence",
    "spelling",
    "story",
    "story_edit",
    "story_member",
    "story_ruling",
    "story_sketch",
    "story_term",
    "tally",
    "term",
    "title_term",
    "topic",
    "value",
    "visit",
    "watch",
]
