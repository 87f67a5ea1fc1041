"""The server of `stylistdesk serve`: the same program in a tab of a browser, for whoever holds the link, here only.

Every request must carry the token in its path and name this server in Host; the websocket must come from our own page.
The page asks nothing of any other host.
"""

import asyncio
import html
import os
import secrets
import signal
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

import textual_serve
from aiohttp import WSCloseCode, web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from stylistdesk.domain.errors import Refused

HOST = "127.0.0.1"
SECONDS_TO_CLOSE = 10
"""A desk that has not closed itself by then is ended."""
OWN = Path(__file__).parent
THEIRS = Path(textual_serve.__file__).parent / "static"
FILES = {
    "page.css": OWN / "page.css",
    "page.js": OWN / "page.js",
    "xterm.css": THEIRS / "css" / "xterm.css",
    "textual.js": THEIRS / "js" / "textual.js",
    "upright.ttf": THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf",
    "italic.ttf": THEIRS / "fonts" / "RobotoMono-Italic-VariableFont_wght.ttf",
}
"""All that the page may ask for."""
NOT_ALLOWED = "Open the link that `stylistdesk serve` printed when it was started: it is another one each time.\n"
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def content_policy(host: str) -> str:
    """What the page may load: its own files and its own websocket. The terminal writes styles as it goes."""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:; "
        f"connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


class Window(AppService):
    """The program behind one tab: a process without a shell, in a session of its own, that ends with the tab."""

    program: tuple[str, ...] = ()
    environment: Mapping[str, str] = {}

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        ours = {"TEXTUAL_DRIVER": "stylistdesk.ui.in_browser:TabDriver", "PYTHONIOENCODING": "utf-8"}
        return {**super()._build_environment(width, height), **ours, **self.environment}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = process = await create_subprocess_exec(
            *self.program,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width, height),
            start_new_session=True,  # ctrl+c in the terminal is for the server, which closes the desks
        )
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        """Carry what the program writes until it ends; then the tab says so."""
        try:
            await super().run()
            await self._ended()
        finally:
            with suppress(ConnectionError, RuntimeError):
                await self.remote_close()

    async def stop(self) -> None:
        """Have the program close the desk, and wait until it has."""
        if self._process is None:
            return
        await self.send_meta({"type": "quit"})
        await self._ended()
        if self._task is not None:
            await self._task

    async def _ended(self) -> None:
        assert self._process is not None
        try:
            await asyncio.wait_for(self._process.wait(), SECONDS_TO_CLOSE)
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()


class DeskServer(Server):
    """Serves the desk on this machine's own address, to who has the link."""

    def __init__(self, program: tuple[str, ...], environment: Mapping[str, str], port: int) -> None:
        """`program` is run for each tab, in the environment of this process and `environment`; port 0 is any free."""
        super().__init__("stylistdesk", host=HOST, port=port)
        self.program, self.environment = program, environment
        self.token = secrets.token_urlsafe(32)
        self._sockets: set[web.WebSocketResponse] = set()

    @property
    def link(self) -> str:
        """Where the desk is, with the token."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def may_pass(self, request: web.Request) -> bool:
        """Whether a request carries the token, names this server, and comes from no page but ours."""
        token = request.path.split("/")[1]
        hosts = {f"{name}:{self.port}" for name in (HOST, "localhost")}
        hosts |= {HOST, "localhost"} if self.port == 80 else set()
        origin = request.headers.get("Origin")
        own = origin == f"http://{request.host}" if origin is not None else not _is_socket(request)
        right = secrets.compare_digest(token.encode("utf-8", "surrogateescape"), self.token.encode())
        return right and request.host in hosts and own

    async def _make_app(self) -> web.Application:
        @web.middleware
        async def guard(
            request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
        ) -> web.StreamResponse:
            if not self.may_pass(request):
                raise web.HTTPForbidden(text=NOT_ALLOWED, headers=HEADERS)
            return await handler(request)

        async def with_headers(request: web.Request, response: web.StreamResponse) -> None:
            response.headers.update(HEADERS)
            response.headers["Content-Security-Policy"] = content_policy(request.host)

        app = web.Application(middlewares=[guard])
        app.add_routes(
            [
                web.get("/{token}/", self._page),
                web.get("/{token}/ws", self.handle_websocket),
                web.get("/{token}/{name}", self._file),
            ]
        )
        app.on_response_prepare.append(with_headers)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def _page(self, request: web.Request) -> web.Response:
        socket = f"ws://{request.host}/{self.token}/ws"
        page = (OWN / "page.html").read_text("utf-8").replace("{{ socket }}", html.escape(socket))
        return web.Response(text=page, content_type="text/html")

    async def _file(self, request: web.Request) -> web.FileResponse:
        path = FILES.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One tab: a program of its own, for as long as the tab is open."""
        socket = web.WebSocketResponse(heartbeat=15)
        await socket.prepare(request)

        async def close() -> None:
            await socket.close()

        window = Window(
            "stylistdesk",
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=close,
            download_manager=self.download_manager,
        )
        window.program, window.environment = self.program, self.environment
        width, height = (to_int(request.query.get(name, ""), usual) for name, usual in (("width", 80), ("height", 24)))
        self._sockets.add(socket)
        try:
            await window.start(width, height)
            await self._process_messages(socket, window)
        finally:
            self._sockets.discard(socket)
            await asyncio.shield(window.stop())
        return socket

    async def on_shutdown(self, app: web.Application) -> None:
        """Close every tab's socket: its program then closes the desk."""
        for socket in tuple(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def run(self, ready: Callable[[str], None]) -> None:
        """Serve until this process is told to stop; `ready` is given the link. Raises `Refused` for a port in use."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, stop.set)
        runner = web.AppRunner(
            await self._make_app(), handle_signals=False, access_log=None, shutdown_timeout=SECONDS_TO_CLOSE + 2
        )
        await runner.setup()
        try:
            site = web.TCPSite(runner, HOST, self.port)
            try:
                await site.start()
            except OSError as error:
                raise Refused(
                    f"Port {self.port} of this machine cannot be used ({error.strerror or 'it is taken'}).",
                    hint="Another one: stylistdesk serve --port 0 takes any that is free.",
                ) from error
            self.port = runner.addresses[0][1]
            ready(self.link)
            await stop.wait()
        finally:
            await runner.cleanup()


def _is_socket(request: web.Request) -> bool:
    return request.headers.get("Upgrade", "").lower() == "websocket"


def own_program() -> tuple[str, ...]:
    """How this same program is started again. Nothing is imported from the folder that one happens to stand in."""
    import stylistdesk

    stands_in_source = Path(stylistdesk.__file__).parents[1] == Path.cwd()
    return (sys.executable, *(() if stands_in_source or os.environ.get("PYTHONPATH") else ("-P",)), "-m", "stylistdesk")
