"""A headless Chromium for tests, spoken to over a pipe by its own protocol: nothing is downloaded, no port is open."""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

BEGIN = """
import fcntl, os, sys
hears, says, *program = sys.argv[1:]
hears, says = (fcntl.fcntl(int(one), fcntl.F_DUPFD_CLOEXEC, 10) for one in (hears, says))
os.dup2(hears, 3)
os.dup2(says, 4)
os.execv(program[0], program)
"""
"""A browser reads from its third and writes to its fourth file."""


def chromium() -> str | None:
    """Where a Chromium is, if there is one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """One page of a browser that asks nothing of the network."""

    def __init__(self, folder: Path) -> None:
        """`folder` is its profile's."""
        program = chromium()
        assert program is not None
        hears, self._say = os.pipe()
        self._hear, says = os.pipe()
        options = [
            "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={folder}", "--no-first-run",
            "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-extensions",
            "--proxy-server=127.0.0.1:9", "--hide-scrollbars",
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")
        self._process = subprocess.Popen(
            [sys.executable, "-c", BEGIN, str(hears), str(says), program, *options, "about:blank"],
            pass_fds=(hears, says),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(hears)
        os.close(says)
        self._numbers, self._session, self._heard = 0, "", b""
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for part in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{part}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._say)
        os.close(self._hear)
        self._process.terminate()
        self._process.wait(10)

    def ask(self, method: str, **parameters: object) -> dict[str, Any]:
        """Have it do something; what it answers."""
        self._numbers += 1
        said: dict[str, Any] = {"id": self._numbers, "method": method, "params": parameters}
        if self._session:
            said["sessionId"] = self._session
        os.write(self._say, json.dumps(said).encode() + b"\0")
        while True:
            heard = self._next()
            if heard.get("id") == self._numbers:
                assert "error" not in heard, heard
                return dict(heard["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._heard:
            more = os.read(self._hear, 1 << 16)
            assert more, "the browser has gone"
            self._heard += more
        message, _, self._heard = self._heard.partition(b"\0")
        heard: dict[str, Any] = json.loads(message)
        if "method" in heard:
            self.events.append(heard)
        return heard

    def open(self, page: Path | str, width: int, height: int, scheme: str = "light") -> None:
        """Show a file or a link at this width, as a phone if it is narrow, for a reader of the light or dark scheme."""
        self.events.clear()
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.ask("Page.navigate", url=page if isinstance(page, str) else page.absolute().as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._next()

    def press_tab(self) -> None:
        """Press the key that goes to the next link."""
        self._press("Tab", "Tab", 9)

    def press(self, key: str) -> None:
        """Press a letter, or Enter or Escape."""
        named = {"Enter": 13, "Escape": 27}
        text = "\r" if key == "Enter" else "" if key in named else key
        self._press(key, key if key in named else f"Key{key.upper()}", named.get(key, ord(key[0].upper())), text)

    def _press(self, key: str, code: str, number: int, text: str = "") -> None:
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        for kind in (down, {"type": "keyUp"}):
            self.ask("Input.dispatchKeyEvent", key=key, code=code, windowsVirtualKeyCode=number, **kind)

    def evaluate(self, script: str) -> Any:
        """What an expression comes to on the page."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def requested(self) -> list[str]:
        """What the page asked for since it was opened."""
        return [
            event["params"]["request"]["url"] for event in self.events if event["method"] == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """What the browser found wrong with the page."""
        return [event["params"]["entry"]["text"] for event in self.events if event["method"] == "Log.entryAdded"]

    def picture(self) -> bytes:
        """The whole page as a PNG."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])
