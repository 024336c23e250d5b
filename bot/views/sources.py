"""Questions about feeds and other sources in, what is to be shown out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from bot.worker import Worker
from briefs import sources
from briefs.model import FeedCard, FeedErrors, FeedList, Scope, SourceShelf

QUESTIONS = frozenset({"feeds", "feed", "feed errors", "source list", "source"})
ADMINISTRATION = frozenset({"feeds", "feed", "feed errors"})

Answered: TypeAlias = FeedList | FeedCard | FeedErrors | SourceShelf


async def ask(work: Worker, scope: Scope, command: str, arguments: Mapping[str, str]) -> Answered:
    """Answer one of `QUESTIONS`."""
    match command:
        case "feeds":
            return await work(sources.feeds, scope, arguments["status"])
        case "feed":
            return await work(sources.feed, scope, arguments["name"])
        case "feed errors":
            return await work(sources.errors, scope)
        case "source":
            return await work(sources.feed, scope, arguments["name"], full=False)
    folders = [Path(folder) for folder in json.loads(arguments["folders"])]
    return await work(sources.shelf, scope, folders=folders, status=arguments["status"])
