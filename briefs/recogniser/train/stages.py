"""The data and the base model in, a trained tagger out: teachers, what they teach, students, mean.

Each stage leaves its result in the folder of work, and is not run again when that is there.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import torch

from briefs.recogniser.train import examples, learning, network, teaching
from briefs.recogniser.train.examples import Example

log = logging.getLogger(__name__)

# Three teachers that differ: the text as it is, with made lines, and with exchanged names too.
TEACHERS = (
    learning.Plan(steps=2200, seed=1, exchanged=0, dated=0, joined=0, lines=0),
    learning.Plan(steps=2200, seed=2),
    learning.Plan(steps=2200, seed=3, exchanged=0),
)
# The students begin where one teacher ended, so the mean of their weights is a tagger too.
STUDENTS = tuple(
    learning.Plan(steps=1000, seed=seed, rate=1.5e-4, taught=16_000) for seed in (11, 12, 13)
)
_SHARES = 12  # parts in which the teachers look at the sentences
_FIRST = 1  # the teacher at whose weights the students begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where things lie: the sets, the base model, and what the stages leave."""

    data: Path
    base: Path
    work: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One training run; it leaves its weights in `work`/`name`.pt."""

    name: str
    plan: learning.Plan
    places: Places
    begin: Path | None = None
    taught: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """A part of all sentences, for the teachers to look at."""

    places: Places
    teachers: Sequence[Path]
    part: slice


def run(places: Places, *, processes: int) -> network.Tagger:
    """Return the trained tagger; each process trains on one thread of its own."""
    places.work.mkdir(parents=True, exist_ok=True)
    teachers = _train(
        [_Run(name=f"teacher-{i}", plan=p, places=places) for i, p in enumerate(TEACHERS)],
        processes,
    )
    taught = places.work / "taught.pt"
    if not taught.exists():
        _teach(places, teachers, taught, processes)
    begin = teachers[_FIRST]
    students = _train(
        [
            _Run(name=f"student-{i}", plan=p, places=places, begin=begin, taught=taught)
            for i, p in enumerate(STUDENTS)
        ],
        processes,
    )
    return _mean(places, students)


def load(places: Places, weights: Path) -> network.Tagger:
    """Return a tagger with *weights*."""
    tagger = network.load(places.base)
    tagger.network.load_state_dict(torch.load(weights, weights_only=True))
    tagger.network.eval()
    return tagger


def _train(runs: Sequence[_Run], processes: int) -> list[Path]:
    """Return the weights of all *runs*, several at a time: that uses cores better than threads."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_trained, runs))


def _trained(job: _Run) -> Path:
    weights = job.places.work / f"{job.name}.pt"
    if weights.exists():
        return weights
    logging.basicConfig(level=logging.INFO, format=f"%(asctime)s {job.name} %(message)s")
    torch.set_num_threads(1)
    torch.manual_seed(job.plan.seed)
    tagger = load(job.places, job.begin) if job.begin else network.load(job.places.base)
    learned = _read(job.taught) if job.taught else examples.split(job.places.data)[0]
    checkpoint = job.places.work / f"{job.name}.checkpoint"
    learning.train(tagger, learned, job.plan, checkpoint)
    torch.save(tagger.network.state_dict(), weights)
    return weights


def _teach(places: Places, teachers: Sequence[Path], path: Path, processes: int) -> None:
    """Write the labelled sentences without what is doubted, and the unlabelled ones labelled."""
    shares = [
        _Share(places=places, teachers=teachers, part=slice(i, None, _SHARES))
        for i in range(_SHARES)
    ]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        found = [example for share in pool.map(_taught, shares) for example in share]
    labelled = [e for e in found if e.taught is None]
    taught = [e for e in found if e.taught is not None]
    settled = teaching.settle(teaching.trim(taught), teaching.usual(taught))
    torch.save([_plain(e) for e in (*labelled, *settled)], path)
    log.info("the teachers labelled %d sentences", len(found))


def _taught(share: _Share) -> list[Example]:
    torch.set_num_threads(1)
    taggers = [load(share.places, weights) for weights in share.teachers]
    kept, _ = examples.split(share.places.data)
    sentences = examples.unlabelled(share.places.data / "unlabelled.voa.txt")
    return [
        *teaching.doubt(taggers, kept[share.part]),
        *teaching.teach(taggers, sentences[share.part]),
    ]


def _plain(example: Example) -> dict[str, object]:
    taught = None if example.taught is None else torch.from_numpy(example.taught).half()
    return {
        "words": example.words,
        "tags": example.tags,
        "source": example.source,
        "taught": taught,
    }


def _read(path: Path) -> list[Example]:
    return [
        Example(**{**e, "taught": None if e["taught"] is None else e["taught"].float().numpy()})
        for e in torch.load(path, weights_only=True)
    ]


def _mean(places: Places, weights: Sequence[Path]) -> network.Tagger:
    """Return the tagger whose weights are the mean of several that began alike."""
    states = [torch.load(path, weights_only=True) for path in weights]
    tagger = load(places, weights[0])
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    tagger.network.load_state_dict(mean)
    return tagger
