"""Labelled and unlabelled text in, the weights of the name recogniser out.

Run `python -m briefs.recogniser.train --data DIR --out DIR`; it needs the extra `train`.
CARD.md says what it was run on and what came of it.
"""
