"""Each channel for itself: what it sends, whom it refuses, and what cannot be smuggled in."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.channels import channels_of
from server.channels.mail import Mail
from server.channels.message import Message, NotDelivered
from server.channels.sms import SmsFolder, parts_of
from server.channels.webhook import Webhook, signature
from server.settings import Outside, SettingMalformed
from tests.outbox.other_side import MailServer, WebServer

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def message(address: str, subject: str = "预警", text: str = "到期") -> Message:
    return Message("330700-n1-x-1", address, subject, text, "yellow", NOON)


def test_a_line_break_in_a_name_makes_no_header(outside: Outside, mailbox: MailServer) -> None:
    evil = "王\r\nBcc: all@hall.example\r\n\r\n正文"
    Mail(outside).send(message("w@hall.example", evil, f"{evil}\r\n.\r\nMAIL FROM:<x@y.example>"))
    (letter,) = mailbox.letters
    assert letter["Bcc"] is None and letter["Subject"] == "王 Bcc: all@hall.example 正文"
    assert mailbox.envelopes == [("lianban@hall.example", ["w@hall.example"])]
    assert letter["Message-ID"] == "<330700-n1-x-1@hall.example>"
    assert "MAIL FROM" in letter.get_content(), "it is text, and stays text"


@pytest.mark.parametrize(
    "address",
    ["", "a@b", "a b@c.example", "a@b.example\r\nRCPT TO:<x@y.example>", "a@b.example,x@y.example",
     "<a@b.example>", "a@b.example\n"],
)  # fmt: skip
def test_mail_goes_to_one_plain_address(
    outside: Outside, mailbox: MailServer, address: str
) -> None:
    with pytest.raises(NotDelivered) as refusal:
        Mail(outside).send(message(address))
    assert refusal.value.for_good and not mailbox.envelopes


def test_a_full_mailbox_is_tried_again_and_an_unknown_one_is_not(
    outside: Outside, mailbox: MailServer
) -> None:
    mailbox.refuses |= {"full@hall.example": "452 full", "who@hall.example": "550 unknown"}
    for address, for_good in (("full@hall.example", False), ("who@hall.example", True)):
        with pytest.raises(NotDelivered) as refusal:
            Mail(outside).send(message(address))
        assert refusal.value.for_good is for_good


def test_mail_is_not_sent_in_the_clear_where_encryption_is_asked_for(
    outside: Outside, mailbox: MailServer
) -> None:
    for encryption in ("starttls", "tls"):
        with pytest.raises((NotDelivered, OSError)):
            Mail(replace(outside, smtp_encryption=encryption)).send(message("w@hall.example"))
    assert not mailbox.letters


def test_settings_come_from_the_environment_and_a_misspelled_one_is_refused() -> None:
    found = {
        "LIANBAN_SMTP_HOST": "mail.hall.example", "LIANBAN_SMTP_PORT": "587",
        "LIANBAN_WEBHOOK_ORIGINS": "https://im.example, http://10.0.0.1:8080",
        "LIANBAN_SMS_FOLDER": "out/sms", "LIANBAN_TIMEOUT": "2.5", "LIANBAN_QUIET": "",
    }  # fmt: skip
    outside = Outside.from_env(found)
    assert (outside.smtp_port, outside.timeout, outside.quiet) == (587, 2.5, "")
    assert outside.webhook_origins == ("https://im.example", "http://10.0.0.1:8080")
    assert outside.sms_folder == Path("out/sms") and list(channels_of(outside)) == [
        "mail", "sms", "webhook",
    ]  # fmt: skip
    for name, value in (("SMTP_ENCRYPTION", "ssl"), ("SMTP_PORT", "many")):
        with pytest.raises(SettingMalformed):
            Outside.from_env({f"LIANBAN_{name}": value})


def test_a_webhook_is_signed_over_its_body(outside: Outside, site: WebServer) -> None:
    Webhook(outside).send(message(f"{site.origin}/in"))
    (posted,) = site.posted
    assert posted.signature == signature("between us", posted.body)
    assert json.loads(posted.body) == {
        "id": "330700-n1-x-1", "at": NOON.isoformat(), "light": "yellow",
        "subject": "预警", "text": "到期",
    }  # fmt: skip


def test_a_webhook_follows_no_redirect(outside: Outside, site: WebServer) -> None:
    site.answer = lambda _posted: 302
    with pytest.raises(NotDelivered, match="302"):
        Webhook(outside).send(message(f"{site.origin}/in"))
    assert [posted.path for posted in site.posted] == ["/in"]


def test_a_webhook_goes_to_allowed_origins_only(outside: Outside, site: WebServer) -> None:
    for address in (
        "http://127.0.0.1:1/in", f"https://127.0.0.1:{site.port}/", "file:///etc/passwd", "",
        f"http://user@127.0.0.1:{site.port}/", f"{site.origin}@other.example/",
        f"{site.origin}/a b", f"{site.origin}/\r\nX: 1", "http://[::1",
    ):  # fmt: skip
        assert not Webhook(outside).takes(address)
        with pytest.raises(NotDelivered) as refusal:
            Webhook(outside).send(message(address))
        assert refusal.value.for_good
    assert not site.posted


def test_a_text_message_is_one_whole_file_and_again_the_same_one(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "sms"
    for _ in range(2):
        SmsFolder(folder).send(message("13900000001", text="办件\n到期"))
    (file,) = folder.iterdir()
    assert json.loads(file.read_text("utf-8")) == {
        "id": "330700-n1-x-1", "to": "13900000001", "at": NOON.isoformat(), "parts": ["办件 到期"],
    }  # fmt: skip
    with pytest.raises(NotDelivered):
        SmsFolder(folder).send(message("0579-88888888"))


def test_a_long_text_message_is_split_so_that_nothing_is_lost() -> None:
    assert parts_of("字" * 70) == ["字" * 70]
    parts = parts_of("字" * 150)
    assert [len(part) for part in parts] == [67, 67, 16] and "".join(parts) == "字" * 150
