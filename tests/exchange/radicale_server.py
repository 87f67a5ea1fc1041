"""A real CalDAV server for tests: Radicale on this machine, and somebody else who uses the same calendar."""

import base64
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "ana", "secret"


@dataclass
class Radicale:
    """A server that runs; `stop` ends it."""

    port: int
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, folder: Path) -> "Radicale":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        (folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\n"
            f"htpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {folder / 'kept'}\n"
            "[logging]\nlevel = error\n"
        )
        command = [sys.executable, "-m", "radicale", "--config", str(folder / "config")]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return cls(port, process)
            except OSError:
                time.sleep(0.05)
        process.terminate()
        raise RuntimeError("Radicale does not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@dataclass
class Phone:
    """The rep's phone: another program that reads and writes the calendar."""

    url: str

    def ask(self, method: str, path: str = "", body: bytes | None = None) -> bytes:
        token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        headers = {"Authorization": f"Basic {token}", "Content-Type": "text/calendar; charset=utf-8", "Depth": "1"}
        request = urllib.request.Request(self.url + path, data=body, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return bytes(answer.read())

    def names(self) -> list[str]:
        found = self.ask("PROPFIND").decode()
        return sorted(part.partition("</")[0].rpartition("/")[2] for part in found.split("href>") if ".ics</" in part)

    def text(self, name: str) -> str:
        return self.ask("GET", name).decode().replace("\r\n", "\n").replace("\n ", "")

    def whole(self) -> str:
        return "".join(self.text(name) for name in self.names())

    def put(self, name: str, *lines: str) -> None:
        begins = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:phone", "BEGIN:VEVENT", "DTSTAMP:20261101T000000Z")
        self.ask("PUT", name, "\r\n".join([*begins, *lines, "END:VEVENT", "END:VCALENDAR", ""]).encode())

    def change(self, name: str, before: str, after: str) -> None:
        text = self.text(name)
        assert before in text, text
        self.ask("PUT", name, text.replace(before, after).encode())

    def delete(self, name: str) -> None:
        self.ask("DELETE", name)
