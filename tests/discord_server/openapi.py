"""A request's body in, what Discord's own description says against it out.

The description (1.2 MB) is not part of the repository: it is found by `DAYBRIEF_OPENAPI`
or beside the checkout, and without it nothing is checked. Unions are read as "any of", because the
description's alternatives overlap; integers pass for the strings that it calls snowflakes.
"""

import functools
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

_BESIDE = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
_ROOT = "urn:discord"


def find() -> Path | None:
    """Return the description's path where it is at hand."""
    named = os.environ.get("DAYBRIEF_OPENAPI")
    path = Path(named) if named else _BESIDE
    return path if path.exists() else None


def problems(body: object, method: str, path: str) -> tuple[str, ...]:
    """Return what is wrong with *body* for a request of *method* to *path* (without /api/v10)."""
    template = _template(path)
    if template is None or method.lower() not in _description()["paths"][template]:
        return (f"{method} {path}: no such route in Discord's description",)
    errors = _checker(method.lower(), template)(body)
    return tuple(f"{method} {path}: {error}" for error in errors)


@functools.cache
def _description() -> dict:
    path = find()
    if path is None:
        raise FileNotFoundError("Discord's description is not at hand; set DAYBRIEF_OPENAPI.")
    return json.loads(path.read_text(encoding="utf-8"))


@functools.cache
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the routes as patterns, the most literal first."""
    paths = sorted(_description()["paths"], key=lambda p: (p.count("{"), p))
    return tuple((re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(p))), p) for p in paths)


def _template(path: str) -> str | None:
    matching = (template for pattern, template in _templates() if pattern.fullmatch(path))
    return next(matching, None)


@functools.cache
def _checker(method: str, template: str) -> Callable[[object], list[str]]:
    content = _description()["paths"][template][method].get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return lambda _: []
    pointer = template.replace("~", "~0").replace("/", "~1")
    place = f"/paths/{pointer}/{method}/requestBody/content/application~1json/schema"
    validator = _validator({"$ref": f"{_ROOT}#{place}"})
    return lambda body: [_sentence(error) for error in validator.iter_errors(body)]


def _validator(schema: dict):
    import jsonschema

    lenient = jsonschema.validators.extend(
        jsonschema.Draft202012Validator,
        {"oneOf": jsonschema.Draft202012Validator.VALIDATORS["anyOf"], "type": _type},
    )
    return lenient(schema, registry=_registry())


@functools.cache
def _registry():
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    return Registry().with_resource(_ROOT, DRAFT202012.create_resource(_description()))


def _type(validator, types: object, instance: object, schema: dict) -> Iterator:
    import jsonschema

    if schema.get("format") == "snowflake" and validator.is_type(instance, "integer"):
        return
    yield from jsonschema.Draft202012Validator.VALIDATORS["type"](
        validator, types, instance, schema
    )


def _sentence(error) -> str:
    import jsonschema

    deepest = jsonschema.exceptions.best_match([error]) or error
    where = ".".join(str(part) for part in deepest.absolute_path) or "body"
    return f"{where}: {deepest.message[:200]}"
