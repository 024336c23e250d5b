"""Examples in, a trained tagger out; the same run again gives the same weights."""

import logging
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import torch

from briefs.recogniser.train import made
from briefs.recogniser.train.examples import Example, Targets
from briefs.recogniser.train.network import Pieces, Tagger, cut
from briefs.recogniser.wordpiece import WordPiece

log = logging.getLogger(__name__)

_MOST_PIECES = 128
_WARM_UP = 60
_HEAD = ("classifier", "token_type_embeddings")  # new, so they learn five times as fast
_LETTERED = (1, 2, 3, 4, 8)  # shapes of words that could be written in another case
_SORTED = 4_000  # sentences sorted by length at a time, so that batches hold little padding
_SAVED = 200  # steps between checkpoints


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long and on what to train."""

    steps: int
    rate: float = 2.5e-4
    pieces: int = 2048  # of a batch, padding included
    seed: int = 1
    exchanged: float = 0.3  # of the sentences, in which names are exchanged
    dated: float = 0.02
    joined: float = 0.7  # of the sentences, in which split hyphens are joined
    lines: float = 0.08  # of tables and the like made, for each sentence
    taught: int = 0  # sentences a round out of those that a teacher labelled
    hidden: float = 0.0  # of the pieces, replaced by a mask
    averaged: float = 0.25  # of the steps, at the end, whose weights are averaged


class _Item(NamedTuple):
    pieces: Pieces
    targets: Targets
    soft: bool


class _Batch(NamedTuple):
    ids: torch.Tensor
    shapes: torch.Tensor
    mask: torch.Tensor
    places: tuple[torch.Tensor, torch.Tensor]
    targets: torch.Tensor
    soft: torch.Tensor


def train(tagger: Tagger, examples: Sequence[Example], plan: Plan, checkpoint: Path) -> None:
    """Train *tagger* in place, from *checkpoint* on if there is one."""
    torch.manual_seed(plan.seed)
    tagger.network.train()
    optimiser = _optimiser(tagger, plan.rate)
    average = torch.optim.swa_utils.AveragedModel(tagger.network)
    first = _resume(checkpoint, tagger, optimiser, average)
    mean = 0.0
    for step, batch in enumerate(
        islice(_batches(tagger, examples, plan), first, plan.steps), first
    ):
        _set_rate(optimiser, min(1, (step + 1) / _WARM_UP) * (1 - step / plan.steps))
        loss = _step(tagger, optimiser, batch)
        mean = 0.98 * mean + 0.02 * loss if mean else loss
        if step >= plan.steps * (1 - plan.averaged) and step % 5 == 0:
            average.update_parameters(tagger.network)
        if step % 50 == 49:
            log.info("step %d of %d, loss %.4f", step + 1, plan.steps, mean)
        if step % _SAVED == _SAVED - 1 or step == plan.steps - 1:
            _save(checkpoint, step + 1, tagger, optimiser, average)
    if average.n_averaged:
        tagger.network.load_state_dict(average.module.state_dict())
    tagger.network.eval()


def _step(tagger: Tagger, optimiser: torch.optim.Optimizer, batch: _Batch) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = tagger.logits(batch.ids, batch.shapes, batch.mask)
    loss = _loss(logits[batch.places], batch.targets, batch.soft)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(tagger.network.parameters(), 1.0)
    optimiser.step()
    return float(loss.detach())


def _loss(logits: torch.Tensor, targets: torch.Tensor, soft: torch.Tensor) -> torch.Tensor:
    """Return how unlikely the allowed labels are, or how far the teacher's are."""
    logs = torch.log_softmax(logits, -1)
    allowed = -torch.logsumexp(logs.masked_fill(targets == 0, -math.inf), -1)
    taught = -(logs * targets).sum(-1)
    return torch.where(soft, taught, allowed).mean()


