"""A word in, its shape out: the tagger's vocabulary has no capitals, so it is told of them."""


def shape(word: str) -> int:
    """Return the shape of *word* as the tagger was trained on it: 1 to 8 (0 is no word)."""
    if word.isdigit():
        return 5
    if any(c.isdigit() for c in word):
        return 6
    if not any(c.isalpha() for c in word):
        return 7
    return _letters(word)


def _letters(word: str) -> int:
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 4
    return 2 if word[0].isupper() and word[1:].islower() else 8
