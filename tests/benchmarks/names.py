"""Print how well names, their links and the speakers of quotations are found.

    python -m tests.benchmarks.names [--data ../shared/ner/data] [--corpora DIR]

`--data` is a folder with `dev.re3d.conll`, `dev.wnut17.conll` and `dev.btc.conll`. `--corpora` is a
folder with copies of public repositories:

- `Re-DocRED`: github.com/tonytan48/Re-DocRED (MIT), of which `data/dev_revised.json` is read;
- `litbank`: github.com/dbamman/litbank (CC BY 4.0), of which `original`, `coref/tsv` and
  `quotations/tsv` are read.

What is not at hand is left out, with a line that says so. Nothing is written.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import linking, litbank, quoting, recognition, redocred
from tests.benchmarks.linking import Linked
from tests.benchmarks.quoting import Heard
from tests.benchmarks.recognition import Finder, Found
from tests.benchmarks.scores import Score

ROOT = Path(__file__).parents[2]
_WAYS: tuple[tuple[str, Finder], ...] = (
    ("given words", recognition.with_given_words),
    ("as it comes", recognition.as_it_comes),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print all that can be measured here."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.names")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "ner" / "data")
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "corpora")
    chosen = parser.parse_args(arguments)
    _say(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    _recognition(chosen.data)
    _linking(chosen.corpora)
    _quotations(chosen.corpora)


def _recognition(data: Path) -> None:
    paths = {kind: data / f"dev.{kind}.conll" for kind in recognition.LABELS}
    if any(not _at_hand("recognition", path) for path in paths.values()):
        return
    _speed(paths["btc"])
    _say("\nNames: F1 of exact span and type; in brackets the span alone")
    for kind, path in paths.items():
        read = recognition.load(path, recognition.LABELS[kind])
        for way, find in _WAYS:
            _say(f"  {kind:8}{way:13}{_found(recognition.measure(kind, read, find))}")


def _speed(path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.speed", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(ran.stdout)
    _say("\nRecogniser: one thread, eight sentences at once")
    _say(f"  words a second: {figures['words_a_second']:,.0f}", end=" ")
    _say(f"({figures['words_a_cpu_second']:,.0f} a second of CPU)")
    _say(f"  to load: {figures['load_s']:.2f} s; memory at the most: {figures['peak_mb']:.0f} MB")


def _linking(corpora: Path) -> None:
    _say("\nLinking: B-cubed with found names; in brackets with the missed and the wrong ones")
    if _at_hand("Re-DocRED", corpora / redocred.FILE):
        _say(f"  Re-DocRED  {_linked(linking.measure(redocred.load(corpora)))}")
    if _at_hand("LitBank", corpora / litbank.FOLDER):
        _say(f"  LitBank    {_linked(linking.measure(litbank.clustered(corpora)))}")


def _quotations(corpora: Path) -> None:
    _say("\nQuotations with their speaker")
    _say(f"  by hand    {_heard(quoting.measure(quoting.news()))}")
    if _at_hand("LitBank", corpora / litbank.FOLDER):
        _say(f"  LitBank    {_heard(quoting.measure(litbank.passages(corpora)))}")


def _at_hand(what: str, path: Path) -> bool:
    if not path.exists():
        _say(f"  {what}: left out, because {path.name} is not at hand")
    return path.exists()


def _found(found: Found) -> str:
    by_type = "  ".join(f"{kind} {100 * each.f1:.1f}" for kind, each in found.by_type.items())
    return f"{_percent(found.exact)} ({100 * found.spans.f1:.1f})  {by_type}"


def _linked(linked: Linked) -> str:
    whole = 100 * linked.all.f1
    return f"{_percent(linked.found)} ({whole:.1f})  {linked.names:,} of {linked.gold:,} names"


def _heard(heard: Heard) -> str:
    score = f"P {100 * heard.score.precision:.1f}  R {100 * heard.score.recall:.1f}"
    return f"{score}  {heard.given:,} given a speaker, {heard.named:,} by somebody named"


def _percent(score: Score) -> str:
    return f"F1 {100 * score.f1:.1f}  P {100 * score.precision:.1f}  R {100 * score.recall:.1f}"


def _say(line: str, *, end: str = "\n") -> None:
    sys.stdout.write(line + end)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
