"""Many people submit at the same moment, each from a browser of their own, to a real server."""

import http.client
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from waitress import create_server

from server import create_app
from server.commands import THREADS
from server.memory import settle
from server.settings import Settings
from tests.processes import PROCESSES
from workflows.clock import FixedClock


@dataclass(frozen=True)
class Submit:
    """One form, sent by one person."""

    person_id: int
    path: str
    form: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """The status, and after how many seconds it came."""

    status: int
    seconds: float


def _serve(settings: Settings, now: datetime, ports: Any) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue is what is wanted
    app = create_app(settings, FixedClock(now))
    app.config["WTF_CSRF_ENABLED"] = False
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS)
    settle()
    ports.put(server.effective_port)
    server.run()


@contextmanager
def served(settings: Settings, now: datetime) -> Iterator[int]:
    """A server in a process of its own; gives its port."""
    ports = PROCESSES.Queue()
    process = PROCESSES.Process(target=_serve, args=(settings, now, ports), daemon=True)
    process.start()
    try:
        yield ports.get(timeout=60)
    finally:
        process.kill()
        process.join()


def rush(app: Flask, port: int, submits: Sequence[Submit]) -> list[Answer]:
    """Send all of them at once; the answers, the quickest first."""
    gate = threading.Barrier(len(submits))
    answers: list[Answer] = []

    def send(submit: Submit) -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"lianban={_cookie(app, submit.person_id)}",
        }
        client.connect()
        gate.wait(60)
        began = perf_counter()
        client.request("POST", submit.path, urlencode(submit.form), headers)
        status = client.getresponse().status
        answers.append(Answer(status, perf_counter() - began))
        client.close()

    threads = [threading.Thread(target=send, args=(submit,)) for submit in submits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers, key=lambda answer: answer.seconds)


def _cookie(app: Flask, person_id: int) -> str:
    """What a browser keeps of someone who signed in."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie: str = signer.dumps({"_user_id": str(person_id), "_fresh": True})
    return cookie
