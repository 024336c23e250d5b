"""What happens is counted for Prometheus, on this machine only, and without anybody's words."""

import asyncio
import json
import re
import socket

import aiohttp
import pytest

from bot import metrics
from bot.metrics import Facts, Metrics
from tests import sites

FACTS = Facts(feeds={"ok": 3, "ill": 1}, deliveries={"ready": 2}, backlog=40)


async def facts() -> Facts:
    return FACTS


async def asked(port: int, path: str) -> tuple[int, str]:
    url = f"http://{metrics.HOST}:{port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


def values(text: str) -> dict[str, float]:
    rows = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in rows}


async def test_everything_that_is_counted_is_shown():
    counted, port = Metrics(), sites.free_port()
    counted.kept("new", 5)
    counted.kept("refused", 0)
    counted.fetched("feed", "got", 0.2)
    counted.beat("deliveries")

    async with metrics.serving(counted, port, facts):
        status, text = await asked(port, "/metrics")
    shown = values(text)

    assert status == 200
    assert shown['daybrief_documents_total{outcome="new"}'] == 5
    assert shown['daybrief_fetches_total{kind="feed",outcome="got"}'] == 1
    assert shown["daybrief_fetch_seconds_count"] == 1
    assert shown['daybrief_feeds{condition="ill"}'] == 1
    assert shown['daybrief_deliveries_open{state="ready"}'] == 2
    assert shown["daybrief_backlog_documents"] == 40
    assert shown['daybrief_tick_age_seconds{of="deliveries"}'] >= 0
    assert 'outcome="refused"' not in text


async def test_the_delay_of_the_loop_is_measured(monkeypatch):
    monkeypatch.setattr(metrics, "LOOK", 0.01)
    counted = Metrics()
    watching = asyncio.create_task(counted.watch_loop())
    name = "daybrief_loop_delay_seconds_count"

    for _ in range(1_000):
        if values(counted.page(FACTS).decode())[name]:
            break
        await asyncio.sleep(0.01)
    watching.cancel()

    assert values(counted.page(FACTS).decode())[name] > 0


async def test_health_is_one_line_of_json_and_503_when_something_stalls(monkeypatch):
    counted, port = Metrics(), sites.free_port()
    counted.beat("deliveries")

    async with metrics.serving(counted, port, facts):
        well, line = await asked(port, "/health")
        monkeypatch.setattr(metrics, "STALLED", {"deliveries": -1.0})
        ill, other = await asked(port, "/health")

    assert (well, ill) == (200, 503)
    assert line.count("\n") == 1
    assert json.loads(line)["status"] == "ok"
    assert json.loads(other)["stalled"] == ["deliveries"]


async def test_no_port_is_opened_unless_one_is_named():
    async with metrics.serving(Metrics(), 0, facts):
        listening = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    assert listening == []


async def test_a_port_that_is_taken_is_said_and_stops_nothing(caplog):
    with socket.socket() as other:
        other.bind((metrics.HOST, 0))
        other.listen()
        port = other.getsockname()[1]

        async with metrics.serving(Metrics(), port, facts):
            pass

    assert f"metrics.port {port} cannot be opened" in caplog.text


async def test_nobody_outside_this_machine_is_answered():
    port = sites.free_port()

    async with metrics.serving(Metrics(), port, facts):
        with pytest.raises(OSError, match="refused"), socket.socket() as outside:
            outside.connect(("127.0.0.2", port))


def test_no_label_can_hold_a_name_or_an_address():
    text = Metrics().page(FACTS).decode()

    labels = set(re.findall(r"(\w+)=\"", text))
    assert labels <= {"condition", "state", "of", "kind", "outcome", "le"}
