"""A reader's scope in, the scopes whose documents it may read out."""

from briefs.model import PUBLIC, Scope


def view(scope: Scope) -> tuple[Scope, ...]:
    """Return what a reader in *scope* may read: what is public, and its own."""
    return (PUBLIC,) if scope == PUBLIC else (PUBLIC, scope)
