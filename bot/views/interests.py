"""Questions about topics and watch-lists in, what is to be shown out."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from bot.worker import Worker
from briefs import interests
from briefs.model import Scope, Tested, TopicList, WatchList
from briefs.store import Store

QUESTIONS = frozenset({"topics", "topic test", "watches"})

Answered: TypeAlias = Tested | TopicList | WatchList


async def ask(work: Worker, scope: Scope, command: str, arguments: Mapping[str, str]) -> Answered:
    """Answer one of `QUESTIONS`; what reads many documents is done apart."""
    if command == "topics":
        return await work(_topics, scope)
    until = datetime.fromisoformat(arguments["until"])
    if command == "watches":
        return await work.apart(interests.noticed, scope, int(arguments["user"]), until)
    return await work.apart(interests.tested, scope, arguments["topic"], until)


def _topics(store: Store, scope: Scope) -> TopicList:
    return TopicList(topics=store.topics.listing(scope))
