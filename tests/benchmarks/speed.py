"""A labelled file in; how long the recogniser takes to load and to read it, and its memory, out.

`python -m tests.benchmarks.speed FILE` prints one JSON object. It runs in a process of its own,
so that nothing else is in its memory.
"""

import json
import sys
import time
from pathlib import Path

from briefs import recogniser
from tests.benchmarks import recognition

BATCH = 8  # sentences that are given to the recogniser at once


def main(path: Path) -> None:
    """Measure on the sentences of *path*."""
    lines = [line.tokens for line in recognition.load(path, {})]
    began = time.perf_counter()
    recogniser.tag([["Kyiv"]])
    loaded = time.perf_counter()
    cpu = time.process_time()
    for first in range(0, len(lines), BATCH):
        recogniser.tag(lines[first : first + BATCH])
    wall, busy = time.perf_counter() - loaded, time.process_time() - cpu
    words = sum(map(len, lines))
    figures = {
        "load_s": loaded - began,
        "words_a_second": words / wall,
        "words_a_cpu_second": words / busy,
        "peak_mb": peak_bytes() / 1e6,
    }
    sys.stdout.write(json.dumps(figures) + "\n")


def peak_bytes() -> int:
    """Return the most memory this process ever had; on Linux without that of its parent."""
    if Path("/proc/self/status").exists():
        return peak_bytes_of("self")
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def peak_bytes_of(process: int | str) -> int:
    """Return the most memory that *process* ever had; Linux only."""
    status = Path(f"/proc/{process}/status").read_text()
    rows = dict(row.split(":", 1) for row in status.splitlines())
    return int(rows["VmHWM"].split()[0]) * 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
