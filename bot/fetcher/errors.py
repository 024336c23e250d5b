"""What a fetch ends in when it does not end in bytes."""

from functools import partial

from briefs.errors import DaybriefError
from briefs.model import REMEDIES, Problem


class FetchError(DaybriefError):
    """An address that could not be read: one sentence with the remedy.

    It names a host and never a path or a query, which may hold a key. *reason* is the part before
    the remedy, *status* what the server answered (0: nothing), *retry_after* the seconds that it
    asks us to wait (0: it does not say).
    """

    def __init__(
        self,
        problem: Problem,
        reason: str,
        *,
        remedy: str = "",
        status: int = 0,
        retry_after: int = 0,
    ) -> None:
        advice = remedy or REMEDIES[problem]
        super().__init__(f"{reason}: {advice[:1].lower()}{advice[1:]}")
        self.problem = problem
        self.reason = reason
        self.remedy = advice
        self.status = status
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[partial["FetchError"], tuple[Problem, str]]:
        made = partial(
            FetchError, remedy=self.remedy, status=self.status, retry_after=self.retry_after
        )
        return made, (self.problem, self.reason)
