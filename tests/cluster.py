"""A PostgreSQL server that is thrown away: its programs in, addresses of fresh databases out."""

import contextlib
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/opt/postgresql*/bin")
_CONFIG = (
    "listen_addresses = ''\nfsync = off\nfull_page_writes = off\nsynchronous_commit = off\n"
    "shared_buffers = 32MB\nmax_connections = 60\nautovacuum = off\nmax_wal_senders = 0\n"
    "wal_level = minimal\n"
)


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, None when PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    places = [place for pattern in _PLACES for place in Path("/").glob(pattern[1:])]
    return max((place for place in places if (place / "initdb").exists()), default=None)


# found before the server's own, whose time it moves
_CLOCK = """
CREATE TABLE ahead (seconds double precision NOT NULL);
INSERT INTO ahead VALUES (0);
CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
SELECT pg_catalog.clock_timestamp() + make_interval(secs => (SELECT seconds FROM public.ahead))
$$;
"""


class Cluster:
    """A server on a socket in a folder of its own."""

    def __init__(self, bin_: Path, folder: Path) -> None:
        self.folder = folder
        self._bin = bin_
        self._numbers = itertools.count(1)
        self._made: str | None = None

    def url(self, database: str) -> str:
        """Return the address of *database*."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def start(self) -> None:
        options = f"-k {self.folder}"
        self._run("pg_ctl", "-D", "data", "-w", "-s", "-l", "log", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-D", "data", "-s", "-m", mode, "stop")

    def make(self) -> None:
        self._run("initdb", "-D", "data", "-A", "trust", "-U", "postgres", "-N", "-E", "UTF8",
                  "--locale=C.UTF-8")  # fmt: skip
        config = self.folder / "data" / "postgresql.auto.conf"
        self._run_any(["sh", "-c", f"cat >> {config}"], _CONFIG)
        self.start()

    def database(self) -> str:
        """Return the address of a new, empty database."""
        return self._create("")

    def store(self) -> str:
        """Return the address of a new database that holds an empty store."""
        if self._made is None:
            from briefs.store import open_store

            self._made = f"made_{next(self._numbers)}"
            self.sql(f"CREATE DATABASE {self._made}")
            with open_store(self.url(self._made)):
                pass
        return self._create(f"TEMPLATE {self._made} STRATEGY file_copy")

    def drop(self, url: str) -> None:
        self.sql(f"DROP DATABASE IF EXISTS {name(url)} WITH (FORCE)")

    def give_clock(self, url: str) -> None:
        """Let the time of the database *url* be `advance`d; for connections made after this."""
        self.sql(_CLOCK, name(url))
        self.sql(f"ALTER DATABASE {name(url)} SET search_path = public, pg_catalog")

    def advance(self, url: str, seconds: float) -> None:
        """Let *seconds* pass in the database *url*, which has got a clock."""
        self.sql(f"UPDATE ahead SET seconds = seconds + {seconds:g}", name(url))  # noqa: S608

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run *statement* by hand, and return its rows."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _create(self, how: str) -> str:
        name = f"test_{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name} {how}")
        return self.url(name)

    def _run(self, program: str, *arguments: str) -> None:
        self._run_any([str(self._bin / program), *arguments])

    def _run_any(self, command: list[str], given: str = "") -> None:
        """Run *command* in the folder; the server refuses to be root's."""
        whole = ["runuser", "-u", "postgres", "--", *command] if _is_root() else command
        done = subprocess.run(
            whole, cwd=self.folder, input=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command[0]}: {done.stderr or done.stdout}"


def name(url: str) -> str:
    """Return the name of the database *url*."""
    return url.split("?", maxsplit=1)[0].rsplit("/", 1)[1]


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """Run a server until this ends; skip the test where PostgreSQL is not installed."""
    found = programs()
    pytest.importorskip("psycopg")
    if found is None or sys.platform == "win32":
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    # not in the folder of the tests: a socket has a short path, and another user has to reach it
    folder = Path(tempfile.mkdtemp(prefix="daybrief-pg-"))
    if _is_root():
        shutil.chown(folder, "postgres")
    cluster = Cluster(found, folder)
    try:
        cluster.make()
        yield cluster
    finally:
        with contextlib.suppress(AssertionError):
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _is_root() -> bool:
    return os.geteuid() == 0
