"""A topic and a document in, what of the topic stands in the document out.

`change` and `checked` make topics of what people type, `match` looks for one in a document, and
`found` for any words in it.
"""

from briefs.topics.making import LONGEST, MOST, change, checked, listed, watchable
from briefs.topics.matching import found, match

__all__ = ["LONGEST", "MOST", "change", "checked", "found", "listed", "match", "watchable"]
