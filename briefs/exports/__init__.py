"""Pages in, a file out: HTML that stands alone, or Markdown; and briefings as they are kept."""

from briefs.exports.data import data, figures
from briefs.exports.html import html
from briefs.exports.markdown import markdown
from briefs.exports.records import Kept, dump, load

__all__ = ["Kept", "data", "dump", "figures", "html", "load", "markdown"]
