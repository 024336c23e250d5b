"""Print how near summaries come to the lines that an editor would take.

    python -m tests.benchmarks.editing [--split tune] [--algorithms lead lexrank daybrief]

Each algorithm gets as many lines as the key has. `taken` is the share of the key's lines that it
takes, R1, R2 and RL are ROUGE (stemmed F1, RL is Lsum) against the key; `one` and its R1, R2 and
RL are for a summary of one line. `dangle` is the share of its lines that lean on what is not
shown, `again` the share that repeats an earlier line. Nothing is written.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean

from briefs import summaries
from tests.benchmarks import key
from tests.benchmarks.key import Case, Judged
from tests.benchmarks.rouge import Rouge

SPLITS = ("tune", "held")
ALGORITHMS = ("lead", "lexrank", "textrank", "lsa", "daybrief")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.editing")
    parser.add_argument("--split", choices=SPLITS)
    parser.add_argument(
        "--algorithms", nargs="+", choices=tuple(summaries.ALGORITHMS), default=ALGORITHMS
    )
    chosen = parser.parse_args(arguments)
    splits = (chosen.split,) if chosen.split else SPLITS
    for which in key.SETS:
        cases = list(key.load(which))
        judged = {
            name: {case.id: key.judge(case, name) for case in cases if case.split in splits}
            for name in chosen.algorithms
        }
        for split in splits:
            among = [case for case in cases if case.split == split]
            _say(f"\n{which}, {split}: {len(among)}")
            for line in _overview(among, judged):
                _say(line)
            if which == "articles":
                for line in _kinds(among, judged):
                    _say(line)


def _overview(cases: Sequence[Case], judged: Mapping[str, Mapping[str, Judged]]) -> Iterator[str]:
    """Yield one line for each algorithm and each sort of lead, and what ours gains on the lead."""
    yield (
        f"  {'':8}{'':11}{'taken':>6}{'R1':>6}{'R2':>6}{'RL':>6}"
        f"{'one':>7}{'R1':>6}{'R2':>6}{'RL':>6}{'dangle':>8}{'again':>7}"
    )
    for group, among in _grouped(cases, lambda case: f"lead {case.lead}" if case.lead else ""):
        for name, results in judged.items():
            yield f"  {name:9}{group:10}{_row([results[case.id] for case in among])}"
        if {"lead", "daybrief"} <= judged.keys():
            ours, lead = (
                [judged[name][case.id] for case in among] for name in ("daybrief", "lead")
            )
            mean, low, high = (f"{100 * each:+.1f}" for each in key.gain(ours, lead))
            yield f"  daybrief above lead, mean of R1, R2 and RL: {mean} [{low}, {high}]"


def _kinds(cases: Sequence[Case], judged: Mapping[str, Mapping[str, Judged]]) -> Iterator[str]:
    """Yield one line for each kind of text, with what each algorithm takes of the key."""
    yield f"\n  taken, by kind  {''.join(f'{name:>10}' for name in judged)}"
    for kind, among in _grouped(cases, lambda case: case.kind):
        shares = (fmean(results[case.id].taken for case in among) for results in judged.values())
        if kind:
            row = "".join(f"{100 * share:10.0f}" for share in shares)
            yield f"  {kind:11}{len(among):4} {row}"


def _grouped(cases: Sequence[Case], of: Callable[[Case], str]) -> Iterator[tuple[str, list[Case]]]:
    """Yield all of *cases* under "", and then what is in each group, in alphabetical order."""
    yield "", list(cases)
    for group in sorted({of(case) for case in cases} - {""}):
        yield group, [case for case in cases if of(case) == group]


def _row(judged: Sequence[Judged]) -> str:
    lines = sum(each.lines for each in judged)
    figures = (
        f"{100 * fmean(each.taken for each in judged):6.1f}",
        _rouge([each.rouge for each in judged]),
        f"{100 * fmean(each.first for each in judged):7.1f}",
        _rouge([each.first_rouge for each in judged]),
        f"{100 * sum(each.dangling for each in judged) / lines:8.1f}",
        f"{100 * sum(each.repeated for each in judged) / lines:7.1f}",
    )
    return "".join(figures)


def _rouge(scores: Sequence[Rouge]) -> str:
    return "".join(f"{100 * fmean(column):6.1f}" for column in zip(*scores, strict=True))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
