"""The desk in a browser: real keys in a headless Chromium, and nothing at all for who does not hold the link."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stylistdesk import cli
from stylistdesk.clock import FrozenClock
from stylistdesk.desk import Desk
from stylistdesk.domain.errors import Refused
from stylistdesk.queries.daily_tasks import queue
from tests.browser import Browser, chromium
from tests.conftest import NOW
from tests.helpers import dump
from tests.ui.conftest import fill

if os.name != "posix":
    pytest.skip("signals as POSIX has them", allow_module_level=True)
aiohttp = pytest.importorskip("aiohttp", reason="the extra “browser” is not installed")
pytest.importorskip("textual_serve", reason="the extra “browser” is not installed")
from stylistdesk.browser import server as serving  # noqa: E402
from stylistdesk.browser.server import DeskServer  # noqa: E402

ROOT = Path(__file__).parents[2]
KEEP_TERMINAL = """Object.defineProperty(Object.prototype, "terminal", {configurable: true, set(value) {
    window.kept = window.kept || value;
    Object.defineProperty(this, "terminal", {value, writable: true, configurable: true, enumerable: true});
}});"""
TERMINAL_TEXT = """(() => {
    if (!window.kept) return "";
    const buffer = kept.buffer.active, rows = [...Array(kept.rows).keys()];
    return rows.map(row => buffer.getLine(buffer.viewportY + row)?.translateToString() ?? "").join("\\n");
})()"""


@contextmanager
def served(folder: Path, *options: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`stylistdesk serve` on a free port, and the link that it prints."""
    program = [sys.executable, "-m", "stylistdesk", "--data-dir", str(folder), "--at", NOW.isoformat()]
    with subprocess.Popen(
        [*program, "serve", "--port", "0", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
    ) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/\S{40,}/", said)
            assert found, said
            yield process, found[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def children(process: "subprocess.Popen[str]") -> list[int]:
    """The processes that it has started and that are still there."""
    listed = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.splitlines()]


def within(seconds: float, is_so: Callable[[], object]) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def shown(browser: Browser, *words: str, gone: str = "") -> str:
    """What the page's terminal shows, once all words are there."""
    end, text = time.monotonic() + 40, ""
    while time.monotonic() < end:
        text = str(browser.evaluate(TERMINAL_TEXT))
        if all(word in text for word in words) and not (gone and gone in text):
            return text
        time.sleep(0.05)
    raise AssertionError(f"{words} did not come; the page shows:\n{text}")


async def another_tab(link: str, words: bytes, meanwhile: Callable[[], bool]) -> None:
    """A tab without a browser, until these words were written to it."""
    address, heard = link.removeprefix("http://").split("/")[0], b""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{link}ws?width=120&height=40", origin=f"http://{address}") as tab,
    ):
        while words not in heard:
            message = await tab.receive(timeout=40)
            assert message.type is aiohttp.WSMsgType.BINARY, heard[-500:]
            heard += message.data
        assert meanwhile()


