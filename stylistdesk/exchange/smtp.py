"""One email, handed to one mail server by SMTP (RFC 5321): written here, and what the server said of it.

The server's words are outside text: they are cleaned here. The password is used and forgotten.
"""

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from stylistdesk.domain.consent import is_bare
from stylistdesk.domain.errors import Refused
from stylistdesk.domain.sending import Answer, Came, is_nobody
from stylistdesk.domain.text import clean
from stylistdesk.domain.types import MessageKind
from stylistdesk.settings import Sending

NO_NAME = "[127.0.0.1]"
TIMEOUT = 30.0
"""Seconds that the server has for each answer."""
GOODBYE = 2.0
"""Seconds that it has for the last one."""
LONGEST = 300
"""So much is kept of what the server said."""
_POLICY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out: everything that is in it, so that each try is the same to the byte."""

    key: str  # its Message-ID
    to: str
    subject: str
    body: str
    kind: MessageKind
    at: datetime


def written(letter: Letter, account: Sending, zone: ZoneInfo) -> EmailMessage:
    """The email itself; nothing in it makes a header of its own. Raises `Refused` for an address that is none."""
    message = EmailMessage(policy=_POLICY)
    mine = _plain(account.from_address)
    try:
        message["From"] = Address(clean(account.from_name), addr_spec=mine)
        message["To"] = Address(addr_spec=_plain(letter.to))
        message["Subject"] = clean(letter.subject)
        message["Date"] = format_datetime(letter.at.astimezone(zone))
        message["Message-ID"] = letter.key
        if not is_bare(letter.kind):
            message["List-Unsubscribe"] = f"<mailto:{quote(mine, safe='@')}?subject=unsubscribe>"
        message.set_content(clean(letter.body, multiline=True) + "\n")
    except ValueError as error:
        raise Refused(f"This cannot be written as an email ({error}).", field="address") from None
    return message


def _plain(address: str) -> str:
    """The address in letters that every server takes."""
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(address, check_deliverability=False).ascii_email
    except EmailNotValidError:
        found = None
    if found is None:
        raise Refused(f"“{clean(address, limit=100)}” is no email address.", field="address")
    return found


class Hand:
    """Hands emails over, each on a connection of its own; `let_go` ends the one that is open, from any thread."""

    def __init__(self, account: Sending, password: str, *, timeout: float = TIMEOUT) -> None:
        self.account, self.timeout = account, timeout
        self._password = password
        self._socket: socket.socket | None = None
        self._let_go = False

    def let_go(self) -> None:
        """Break off what is open, and begin nothing more."""
        self._let_go = True
        if (opened := self._socket) is not None:
            with suppress(OSError):
                socket.socket.shutdown(opened, socket.SHUT_RDWR)

    def over(self, message: EmailMessage) -> Answer:
        """Hand it to the server; whatever comes of it is the answer, and nothing is raised."""
        try:
            server = self._reach()
        except _Refuses as no:
            return no.answer
        try:
            answer = self._given(server, message)
        finally:
            with suppress(OSError, smtplib.SMTPException, ValueError):
                if server.sock is not None and not self._let_go:
                    server.sock.settimeout(GOODBYE)  # what came of it is known: nothing waits for a slow goodbye
                    server.quit()
            server.close()
            self._socket = None
        return answer

    # ------------------------------------------------------------ the connection

    def _reach(self) -> Any:
        """A server that is ready to take an email. Raises `_Refuses`."""
        host = self.account.host
        trusted = ssl.create_default_context()
        # Without a host it does not connect yet; the name of this machine is nobody's business.
        server: Any = (
            smtplib.SMTP_SSL(local_hostname=NO_NAME, timeout=self.timeout, context=trusted)
            if self.account.security == "tls"
            else smtplib.SMTP(local_hostname=NO_NAME, timeout=self.timeout)
        )
        server._host = host  # which name the certificate must have
        try:
            code, said = server.connect(host, self.account.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, said)
            self._socket = server.sock
            server.ehlo_or_helo_if_needed()
            if self.account.security == "starttls":
                server.starttls(context=trusted)
                self._socket = server.sock
                server.ehlo_or_helo_if_needed()
            if self.account.user:
                server.login(self.account.user, self._password)
        except (OSError, ValueError) as error:  # of the library's own too
            wrong = self._wrong_with_the_way(error)
            server.close()
            self._socket = None
            raise wrong from None
        return server

    def _wrong_with_the_way(self, error: Exception) -> "_Refuses":
        """What is wrong with the way to the server, in words."""
        host, came = self.account.host, Came.ACCOUNT
        match error:
            case smtplib.SMTPAuthenticationError() if error.smtp_code >= 500:
                said = f"{host} refuses your user name or password: {self._words(error.smtp_code, error.smtp_error)}"
            case smtplib.SMTPResponseException():
                came = Came.LATER
                said = f"{host} does not take emails now: {self._words(error.smtp_code, error.smtp_error)}"
            case smtplib.SMTPNotSupportedError() if self._lacks_encryption:
                said = f"{host} does not offer STARTTLS."
            case smtplib.SMTPException() if type(error) in (smtplib.SMTPException, smtplib.SMTPNotSupportedError):
                said = f"{host} does not offer a way to log in that is known here."
            case ssl.SSLCertVerificationError():
                said = f"The certificate of {host} is not trusted."
            case UnicodeError():
                said = "The user name or the password has letters that cannot be sent."
            case ssl.SSLError():
                said = f"{host} speaks no TLS on port {self.account.port}; is the kind of encryption right?"
            case _:
                came, said = Came.LATER, self._out_of_reach(error)
        return _Refuses(came, said)

    def _out_of_reach(self, error: Exception) -> str:
        host = self.account.host
        if isinstance(error, socket.gaierror):
            return f"{host} cannot be found; is there a network?"
        if _is_late(error):
            return f"{host} does not answer."
        if isinstance(error, ConnectionRefusedError):
            return f"{host} has nothing on port {self.account.port}."
        return f"The connection to {host} broke off."

    @property
    def _lacks_encryption(self) -> bool:
        return self.account.security == "starttls" and not isinstance(self._socket, ssl.SSLSocket)

    # ----------------------------------------------------------------- the email

    def _given(self, server: smtplib.SMTP, message: EmailMessage) -> Answer:
        mine, hers = (message[name].addresses[0].addr_spec for name in ("From", "To"))
        try:
            answer = self._read(server.mail(mine), Came.ACCOUNT, f"{self.account.host} does not send for {mine}: ")
            if answer.came is Came.SENT:
                code, said = server.rcpt(hers)
                answer = self._read((code, said), Came.NO_MAILBOX if is_nobody(code, _decoded(said)) else Came.NEVER)
            if answer.came is Came.SENT:
                answer = self._read(server.data(message.as_bytes()), Came.NEVER)
            return answer
        except smtplib.SMTPResponseException as error:
            return self._read((error.smtp_code, error.smtp_error), Came.NEVER)
        except (OSError, ValueError) as error:
            what = "did not answer" if _is_late(error) else "broke off"
            return Answer(Came.LATER, f"{self.account.host} {what} in the middle of it.", reached=False)

    def _read(self, reply: tuple[int, bytes | str], refused: Came, before: str = "") -> Answer:
        """What a reply means: taken, not now, or (5xx) what `refused` says."""
        code, words = reply[0], self._words(*reply)
        if 200 <= code < 300:
            return Answer(Came.SENT, words)
        return Answer(refused if code >= 500 else Came.LATER, f"{before}{words}")

    def _words(self, code: int, said: bytes | str) -> str:
        """The server's words, cleaned; the password is not among them, whatever it says."""
        words = f"{code} {_decoded(said)}" if code > 0 else _decoded(said)
        if self._password:
            words = words.replace(self._password, "…")
        return clean(" ".join(words.split()), limit=LONGEST)


class _Refuses(Exception):
    """The server cannot be used now."""

    def __init__(self, came: Came, said: str) -> None:
        super().__init__(said)
        self.answer = Answer(came, said, reached=False)


def _decoded(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _is_late(error: Exception) -> bool:
    return isinstance(error, TimeoutError) or "timed out" in str(error)  # the library wraps it on the way
