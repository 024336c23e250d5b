"""Workers outlive the run that they were lent to, but not one that went wrong."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.collecting.pool import Pool
from briefs import bulk


class Made:
    """Counts the executors that were made."""

    def __init__(self) -> None:
        self.executors: list[ThreadPoolExecutor] = []

    def __call__(self) -> ThreadPoolExecutor:
        self.executors.append(ThreadPoolExecutor(1))
        return self.executors[-1]


def double(number: int) -> int:
    return number * 2


def values(pool: Pool, numbers: range) -> list[int]:
    return [outcome.value for outcome in bulk.run(pool.lend, double, numbers)]


def test_one_run_after_another_has_the_same_workers():
    made = Made()
    pool = Pool(made)

    assert values(pool, range(3)) == [0, 2, 4]
    assert values(pool, range(2)) == [0, 2]
    assert len(made.executors) == 1
    pool.close()


def test_a_run_that_is_given_up_leaves_no_workers_behind():
    made = Made()
    pool = Pool(made)
    outcomes = bulk.run(pool.lend, double, range(100), chunk=1, in_flight=1)

    next(outcomes)
    outcomes.close()

    with pytest.raises(RuntimeError):
        made.executors[0].submit(double, 1)
    assert values(pool, range(1)) == [0]
    assert len(made.executors) == 2
    pool.close()


def test_a_pool_that_was_closed_begins_again():
    made = Made()
    pool = Pool(made)
    values(pool, range(1))

    pool.close()
    pool.close()

    assert values(pool, range(1)) == [0]
    assert len(made.executors) == 2
    pool.close()
