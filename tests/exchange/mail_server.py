"""A real SMTP server for tests, on this machine: it takes what it is sent, or answers as it is told to."""

import asyncio
import os
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER, PASSWORD = "robin@example.com", "a secret of 1"


@dataclass
class MailServer:
    """What it got, and how it answers: `says` has answers to give at a stage ("MAIL", "RCPT", "DATA"), first to last.

    An answer of "" breaks the connection off; a number waits so many seconds first.
    """

    port: int = 0
    got: list[EmailMessage] = field(default_factory=list)
    to: list[tuple[str, ...]] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    says: dict[str, list[str | float]] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.got]

    async def _answer(self, stage: str, server: SMTP) -> str | None:
        while self.says.get(stage):
            answer = self.says[stage].pop(0)
            if isinstance(answer, float):
                await asyncio.sleep(answer)
            elif answer:
                return answer
            else:
                server.transport.abort()
                await asyncio.sleep(0.2)
        return None

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self._answer("MAIL", server) or "250 2.1.0 fine"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := await self._answer("RCPT", server):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await self._answer("DATA", server)
        if answer:
            return answer
        assert isinstance(envelope.content, bytes)
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.to.append(tuple(envelope.rcpt_tos))
        self.encrypted.append(session.ssl is not None)
        answer = await self._answer("AFTER", server)
        return answer or "250 2.0.0 queued as 4711"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, kind: str, data: Any) -> AuthResult:
        login, word = data.login.decode(), data.password.decode()
        self.users.append(login)
        return AuthResult(success=(login, word) == (USER, PASSWORD), handled=False)


class _OnThisPort(Controller):
    def _trigger_server(self) -> None:  # the port is only known now
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


@contextmanager
def mail_server(certificate: tuple[Path, Path] | None = None, *, implicit: bool = False) -> Iterator[MailServer]:
    """A server that runs. With a certificate (and its key) it wants STARTTLS, or TLS at once, and a name."""
    it = MailServer()
    more: dict[str, Any] = {}
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        more = {"authenticator": it.authenticate, "auth_required": True}
        more |= {"ssl_context": context} if implicit else {"tls_context": context, "require_starttls": True}
        more |= {"auth_require_tls": not implicit}
    running = _OnThisPort(it, hostname="127.0.0.1", port=0, server_hostname="mail.example.com", **more)
    running.start()
    it.port = running.port
    try:
        yield it
    finally:
        running.stop()


def made_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that nobody has signed but itself, and its key."""
    certificate, key = folder / "mail.pem", folder / "mail.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True, capture_output=True, env=os.environ,
    )  # fmt: skip
    return certificate, key
