"""附件 through the door: what comes in, who reads it, and what a browser may do with it."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.doors.people import JSON, someone
from tests.files import DOCX, HTML, PDF, PNG, SVG, TEXT
from tests.hall import Hall
from workflows.models import Attachment
from workflows.permissions import Role


def upload(client: FlaskClient, case: str, data: bytes, name: str, **more: str) -> TestResponse:
    """Post a file as a browser does."""
    form = {"file": (BytesIO(data), name), **more}
    return client.post(f"/cases/{case}/attach", data=form, content_type="multipart/form-data")


@pytest.fixture
def window(app: Flask, hall: Hall, case: str) -> FlaskClient:
    return someone(app, hall, Role.WINDOW, case)


def rows(hall: Hall) -> list[Attachment]:
    with hall.read() as session:
        return list(session.scalars(select(Attachment).order_by(Attachment.id)))


def test_a_file_comes_in_and_is_read_again(window: FlaskClient, hall: Hall, case: str) -> None:
    answer = upload(window, case, PDF, "现场 勘查.pdf")
    assert (answer.status_code, answer.location) == (303, f"/cases/{case}#files")
    [row] = rows(hall)
    assert (row.name, row.media_type, row.size) == ("现场 勘查.pdf", "application/pdf", len(PDF))
    assert "现场 勘查.pdf" in window.get(f"/cases/{case}").text
    assert "<iframe" in window.get(f"/attachments/{row.id}").text
    answer = window.get(f"/attachments/{row.id}/content", buffered=True)
    assert answer.data == PDF
    head = answer.headers["Content-Disposition"]
    assert head.startswith("inline")
    assert unquote(head.rpartition("''")[2]) == "现场 勘查.pdf"
    kept = window.get(f"/attachments/{row.id}/content?download=1", buffered=True)
    assert kept.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("data", "name", "shown", "disposition"),
    [
        (PNG, "a.png", "<img class", "inline"), (PDF, "a.pdf", "<iframe", "inline"),
        (TEXT, "a.txt", "<pre", "attachment"), (DOCX, "a.docx", "不能在页面中预览", "attachment"),
    ],
)  # fmt: skip
def test_pictures_pdf_and_text_are_shown_and_the_rest_is_downloaded(  # noqa: PLR0913
    window: FlaskClient, hall: Hall, case: str, data: bytes, name: str, shown: str,
    disposition: str,
) -> None:  # fmt: skip
    upload(window, case, data, name)
    [row] = rows(hall)
    assert shown in window.get(f"/attachments/{row.id}").text
    headers = window.get(f"/attachments/{row.id}/content", buffered=True).headers
    assert headers["Content-Disposition"].startswith(disposition)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "空.pdf", "file_empty"), (HTML, "照片.png", "file_active"),
        (SVG, "图.svg", "file_active"), (SVG, "图.png", "file_active"),
        (PNG + HTML, "照片.png", "file_active"), (b"MZ\x90\x00", "a.pdf", "kind_not_taken"),
    ],
)  # fmt: skip
def test_what_is_not_a_harmless_file_is_refused_and_nothing_is_kept(  # noqa: PLR0913
    window: FlaskClient, hall: Hall, case: str, tmp_path: Path, data: bytes, name: str, code: str
) -> None:
    form = {"file": (BytesIO(data), name)}
    answer = window.post(f"/cases/{case}/attach", data=form, headers=JSON)
    assert (answer.status_code, (answer.json or {})["code"]) == (422, code)
    assert rows(hall) == []
    assert not list(tmp_path.glob("attachments/??/*"))
    page = upload(window, case, data, name)
    assert page.status_code == 422
    assert f"“{name}”" in page.text


def test_no_file_at_all_is_refused(window: FlaskClient, case: str) -> None:
    answer = window.post(f"/cases/{case}/attach", data={"item": ""}, headers=JSON)
    assert (answer.json or {})["code"] == "file_missing"


def test_a_name_with_folders_and_lines_is_only_a_name(
    window: FlaskClient, hall: Hall, case: str, tmp_path: Path
) -> None:
    name = "..%2F..%2Fetc%2Fcron.d%2Fx%0D%0ASet-Cookie%3A%20a%3Db.pdf"
    head = f"Content-Disposition: form-data; name=file; filename*=UTF-8''{name}\r\n\r\n"
    body = b"--part\r\n" + head.encode() + PDF + b"\r\n--part--\r\n"
    kind = "multipart/form-data; boundary=part"
    answer = window.post(f"/cases/{case}/attach", data=body, content_type=kind)
    assert answer.status_code == 303
    [row] = rows(hall)
    assert row.name == "xSet-Cookie_ a=b.pdf"
    [kept] = tmp_path.glob("attachments/??/*")
    assert kept.name == row.sha256
    headers = window.get(f"/attachments/{row.id}/content", buffered=True).headers
    assert "\n" not in headers["Content-Disposition"]


def test_two_gigabytes_are_refused_before_they_are_read(window: FlaskClient, case: str) -> None:
    announced: dict[str, Any] = {"CONTENT_LENGTH": str(2 * 1024**3)}
    kind = "multipart/form-data; boundary=part"
    answer = window.post(
        f"/cases/{case}/attach", input_stream=BytesIO(b"--part\r\n"), content_type=kind,
        environ_overrides=announced, headers=JSON,
    )  # fmt: skip
    assert answer.status_code == 413
    assert "最多 20 MB" in (answer.json or {})["message"]


def test_the_limit_is_that_of_the_settings_and_of_those_who_may_attach(
    app: Flask, hall: Hall, case: str, window: FlaskClient
) -> None:
    large = PDF + b"\n" * (5 * 1024**2)
    assert upload(window, case, large, "大.pdf").status_code == 303
    app.config["WTF_CSRF_ENABLED"] = True  # the token is looked for in the form
    designer = someone(app, hall, Role.DESIGNER, case)
    assert upload(designer, case, large, "大.pdf").status_code == 413
    assert upload(window, case, large, "大.pdf").status_code == 400
    app.config["WTF_CSRF_ENABLED"] = False
    page = upload(window, case, PDF + b"\n" * (20 * 1024**2), "太大.pdf")
    assert page.status_code == 413


def test_the_same_bytes_are_kept_once(
    window: FlaskClient, hall: Hall, case: str, tmp_path: Path
) -> None:
    for name in ("甲.pdf", "乙.pdf"):
        upload(window, case, PDF, name)
    assert [row.name for row in rows(hall)] == ["甲.pdf", "乙.pdf"]
    assert len(list(tmp_path.glob("attachments/??/*"))) == 1


def test_two_who_send_the_same_at_once_have_one_file_and_two_rows(
    app: Flask, hall: Hall, case: str, tmp_path: Path
) -> None:
    clients = [someone(app, hall, Role.WINDOW, case) for _ in range(4)]
    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(lambda client: upload(client, case, PDF, "同一份.pdf"), clients))
    assert [answer.status_code for answer in answers] == [303] * 4
    assert len(rows(hall)) == 4
    [kept] = tmp_path.glob("attachments/??/*")
    assert kept.read_bytes() == PDF


def test_who_sees_no_case_reads_no_attachment(
    app: Flask, hall: Hall, case: str, window: FlaskClient
) -> None:
    upload(window, case, TEXT, "说明.txt")
    [row] = rows(hall)
    for who in (Role.DESIGNER, Role.ADMIN):
        client = someone(app, hall, who, case)
        for address in (f"/attachments/{row.id}", f"/attachments/{row.id}/content"):
            answer = client.get(address)
            assert answer.status_code == 403
            assert "现场照片" not in answer.text
    assert someone(app, hall, None, case).get(f"/attachments/{row.id}").status_code == 302


def test_an_applicant_sees_what_was_marked_and_of_the_own_case_only(
    app: Flask, hall: Hall, case: str, window: FlaskClient
) -> None:
    upload(window, case, PDF, "内部.pdf")
    upload(window, case, PNG, "给您.png", for_applicant="true")
    inner, marked = rows(hall)
    applicant = someone(app, hall, Role.APPLICANT, case)
    page = applicant.get("/track/progress").text
    assert "给您.png" in page
    assert "内部.pdf" not in page
    assert applicant.get(f"/track/attachments/{inner.id}").status_code == 404
    assert applicant.get(f"/attachments/{marked.id}/content").status_code == 302
    answer = applicant.get(f"/track/attachments/{marked.id}", buffered=True)
    assert answer.data == PNG
    assert answer.headers["Content-Disposition"].startswith("attachment")
    other = someone(app, hall, Role.APPLICANT, hall.receive())
    assert other.get(f"/track/attachments/{marked.id}").status_code == 404
    assert app.test_client().get(f"/track/attachments/{marked.id}").status_code == 404


def test_what_was_taken_away_is_gone_for_readers(
    app: Flask, hall: Hall, case: str, window: FlaskClient
) -> None:
    upload(window, case, PDF, "错的.pdf", for_applicant="true")
    [row] = rows(hall)
    assert window.post(f"/cases/{case}/detach", data={"attachment": row.id}).status_code == 303
    applicant = someone(app, hall, Role.APPLICANT, case)
    for client, address in (
        (window, f"/attachments/{row.id}"), (window, f"/attachments/{row.id}/content"),
        (applicant, f"/track/attachments/{row.id}"),
    ):  # fmt: skip
        assert client.get(address).status_code == 404
    assert "错的.pdf" in window.get(f"/cases/{case}").text, "the record stays"


def test_a_number_that_no_row_can_have_is_not_found(window: FlaskClient) -> None:
    for number in (2**31, 10**30):
        for address in (f"/attachments/{number}", f"/attachments/{number}/content"):
            assert window.get(address).status_code == 404
        assert window.post(f"/copies/{number}/read").status_code == 404


def test_bytes_that_are_lost_are_not_found_and_break_nothing(
    window: FlaskClient, hall: Hall, case: str, tmp_path: Path
) -> None:
    upload(window, case, TEXT, "说明.txt")
    [kept] = tmp_path.glob("attachments/??/*")
    kept.unlink()
    [row] = rows(hall)
    assert window.get(f"/attachments/{row.id}").status_code == 200
    assert window.get(f"/attachments/{row.id}/content").status_code == 404
