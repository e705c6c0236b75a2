"""The other side of each channel, on ports of this machine: a mail server, a web server."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class MailServer:
    """Takes letters as RFC 5321 says; ``refuses`` are recipients, each with its answer."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)


def _speak(mailbox: MailServer, handler: socketserver.StreamRequestHandler) -> None:
    def say(words: str) -> None:
        handler.wfile.write(f"{words}\r\n".encode())

    sender, recipients = "", list[str]()
    say("220 ready")
    while line := handler.rfile.readline().decode().rstrip("\r\n"):
        verb = line[:4].upper()
        if verb == "MAIL":
            sender, recipients = line.partition("<")[2].partition(">")[0], []
            say("250 ok")
        elif verb == "RCPT":
            to = line.partition("<")[2].partition(">")[0]
            if to not in mailbox.refuses:
                recipients.append(to)
            say(mailbox.refuses.get(to, "250 ok"))
        elif verb == "DATA":
            say("354 go on")
            mailbox.envelopes.append((sender, recipients))
            mailbox.letters.append(_letter(handler))
            say("250 taken")
        elif verb == "QUIT":
            say("221 bye")
            return
        else:
            say("250 ok")


def _letter(handler: socketserver.StreamRequestHandler) -> EmailMessage:
    lines = []
    while (line := handler.rfile.readline()) != b".\r\n":
        lines.append(line[1:] if line.startswith(b"..") else line)
    letter = message_from_bytes(b"".join(lines), policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server, as long as it is needed."""
    mailbox = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _speak(mailbox, self)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mailbox.port = server.server_address[1]
    with _running(server):
        yield mailbox


@dataclass
class Posted:
    """One request as it came."""

    path: str
    key: str
    signature: str
    body: bytes


@dataclass
class WebServer:
    """Remembers what was posted; ``answer`` decides the status of each."""

    port: int = 0
    posted: list[Posted] = field(default_factory=list)
    answer: Callable[[Posted], int] = lambda _posted: 204

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def keys(self, path: str = "") -> list[str]:
        """What came to an address, in order."""
        return [one.key for one in self.posted if not path or one.path == path]


@contextmanager
def web_server() -> Iterator[WebServer]:
    """A web server, as long as it is needed."""
    site = WebServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            key, seal = self.headers["X-Lianban-Id"], self.headers["X-Lianban-Signature"]
            one = Posted(self.path, key, seal, body)
            site.posted.append(one)
            status = site.answer(one)
            with suppress(ConnectionError):  # who asked is dead, or has given up
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"{site.origin}/elsewhere")
                self.end_headers()

        def log_message(self, *words: Any) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    with _running(server):
        yield site


@contextmanager
def _running(server: socketserver.TCPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield
    server.shutdown()
    thread.join()
    server.server_close()
