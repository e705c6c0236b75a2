"""A hall that speaks to the outside: everyone who wants to be told has said where."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.context import Services
from server.settings import Outside
from tests.hall import Hall
from tests.outbox.other_side import MailServer, WebServer, mail_server, web_server
from workflows.deadlines import Light
from workflows.models import NoticeChoice

Connected = Callable[..., Services]
EVERY_LIGHT = tuple(light.value for light in Light)


@pytest.fixture
def mailbox() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def site() -> Iterator[WebServer]:
    with web_server() as server:
        yield server


@pytest.fixture
def outside(mailbox: MailServer, site: WebServer, tmp_path: Path) -> Outside:
    """Every channel, to servers of this machine."""
    return Outside(
        smtp_host="127.0.0.1",
        smtp_port=mailbox.port,
        smtp_encryption="none",
        mail_from="lianban@hall.example",
        webhook_origins=(site.origin,),
        webhook_secret="between us",
        sms_folder=tmp_path / "sms",
        timeout=5,
    )


@pytest.fixture
def connected(hall: Hall, outside: Outside) -> Connected:
    """The services of a hall with these channels, or with others."""

    def connect(**others: Any) -> Services:
        settings = replace(hall.services.settings, outside=replace(outside, **others))
        hall.services = replace(hall.services, settings=settings)
        return hall.services

    return connect


@pytest.fixture
def wants(hall: Hall) -> Callable[..., None]:
    """Someone wants every light over these channels."""

    def want(username: str, language: str = "zh", **addresses: str) -> None:
        person_id = hall.actor(username).person_id
        assert person_id is not None
        channels = {light: list(addresses) for light in EVERY_LIGHT}
        with hall.services.database.writers() as session, session.begin():
            blank = {"mail": "", "sms": "", "webhook": ""}
            words: dict[str, Any] = {**blank, **addresses, "language": language}
            session.add(NoticeChoice(person_id=person_id, channels=channels, **words))

    return want