def _optimiser(tagger: Tagger, rate: float) -> torch.optim.Optimizer:
    named = list(tagger.network.named_parameters())
    head = [p for name, p in named if any(part in name for part in _HEAD)]
    body = [p for name, p in named if not any(part in name for part in _HEAD)]
    groups = [
        {"params": body, "lr": rate, "full": rate},
        {"params": head, "lr": rate * 5, "full": rate * 5},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def _set_rate(optimiser: torch.optim.Optimizer, share: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = group["full"] * share


def _batches(tagger: Tagger, examples: Sequence[Example], plan: Plan) -> Iterator[_Batch]:
    """Yield batches without end, the same ones for the same plan."""
    known = made.names(examples)
    round_ = 0
    while True:
        random = Random(f"{plan.seed} {round_}")  # noqa: S311  (repeatable is what it must be)
        chosen = list(_round(examples, known, plan, random))
        items = [_item(e, tagger.vocabulary, random) for e in chosen]
        for group in _groups([i for i in items if len(i.pieces.firsts)], plan.pieces, random):
            yield _collate(group)
        log.info("round %d of %d sentences done", round_ + 1, len(items))
        round_ += 1


def _round(
    examples: Sequence[Example], known: made.Names, plan: Plan, random: Random
) -> Iterator[Example]:
    taught = [e for e in examples if e.taught is not None]
    labelled = [e for e in examples if e.taught is None]
    yield from random.sample(taught, min(plan.taught, len(taught)))
    for example in labelled:
        yield _varied(example, known, plan, random)
    for _ in range(int(len(labelled) * plan.lines)):
        yield made.line(known, random)


def _varied(example: Example, known: made.Names, plan: Plan, random: Random) -> Example:
    example = made.joined(example) if random.random() < plan.joined else example
    chance = random.random()
    if chance < plan.exchanged:
        return made.exchanged(example, known, random, share=0.6)
    if chance < plan.exchanged + plan.dated:
        return made.dated(example, known, random)
    return example


def _item(example: Example, vocabulary: WordPiece, random: Random) -> _Item:
    pieces = cut(example.words, vocabulary, _MOST_PIECES)
    shapes = _recased(pieces.shapes, random.random())
    targets = example.targets()[: len(pieces.firsts)]
    return _Item(pieces._replace(shapes=shapes), targets, example.taught is not None)


def _recased(shapes: np.ndarray, chance: float) -> np.ndarray:
    """Return the shapes of the sentence in lower case, in capitals or as a headline, or as is."""
    for most, shape in ((0.04, 1), (0.09, 3), (0.11, 2)):
        if chance < most:
            return np.where(np.isin(shapes, _LETTERED), shape, shapes)
    return shapes


def _groups(items: list[_Item], most: int, random: Random) -> list[list[_Item]]:
    """Return *items* in groups of like length, in random order."""
    random.shuffle(items)
    groups: list[list[_Item]] = []
    for start in range(0, len(items), _SORTED):
        longest = 0
        group: list[_Item] = []
        chunk = items[start : start + _SORTED]
        for item in sorted(chunk, key=lambda i: len(i.pieces.ids) + random.random() * 4):
            longest = max(longest, len(item.pieces.ids))
            if group and longest * (len(group) + 1) > most:
                groups.append(group)
                longest, group = len(item.pieces.ids), []
            group.append(item)
        groups.append(group)
    random.shuffle(groups)
    return groups


def _collate(group: Sequence[_Item]) -> _Batch:
    size = (len(group), max(len(i.pieces.ids) for i in group))
    ids, shapes, mask = (np.zeros(size, np.int64) for _ in range(3))
    for row, item in enumerate(group):
        length = len(item.pieces.ids)
        ids[row, :length], shapes[row, :length] = item.pieces.ids, item.pieces.shapes
        mask[row, :length] = 1
    counts = [len(i.pieces.firsts) for i in group]
    places = (
        np.repeat(np.arange(len(group)), counts),
        np.concatenate([i.pieces.firsts for i in group]),
    )
    return _Batch(
        ids=torch.from_numpy(ids),
        shapes=torch.from_numpy(shapes),
        mask=torch.from_numpy(mask),
        places=(torch.from_numpy(places[0]), torch.from_numpy(places[1])),
        targets=torch.from_numpy(np.concatenate([i.targets for i in group])),
        soft=torch.from_numpy(np.repeat([i.soft for i in group], counts)),
    )


def _save(
    path: Path,
    step: int,
    tagger: Tagger,
    optimiser: torch.optim.Optimizer,
    average: torch.nn.Module,
) -> None:
    state = {
        "step": step,
        "network": tagger.network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "average": average.state_dict(),
    }
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def _resume(
    path: Path, tagger: Tagger, optimiser: torch.optim.Optimizer, average: torch.nn.Module
) -> int:
    """Take up the state in *path* and return its step; 0 when there is none."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    tagger.network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    average.load_state_dict(state["average"])
    log.info("going on at step %d of %s", state["step"], path)
    return int(state["step"])
