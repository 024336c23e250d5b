"""Discord's trees of errors: a leaf says what is wrong, a branch is a field or a number.

Lengths are counted in UTF-16 code units. Discord may count code points in places; code units are
never fewer, so that what passes here passes there.
"""

from collections.abc import Callable, Iterable


def units(text: object) -> int:
    """Return the length of *text* in UTF-16 code units."""
    return len(str(text).encode("utf-16-le", "surrogatepass")) // 2


def error(code: str, message: str) -> dict:
    """Return one leaf of the tree of errors."""
    return {"_errors": [{"code": code, "message": message}]}


def too_long(limit: int) -> dict:
    """Return the leaf for a text or list of more than *limit*."""
    return error("BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


def required() -> dict:
    """Return the leaf for something that is missing or empty."""
    return error("BASE_TYPE_REQUIRED", "This field is required")


def pruned(tree: dict) -> dict:
    """Return *tree* without its empty branches."""
    return {key: value for key, value in tree.items() if value}


def by_index(items: Iterable[object], check: Callable[..., dict]) -> dict:
    """Return the errors of each of *items* under its number."""
    return pruned({str(index): check(item) for index, item in enumerate(items)})
