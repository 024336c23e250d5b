"""Print how well events that look alike are told apart.

    python -m tests.benchmarks.look_alikes [--corpora DIR]

DIR is a folder with a copy of the public repository github.com/tommasoc80/EventStoryLine, of which
the folder `ECB+_LREC2014/ECB+` is read (or of any that holds it under `EventStoryLine`): the ECB+
corpus, 982 articles on 43 topics, two events of one kind in each. Every third topic is for trying
settings out; what counts is the rest. Articles have no dates there. Nothing is written.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import comb
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from briefs import documents, stories
from briefs.model import DocumentId
from tests.benchmarks import scores

ROOT = Path(__file__).parents[2]
FOLDER = Path("EventStoryLine", "ECB+_LREC2014", "ECB+")
_NAME = re.compile(r"(\d+)_\d+(ecb|ecbplus)\.xml")


class Article(NamedTuple):
    """A text, and the event of a topic that it reports."""

    topic: int
    event: str
    text: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the score on each part, and on single topics of those that count."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.look_alikes")
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "corpora")
    folder = parser.parse_args(arguments).corpora / FOLDER
    if not folder.exists():
        _say(f"ECB+: left out, because {folder.name} is not at hand")
        return
    articles = load(folder)
    tried = set(sorted({each.topic for each in articles})[::3])
    rest = [each for each in articles if each.topic not in tried]
    _say("B-cubed P / R / F1, and the adjusted Rand index")
    _say(f"  tried out on    {_row([each for each in articles if each.topic in tried])}")
    _say(f"  the rest        {_row(rest)}")
    _say(f"  all             {_row(articles)}")
    topics = sorted({each.topic for each in rest})
    alone = [score([each for each in rest if each.topic == topic]) for topic in topics]
    mean = sum(each.f1 for each, _ in alone) / len(alone)
    _say(f"  the rest, each topic alone: F1 {100 * mean:.1f} on average")


def load(folder: Path) -> list[Article]:
    """Read the articles in *folder*: their tokens, put side by side."""
    found = []
    for path in sorted(folder.glob("*/*.xml")):
        if match := _NAME.fullmatch(path.name):
            tokens = ElementTree.parse(path).iter("token")  # noqa: S314
            text = " ".join(token.text or "" for token in tokens)
            found.append(Article(int(match[1]), match[2], text))
    return found


def score(articles: Sequence[Article]) -> tuple[scores.Score, float]:
    """Group *articles*, and compare with their events: B-cubed and the adjusted Rand index."""
    read = [replace(documents.of(a.text), id=DocumentId(n)) for n, a in enumerate(articles)]
    gold = {read[n].id: (a.topic, a.event) for n, a in enumerate(articles)}
    groups = enumerate(stories.group(read))
    found = {number: place for place, story in groups for number in story.documents}
    together = [(event, found[number]) for number, event in gold.items()]
    return scores.b_cubed(gold, found), _adjusted_rand(together)


def _adjusted_rand(together: Sequence[tuple[object, object]]) -> float:
    """Compare two ways of putting things into clusters, each given by its cluster in both."""
    both = _couples(together)
    one, other = _couples(a for a, _ in together), _couples(b for _, b in together)
    by_chance = one * other / comb(len(together), 2)
    return (both - by_chance) / ((one + other) / 2 - by_chance)


def _couples(clusters: Iterable[object]) -> int:
    return sum(comb(many, 2) for many in Counter(clusters).values())


def _row(articles: Sequence[Article]) -> str:
    found, rand = score(articles)
    events = len({(each.topic, each.event) for each in articles})
    both = " / ".join(f"{100 * each:.1f}" for each in (*found, found.f1))
    return f"{both}   {rand:.3f}   {len(articles)} articles on {events} events"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
