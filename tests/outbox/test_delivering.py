"""Every message at least once, in order for each recipient, whoever sends and whatever breaks."""

import json
import os
import signal
from collections import Counter
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from server.channels import channels_of
from server.cli import main
from server.context import Services
from server.db import connect
from server.delivering import schedule_sending, send_all
from server.outbox.filling import fill
from server.outbox.lanes import LEASE, PAUSES, again
from server.settings import Outside, Settings
from tests.hall import Hall
from tests.outbox.conftest import Connected
from tests.outbox.other_side import MailServer, WebServer
from tests.outbox.test_filling import Wants, rows, tell
from tests.processes import PROCESSES
from workflows.clock import FixedClock


def notices(hall: Hall, count: int, role: str = "window") -> str:
    """So many notices for everyone with a role; returns the case they are about."""
    number = hall.receive(phone="-")
    for _ in range(count):
        tell(hall, number, role=role)
    return number


def waiting(hall: Hall) -> list[str]:
    """The keys of what is not sent and not given up."""
    return [row.key for row in rows(hall) if row.next_at is not None]


def test_one_notice_arrives_by_mail_text_message_and_webhook(
    hall: Hall, connected: Connected, wants: Wants, mailbox: MailServer, site: WebServer
) -> None:
    services = connected()
    wants("window1", mail="w@hall.example", sms="13900000001", webhook=f"{site.origin}/in?a=1")
    number = notices(hall, 1)
    assert send_all(services) == (3, 0)
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == ("w@hall.example", f"【联办】预警：办件 {number}")
    assert "食品经营许可" in letter.get_content()
    assert mailbox.envelopes == [("lianban@hall.example", ["w@hall.example"])]
    (posted,) = site.posted
    assert posted.path == "/in?a=1" and number in json.loads(posted.body)["text"]
    folder = services.settings.outside.sms_folder
    assert folder is not None
    (file,) = folder.iterdir()
    assert json.loads(file.read_text("utf-8"))["to"] == "13900000001"
    assert send_all(services) == (0, 0)
    assert all(row.sent_at == hall.clock.now() for row in rows(hall))


def test_what_fails_is_tried_again_with_growing_pauses_and_given_up_in_the_end(
    hall: Hall, connected: Connected, wants: Wants, site: WebServer
) -> None:
    services = connected()
    site.answer = lambda _posted: 503
    wants("window1", webhook=site.origin)
    notices(hall, 1)
    assert send_all(services) == (0, 1)
    for pause in PAUSES:
        hall.clock.advance(seconds=pause.total_seconds() - 1)
        assert send_all(services) == (0, 0)
        hall.clock.advance(seconds=1)
        assert send_all(services) == (0, 1)
    (row,) = rows(hall)
    assert (row.dead_at, row.next_at, row.attempts) == (hall.clock.now(), None, 6)
    assert row.fault == "503 Service Unavailable"
    assert set(site.keys()) == {row.key} and len(site.posted) == 6
    site.answer = lambda _posted: 204
    with services.database.writers() as session, session.begin():
        assert again(session, row.id, hall.clock.now())
    assert send_all(services) == (1, 0)
    with services.database.writers() as session, session.begin():
        assert not again(session, row.id, hall.clock.now()), "it has been sent"


def test_the_order_is_kept_when_the_first_fails_and_others_do_not_wait(
    hall: Hall, connected: Connected, wants: Wants, site: WebServer
) -> None:
    services = connected()
    wants("window1", webhook=f"{site.origin}/one")
    wants("window2", webhook=f"{site.origin}/two")
    site.answer = lambda posted: 500 if posted.path == "/one" else 204
    notices(hall, 4)
    assert send_all(services) == (4, 1)
    of = {name: [r.key for r in rows(hall) if r.address.endswith(name)] for name in ("one", "two")}
    assert site.keys("/two") == of["two"] and site.keys("/one") == of["one"][:1]
    site.answer = lambda _posted: 204
    site.posted.clear()
    assert send_all(services) == (0, 0), "the pause is not over"
    hall.clock.advance(minutes=1)
    assert send_all(services) == (4, 0)
    assert site.keys() == of["one"]


def test_a_dead_letter_lets_the_next_one_go(
    hall: Hall, connected: Connected, wants: Wants, mailbox: MailServer
) -> None:
    services = connected()
    mailbox.refuses["w@hall.example"] = "550 no such user"
    wants("window1", mail="w@hall.example")
    wants("window2", mail="x@hall.example")
    notices(hall, 2)
    assert send_all(services) == (2, 2)
    dead = [row for row in rows(hall) if row.dead_at]
    assert [row.fault for row in dead] == ["550 no such user"] * 2
    assert not waiting(hall)


def test_what_waits_for_the_morning_holds_up_nothing_that_is_overdue(
    hall: Hall, connected: Connected, wants: Wants, mailbox: MailServer
) -> None:
    services = connected()
    wants("window1", mail="w@hall.example")
    number = notices(hall, 0)
    hall.at("2026-03-02T22:00")
    tell(hall, number, "yellow", role="window")
    tell(hall, number, "purple", role="window")
    assert send_all(services) == (1, 0)
    hall.at("2026-03-03T07:59")
    assert send_all(services) == (0, 0)
    hall.at("2026-03-03T08:00")
    assert send_all(services) == (1, 0)
    assert [letter["Subject"][4:7] for letter in mailbox.letters] == ["超法定", "预警："]


