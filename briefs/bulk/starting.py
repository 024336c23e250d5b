"""A process to be started in; one that inherits nothing from us out: no environment, no folder.

With the standard way to spawn a process it gets our environment when it is executed, and anybody
who takes it over reads there what we were started with, even if it clears its own copy first.
"""

import io
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from multiprocessing import context, popen_spawn_posix, reduction, resource_tracker, spawn, util
from multiprocessing.process import BaseProcess
from pathlib import Path

_PREFIX = "daybrief-worker-"
# Where a Python that was built in some unusual way finds its own libraries.
_NEEDED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")
_ALWAYS = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}  # the workers are the threads


def folder() -> Path | None:
    """Make an empty folder that may not be written to; whoever asks for it removes it.

    Where no folder can be made, nothing may be written at all, and none is needed.
    """
    try:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX))
    except OSError:
        return None
    path.chmod(0o500)
    return path


def remove(path: Path) -> None:
    """Remove a folder that `folder` made, and what root may have put there all the same."""
    if path.name.startswith(_PREFIX):
        shutil.rmtree(path, ignore_errors=True)


def environment() -> dict[str, str]:
    """Return all that a worker is told of where it runs."""
    return _ALWAYS | {name: os.environ[name] for name in _NEEDED if name in os.environ}


class Context(context.SpawnContext):
    """Spawns processes in the folder *cwd*, without our environment."""

    def __init__(self, cwd: Path) -> None:
        super().__init__()
        self.cwd = str(cwd)

    def Process(self, *args: object, **kwargs: object) -> "Process":  # type: ignore[override]  # noqa: N802
        """Return a process that is not started yet."""
        made = Process(*args, **kwargs)  # type: ignore[arg-type]
        made.cwd = self.cwd
        return made


class Process(context.SpawnProcess):
    """A process that is started in the folder *cwd*."""

    cwd: str

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> "Popen":  # noqa: N802
        return Popen(process_obj)


class Popen(popen_spawn_posix.Popen):
    """Starts a process as its base does, but for what the process inherits."""

    _fds: list[int]

    def _launch(self, process_obj: Process) -> None:
        tracker = resource_tracker.getfd()
        assert tracker is not None  # it was started right now
        self._fds.append(tracker)
        message = self._message(process_obj)
        ours, its_end = os.pipe()  # closes when it ends
        its_message, our_message = os.pipe()  # closes when we end
        self.finalizer = util.Finalize(self, _close, (ours, our_message))
        try:
            self.pid = self._executed(process_obj.cwd, its_message, its_end)
        finally:
            _close(its_message, its_end)
        self.sentinel = ours
        with open(our_message, "wb", closefd=False) as stream:
            stream.write(message)

    def _message(self, process_obj: Process) -> memoryview:
        told = spawn.get_preparation_data(process_obj.name) | {"dir": process_obj.cwd}
        stream = io.BytesIO()
        context.set_spawning_popen(self)
        try:
            reduction.dump(told, stream)
            reduction.dump(process_obj, stream)
        finally:
            context.set_spawning_popen(None)
        return stream.getbuffer()

    def _executed(self, cwd: str, message: int, end: int) -> int:
        command = spawn.get_command_line(tracker_fd=self._fds[0], pipe_handle=message)
        child = subprocess.Popen(  # noqa: S603 - it is Python itself
            [os.fsdecode(part) for part in command],
            env=environment(),
            cwd=cwd,
            pass_fds=[*self._fds, message, end],
        )
        child.returncode = 0  # it is waited for by its number
        return child.pid


def _close(*descriptors: int) -> None:
    for each in descriptors:
        with suppress(OSError):
            os.close(each)
