"""Changes in, sentences out, for people to read before and after."""

from briefs.model import Action, Affected, Change, Edit

_SAID = {
    Action.ALIAS_ADD: "“{other}” is a name of {subject}",
    Action.ALIAS_REMOVE: "“{other}” is no name of {subject}",
    Action.MERGE: "{other} is one with {subject}",
    Action.SPLIT: "what is written “{other}” is not {subject}",
    Action.TYPE: "{subject} is a {kind}",
    Action.HIDE: "{subject} is hidden",
    Action.UNHIDE: "{subject} is not hidden",
}


def told(change: Change) -> str:
    """Say what *change* makes true, without a full stop."""
    if change.action is Action.IMPORT:
        number = len(change.parts)
        return f"{number:,} {'change' if number == 1 else 'changes'} of {change.note or 'a list'}"
    if change.action is Action.UNDO:
        return "undone"
    assert change.subject is not None
    other = change.other or change.subject
    names = {"subject": change.subject.name, "other": other.name}
    return _SAID[change.action].format(**names, kind=other.key.kind.lower())


def told_of(affected: Affected) -> str:
    """Say what is affected, in one sentence."""
    mentions = f"{affected.mentions:,} mention{'' if affected.mentions == 1 else 's'}"
    documents = f"{affected.documents:,} document{'' if affected.documents == 1 else 's'}"
    return f"This affects {mentions} in {documents}."


def line(edit: Edit) -> str:
    """Say what an edit was, for a list of them."""
    what = f"undid {edit.undoes}" if edit.undoes else told(edit.change)
    return f"{what}, undone {edit.undone_at:%F}" if edit.undone_at else what
