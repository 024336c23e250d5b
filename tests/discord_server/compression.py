"""Gateway messages out as the client asked for them: text, `zlib-stream` or `zstd-stream`."""

import zlib
from collections.abc import Callable

Encoder = Callable[[str], str | bytes]


def encoder(compress: str) -> Encoder | None:
    """Return what encodes one connection's messages, in order; None when the name is not known."""
    makers = {"": lambda: str, "zlib-stream": _zlib, "zstd-stream": _zstd}
    return makers[compress]() if compress in makers else None


def _zlib() -> Encoder:
    stream = zlib.compressobj()
    return lambda text: stream.compress(text.encode()) + stream.flush(zlib.Z_SYNC_FLUSH)


def _zstd() -> Encoder:
    import zstandard

    stream = zstandard.ZstdCompressor().compressobj()
    block = zstandard.COMPRESSOBJ_FLUSH_BLOCK
    return lambda text: stream.compress(text.encode()) + stream.flush(block)
