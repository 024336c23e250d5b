"""Sentences in, the names in them out; then the people, bodies and places they stand for.

`find` recognises, `link` decides within one document which mentions are one entity, and `key` is
how names are compared everywhere: by rows of the store and by what a reader types.
"""

from briefs.entities.finding import find
from briefs.entities.folding import fold_name, key, query_keys
from briefs.entities.linking import link

__all__ = ["find", "fold_name", "key", "link", "query_keys"]
