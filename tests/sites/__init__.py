"""A web of many small sites, each on a loopback address of its own; some of them are ill."""

from tests.sites.server import Sites, counts, free_port, hosts, running
from tests.sites.ways import WAYS

__all__ = ["WAYS", "Sites", "counts", "free_port", "hosts", "running"]
