"""我的提醒 and 提醒发送: people choose for themselves, administrators see what did not arrive."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from server.delivering import send_all
from server.outbox.filling import fill
from server.settings import Outside, Settings
from tests.doors.people import someone
from tests.hall import Hall
from tests.outbox.test_filling import rows, tell
from workflows.models import NoticeChoice
from workflows.permissions import Role


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """Text messages, into a folder that cannot be made: a file stands in its place."""
    (tmp_path / "sms").write_text("in the way")
    return replace(settings, outside=Outside(sms_folder=tmp_path / "sms"))


def chosen(hall: Hall, username: str) -> NoticeChoice | None:
    with hall.read() as session:
        return session.get(NoticeChoice, hall.actor(username).person_id)


def test_a_person_chooses_channels_for_lights(app: Flask, hall: Hall, case: str) -> None:
    client = someone(app, hall, Role.WINDOW, case)
    page = client.get("/my/reminders").text
    assert page.count('value="sms" checked') == 2, "red and purple, as the settings say"
    assert "20:00-08:00" in page and 'name="mail"' not in page
    data = {"sms": " 13900000001 ", "language": "en", "light.yellow": "sms", "light.red": "mail"}
    assert client.post("/my/reminders", data=data).status_code == 303
    kept = chosen(hall, "window1")
    assert kept is not None and (kept.sms, kept.language) == ("13900000001", "en")
    assert kept.channels["yellow"] == ["mail", "sms"]
    assert kept.channels["red"] == ["mail"], "the page does not show mail, and does not lose it"
    assert chosen(hall, "window2") is None
    assert hall.history("organisation")[-1].action == "import_organisation"


def test_an_address_that_could_not_be_reached_is_refused_in_its_place(
    app: Flask, hall: Hall, case: str
) -> None:
    client = someone(app, hall, Role.WINDOW, case)
    for wrong in ("12345", "13900000001\r\n13900000002", "1" * 300):
        answer = client.post("/my/reminders", data={"sms": wrong})
        assert answer.status_code == 422 and "请填写 11 位手机号" in answer.text
    assert chosen(hall, "window1") is None


def test_without_a_channel_the_page_says_so(app: Flask, hall: Hall, case: str) -> None:
    services = app.extensions["lianban"]
    plain = replace(services.settings, outside=Outside())
    app.extensions["lianban"] = replace(services, settings=plain)
    client = someone(app, hall, Role.WINDOW, case)
    assert "提醒只显示在工作台上" in client.get("/my/reminders").text


def test_an_administrator_sees_why_and_sends_again(
    app: Flask, hall: Hall, settings: Settings, case: str
) -> None:
    assert settings.outside.sms_folder is not None
    fill(hall.services)
    send_all(hall.services)
    failed = rows(hall)[0]
    client = someone(app, hall, Role.ADMIN, case)
    page = client.get("/outbox").text
    assert "FileExistsError" in page and case in page and "申请人" in page
    assert "13800000000" not in page and "金味" not in page
    assert client.get("/outbox?stage=waiting").status_code == 200
    settings.outside.sms_folder.unlink()
    assert client.post(f"/outbox/{failed.id}").status_code == 303
    sent, _ = send_all(hall.services)
    assert sent and (settings.outside.sms_folder / f"{failed.key}.json").exists()
    assert client.post(f"/outbox/{failed.id}").status_code == 404, "it has arrived"


def test_what_people_chose_is_what_they_get(app: Flask, hall: Hall, case: str) -> None:
    client = someone(app, hall, Role.WINDOW, case)
    client.post("/my/reminders", data={"sms": "13900000001", "light.yellow": "sms"})
    before = fill(hall.services)
    for light in ("yellow", "red"):
        tell(hall, case, light, role="window")
    assert before and fill(hall.services) == 1
    assert rows(hall)[-1].address == "13900000001" and rows(hall)[-1].light == "yellow"