@pytest.mark.skipif(chromium() is None, reason="Chromium is not here: apt-get install chromium")
def test_a_client_is_dealt_with_in_a_browser_and_taken_back_and_opened(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        fill(desk)
        names = [row.name for row in desk.ask(queue).rows]
    before = dump(folder / "desk.sqlite3")
    with served(folder) as (process, link), Browser(tmp_path / "chromium") as browser:
        browser.ask("Page.addScriptToEvaluateOnNewDocument", source=KEEP_TERMINAL)
        browser.open(link, 1280, 800)
        shown(browser, f"{len(names)} clients need you", names[0])
        assert browser.evaluate("document.fonts.check('16px \"Roboto Mono\"')")
        for _ in range(2):
            browser.press("j")
        shown(browser, f"─ {names[2]}")
        browser.press("d")
        shown(browser, f"Completed follow-up with {names[2]}")
        (done,) = set(dump(folder / "desk.sqlite3")["follow_up"]) - set(before["follow_up"])
        assert "completed" in done
        browser.press("u")
        shown(browser, f"Took back: Completed follow-up with {names[2]}")
        assert dump(folder / "desk.sqlite3") == before
        browser.press("Enter")
        shown(browser, names[2], "Attachments", "Consent")
        (own,) = children(process)

        # One desk only: another tab gets what a second terminal gets, and closing it closes its program.
        asyncio.run(another_tab(link, b"open in another window", lambda: len(children(process)) == 2))
        asked = {url for url in browser.requested() if not url.startswith("data:")}
        assert asked and all(url.startswith(link) for url in asked), "the page asks nothing of anybody else"
        assert [said for said in browser.complaints() if "WebGL" not in said] == []
        assert not [event for event in browser.events if event["method"] == "Runtime.exceptionThrown"]
        browser.press("Escape")
        shown(browser, "by urgency")
        browser.press("q")
        within(20, lambda: browser.evaluate("document.body.classList.contains('-closed')"))
        assert browser.evaluate("document.activeElement.id") == "again"
        within(15, lambda: not children(process))
        browser.press("Enter")
        time.sleep(0.3)
        shown(browser, f"{len(names)} clients need you")
        (again,) = children(process)
        assert again != own
    assert process.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.kill(again, 0)
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        assert desk.read_only is None


def test_where_the_server_is_killed_the_desk_closes_itself(tmp_path: Path) -> None:
    """Else a program without a window would hold the desk, and she could only read it."""
    folder = tmp_path / "desk"
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        fill(desk)
    with served(folder) as (process, link):
        left: list[int] = []

        def kill() -> bool:
            left.extend(children(process))
            process.kill()
            return len(left) == 1

        asyncio.run(another_tab(link, b"clients need you", kill))
        within(
            20, lambda: subprocess.run(["ps", "-p", str(left[0])], stdout=subprocess.DEVNULL, check=False).returncode
        )
    with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
        assert desk.read_only is None
        assert list(desk.paths.reports.iterdir()) == []


async def serving_here(program: tuple[str, ...], act: "Callable[[DeskServer], object]") -> None:
    """A server in this process, and something done while it runs."""
    server, ready = DeskServer(program, {}, 0), asyncio.Event()
    running = asyncio.create_task(server.run(lambda link: ready.set()))
    await asyncio.wait_for(ready.wait(), 10)
    try:
        await act(server)  # type: ignore[misc]
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(running, 20)


async def test_without_the_token_there_is_nothing(tmp_path: Path) -> None:
    """Pages, files and the websocket, by whichever way another program or page on this machine may ask."""
    mark = tmp_path / "started"
    program = (sys.executable, "-c", f"open({str(mark)!r}, 'w')")

    async def ask(server: DeskServer) -> None:
        own = f"http://127.0.0.1:{server.port}"
        wrong = "A" * len(server.token)
        table: list[tuple[str, dict[str, str], int]] = [
            (f"/{server.token}/", {}, 200),
            (f"/{server.token}/textual.js", {}, 200),
            (f"/{server.token}/italic.ttf", {"Origin": own}, 200),
            (f"/{server.token}/", {"Host": f"localhost:{server.port}"}, 200),
            (f"/{server.token}/none", {}, 404),
            (f"/{server.token}/..%2fserver.py", {}, 404),
            ("/", {}, 403),
            ("/textual.js", {}, 403),
            ("/static/js/textual.js", {}, 403),
            ("/ws", {"Origin": own}, 403),
            (f"/{wrong}/", {}, 403),
            (f"/{wrong}/textual.js", {}, 403),
            (f"/{server.token[:-1]}/", {}, 403),
            (f"/{server.token}x/", {}, 403),
            ("/é/", {}, 403),
            (f"/{server.token}/", {"Host": "desk.evil.example"}, 403),  # DNS rebinding
            (f"/{server.token}/", {"Host": f"evil.example:{server.port}"}, 403),
            (f"/{server.token}/", {"Host": "127.0.0.1"}, 403),
            (f"/{server.token}/", {"Origin": "https://evil.example"}, 403),
            (f"/{server.token}/", {"Origin": "null"}, 403),
        ]
        async with aiohttp.ClientSession() as session:
            for path, headers, code in table:
                async with session.get(f"{own}{path}", headers=headers, allow_redirects=False) as answer:
                    text = await answer.text(errors="replace")
                    assert answer.status == code, (path, headers)
                    assert server.token not in text or code == 200
                    policy = answer.headers["Content-Security-Policy"]
                    assert "default-src 'none'" in policy and "http:" not in policy.replace(own, "")
            for path, origin in (
                ("/ws", own),
                (f"/{wrong}/ws", own),
                (f"/{server.token}/ws", "https://evil.example"),
                (f"/{server.token}/ws", f"http://127.0.0.1:{server.port + 1}"),
                (f"/{server.token}/ws", None),
            ):
                with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                    await session.ws_connect(f"{own}{path}", origin=origin)
                assert refused.value.status == 403
            assert not mark.exists()
            async with session.ws_connect(f"{own}/{server.token}/ws", origin=own) as window:
                async for _ in window:
                    pass  # until the program has ended
            assert mark.exists()
        listening = await asyncio.to_thread(socket.create_connection, ("127.0.0.1", server.port), 5)
        listening.close()
        with pytest.raises(OSError):
            await asyncio.to_thread(socket.create_connection, ("127.0.0.2", server.port), 5)

    await serving_here(program, ask)


async def test_a_desk_that_does_not_close_is_ended_with_its_tab(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "SECONDS_TO_CLOSE", 0.3)
    mark = tmp_path / "pid"
    deaf = f"import os, time; print('__GANGLION__', flush=True); open({str(mark)!r}, 'w').write(str(os.getpid())); "
    program = (sys.executable, "-c", f"{deaf}time.sleep(60)")

    async def ask(server: DeskServer) -> None:
        own = f"http://127.0.0.1:{server.port}"
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(f"{own}/{server.token}/ws", origin=own):
                while not mark.exists() or not mark.read_text():
                    await asyncio.sleep(0.05)
            for _ in range(100):
                await asyncio.sleep(0.05)
                try:
                    os.kill(int(mark.read_text()), 0)
                except ProcessLookupError:
                    return
            raise AssertionError("it is still there")

    await serving_here(program, ask)


def test_what_is_missing_or_taken_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ["--data-dir", str(tmp_path / "desk"), "serve"]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = CliRunner().invoke(cli.app, [*before, "--port", str(taken.getsockname()[1])])
        assert isinstance(told.exception, Refused) and "--port 0" in str(told.exception)
    for name in [name for name in sys.modules if name.startswith("stylistdesk.browser")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    told = CliRunner().invoke(cli.app, before)
    assert isinstance(told.exception, Refused) and "pip install '.[browser]'" in str(told.exception)


@pytest.mark.skipif(sys.platform != "linux", reason="the opener that stands in is Linux's")
def test_the_link_is_opened_by_a_private_page(tmp_path: Path) -> None:
    """What a program is started with is seen by every user of the machine: the token is not in it."""
    opener, heard = tmp_path / "bin" / "xdg-open", tmp_path / "heard"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\nstat -c "%a" "$1" > {heard}.tmp\ncat "$1" >> {heard}.tmp\nmv {heard}.tmp {heard}\n')
    opener.chmod(0o700)
    folder = tmp_path / "desk"
    with served(folder, "--open", PATH=f"{opener.parent}:{os.environ['PATH']}") as (_, link):
        within(20, heard.exists)
        mode, _, page = heard.read_text().partition("\n")
        assert mode == "600" and link in page
    assert list((folder / "opened").iterdir()) == []