def test_a_host_that_hangs_holds_up_nobody_else(
    hall: Hall, connected: Connected, wants: Wants, site: WebServer, mailbox: MailServer
) -> None:
    services = connected(timeout=0.5)
    others, release = Event(), Event()

    def answer(path: str) -> int:
        if path == "/hangs":
            assert others.wait(30), "the others were held up"
            release.wait(30)
        elif len(site.keys("/works")) == 5:
            others.set()
        return 204

    site.answer = lambda posted: answer(posted.path)
    wants("window1", webhook=f"{site.origin}/hangs")
    wants("window2", webhook=f"{site.origin}/works", mail="w@hall.example")
    notices(hall, 5)
    assert send_all(services) == (10, 1)
    release.set()
    assert len(waiting(hall)) == 5 and len(mailbox.letters) == 5
    assert {row.fault for row in rows(hall) if row.fault} == {"TimeoutError timed out"}


def send_elsewhere(settings: Settings, now: Any) -> None:
    """A scheduler in a process of its own."""
    database = connect(settings.database_url)
    send_all(Services(settings, FixedClock(now), database))
    database.close()


def process(services: Services) -> Any:
    started = PROCESSES.Process(
        target=send_elsewhere, args=(services.settings, services.clock.now())
    )
    started.start()
    return started


def test_who_dies_between_sending_and_writing_it_down_sends_it_again_under_the_same_key(
    hall: Hall, connected: Connected, wants: Wants, site: WebServer
) -> None:
    services = connected(timeout=30)
    wants("window1", webhook=site.origin)
    notices(hall, 2)
    fill(services)
    victim: list[int] = []
    begun = Event()

    def kill(_posted: object) -> int:
        begun.wait(30)
        os.kill(victim[0], signal.SIGKILL)
        return 204

    site.answer = kill
    sender = process(services)
    victim.append(sender.pid)
    begun.set()
    sender.join()
    assert sender.exitcode == -signal.SIGKILL
    first, second = (row.key for row in rows(hall))
    assert site.keys() == [first]
    site.answer = lambda _posted: 204
    assert send_all(services) == (0, 0), "it may still be sending"
    hall.clock.advance(seconds=LEASE.total_seconds() + 1)
    assert send_all(services) == (2, 0)
    assert site.keys() == [first, first, second]


def test_schedulers_in_two_processes_send_each_message_once_and_in_order(
    hall: Hall, connected: Connected, wants: Wants, site: WebServer
) -> None:
    services = connected(timeout=30)
    for username in ("window1", "window2", "lead", "supervisor", "auditor", "mayor"):
        wants(username, webhook=f"{site.origin}/{username}")
    number = notices(hall, 20)
    for role in ("window_lead", "supervisor", "auditor", "government"):
        for _ in range(20):
            tell(hall, number, role=role)
    crew = [process(services) for _ in range(2)]
    assert [sender.join() or sender.exitcode for sender in crew] == [0, 0]
    assert set(Counter(site.keys()).values()) == {1} and len(site.posted) == 120
    for username in ("window1", "window2", "lead", "supervisor", "auditor", "mayor"):
        mine = [row.key for row in rows(hall) if row.address.endswith(f"/{username}")]
        assert site.keys(f"/{username}") == mine


def test_the_clockwork_sends_beside_the_sweep_over_each_channel_for_itself(
    hall: Hall, connected: Connected, wants: Wants, site: WebServer
) -> None:
    services = connected()
    wants("window1", webhook=site.origin)
    notices(hall, 1)
    scheduler = BackgroundScheduler(timezone="Asia/Shanghai")
    schedule_sending(scheduler, services)
    names = {"fill-outbox", "send-mail", "send-sms", "send-webhook"}
    assert {job.id for job in scheduler.get_jobs()} == names
    for name in ("fill-outbox", "send-webhook"):
        scheduler.get_job(name).func()
        assert scheduler.get_job(name).next_run_time is not None, "there is a next turn"
    assert len(site.posted) == 1


def test_the_command_sends_once_and_says_how_much(
    hall: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hall.receive()
    monkeypatch.setenv("LIANBAN_DATABASE_URL", hall.services.settings.database_url)
    monkeypatch.setenv("LIANBAN_SMS_FOLDER", str(tmp_path / "sms"))
    monkeypatch.setenv("LIANBAN_QUIET", "")
    assert main(["send-notices", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"sent": 1, "failed": 0}
    assert len(list((tmp_path / "sms").iterdir())) == 1


def test_nothing_leaves_the_house_unless_the_settings_say_so(hall: Hall) -> None:
    assert channels_of(Outside()) == {}
    assert channels_of(Settings.from_env().outside) == {}
    hall.receive()
    assert send_all(hall.services) == (0, 0)


def test_a_message_that_cannot_be_sent_at_all_becomes_a_dead_letter(
    hall: Hall, connected: Connected, wants: Wants, site: WebServer
) -> None:
    services = connected()
    wants("window1", webhook=site.origin)
    notices(hall, 1)
    fill(services)
    assert send_all(connected(webhook_origins=("https://other.example",))) == (0, 1)
    (row,) = rows(hall)
    assert row.dead_at and row.fault == "not an allowed address" and not site.posted
