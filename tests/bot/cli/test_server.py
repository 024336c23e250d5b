"""The command line with its library on a PostgreSQL server."""

import shutil

import pytest

from tests.bot.cli.calling import complaint, daybrief


@pytest.fixture
def server(cluster, prepared, tmp_path):
    """A folder with the seeds, the address of an empty database, and how both are called with."""
    shutil.copytree(prepared / "seeds", tmp_path / "seeds")
    address = cluster.database()
    yield lambda *arguments: daybrief(tmp_path, *arguments, DAYBRIEF_STORAGE__URL=address)
    cluster.drop(address)


def test_what_is_shown_is_the_same_on_both_kinds_of_database(server, prepared):
    for arguments in (
        ["preview"],
        ["entity", "Kuleba"],
        ["search", "drones factory"],
        ["quotes", "Kuleba"],
        ["timeline", "Ukraine"],
        ["entities", "list"],
    ):
        there, here = server(*arguments), daybrief(prepared, *arguments)

        assert there.returncode == 0, there.stderr
        assert _timeless(there.stdout) == _timeless(here.stdout)


def test_a_database_on_a_server_is_looked_after_as_a_file_is(server, tmp_path):
    made = server("migrate")
    sound = server("doctor", "--full")
    backed = server("backup")
    refused = server("restore", "backups/x.dump")

    assert "The database is at schema" in made.stderr
    assert "is sound" in sound.stdout
    assert [each.suffix for each in (tmp_path / "backups").iterdir()] == [".dump"]
    assert backed.returncode == 0
    assert "pg_restore" in complaint(refused)


def _timeless(shown: str) -> list[str]:
    """Leave out when the documents arrived, which was not in the same minute."""
    return [row for row in shown.splitlines() if not row.startswith("What arrived from ")]
