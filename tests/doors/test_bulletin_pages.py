"""The pages of a bulletin: from a period to a signed paper."""

from flask import Flask

from tests.doors.people import someone
from tests.hall import Hall
from workflows.permissions import Role


def test_a_bulletin_is_drafted_edited_signed_and_printed(app: Flask, hall: Hall) -> None:
    number = hall.accepted()
    hall.at("2026-04-02T10:00")
    writer, signer = (someone(app, hall, who, number) for who in (Role.SUPERVISOR, Role.GOVERNMENT))
    drafted = writer.post("/watch/bulletins", data={"first": "2026-03-01", "last": "2026-03-31"})
    page = writer.get(drafted.location)
    assert "本期收件1件" in page.text and "sign-off" not in page.text
    words = {"summary": "三月平稳。", "problems": "窗口排队。", "next_steps": "增开窗口。"}
    assert writer.post(f"{drafted.location}/edit", data=words).status_code == 303
    assert writer.post(f"{drafted.location}/sign-off").status_code == 403
    assert writer.get(f"{drafted.location}.pdf").data.startswith(b"%PDF")
    assert signer.post(f"{drafted.location}/sign-off").status_code == 303
    archived = signer.get(drafted.location)
    assert "2026年第1期" in archived.text and "三月平稳。" in archived.text
    assert "textarea" not in writer.get(drafted.location).text
    assert signer.get(f"{drafted.location}.pdf").mimetype == "application/pdf"


def test_a_period_that_cannot_be_is_refused_with_what_was_written(app: Flask, hall: Hall) -> None:
    writer = someone(app, hall, Role.SUPERVISOR, hall.accepted())
    for first, last in (
        ("", ""),
        ("2026-03-31", "2026-03-01"),
        ("2026-02-01", "2026-03-02"),
        ("9999-01-01", "9999-12-31"),
    ):
        answer = writer.post("/watch/bulletins", data={"first": first, "last": last})
        assert answer.status_code == 422 and f'value="{last}"' in answer.text
    assert writer.get("/watch/bulletins/99").status_code == 404
