"""Files that are answers: taken in with the form, there when it is shown again, kept with it."""

from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.doors.test_intake import FORM
from tests.doors.test_moving_pages import browser, page
from tests.evidence import refused
from tests.files import PDF, PNG
from tests.hall import Hall
from workflows.actions.detach import AttachmentOfForm, Detach
from workflows.actions.fields import FieldUnknown
from workflows.actions.publish_process import PublishProcess
from workflows.models import Attachment

HIDDEN = "fields: [{field: seats, right: write, steps: [review]}"


def sent(client: FlaskClient, address: str, form: dict[str, Any], **files: Any) -> TestResponse:
    """Post a form with files, as a browser does."""
    given = {f"{key}.file": (BytesIO(data), name) for key, (name, data) in files.items()}
    return client.post(address, data={**form, **given}, content_type="multipart/form-data")


def slip_in(text: str, key: str = "shop_photo") -> str:
    return unescape(text.partition(f'name="{key}" value="')[2].partition('"')[0])


def attached(hall: Hall) -> list[Attachment]:
    with hall.read() as session:
        return list(session.scalars(select(Attachment).order_by(Attachment.id)))


def test_a_file_survives_a_form_that_is_shown_again_and_becomes_an_attachment(
    app: Flask, hall: Hall
) -> None:
    clerk = browser(app, hall, "window1")
    wrong = {**FORM, "contact_phone": "1380000000"}
    again = sent(clerk, "/cases", wrong, shop_photo=("门面.png", PNG))
    assert again.status_code == 422 and "已选择：门面.png" in again.text
    assert attached(hall) == []
    received = clerk.post("/cases", data={**FORM, "shop_photo": slip_in(again.text)})
    [row] = attached(hall)
    assert (row.name, row.field, row.size) == ("门面.png", "shop_photo", len(PNG))
    number = received.location.split("/")[2]
    assert hall.case(number).form["shop_photo"]["attachment"] == row.id
    assert hall.history(number)[0].details["files"]["shop_photo"]["sha256"] == row.sha256
    shown = page(clerk, f"/cases/{number}")
    assert f'<a href="/attachments/{row.id}">门面.png</a>' in shown
    assert clerk.get(f"/attachments/{row.id}/content", buffered=True).data == PNG
    with refused(hall, AttachmentOfForm):
        hall.act("window1", number, Detach(row.id))


def test_a_slip_is_not_forged_and_a_file_is_of_the_kind_that_is_asked_for(
    app: Flask, hall: Hall
) -> None:
    clerk = browser(app, hall, "window1")
    forged = clerk.post("/cases", data={**FORM, "shop_photo": '{"sha256":"0a"}'})
    assert "“经营场所门面照片”的文件已经失效，请重新选择" in forged.text
    plan = sent(clerk, "/cases", FORM, shop_photo=("图.pdf", PDF))
    assert "“图.pdf”不是要求的类型：.png .jpg .jpeg .webp" in plan.text
    active = sent(clerk, "/cases", FORM, shop_photo=("图.png", b"<script>"))
    assert "含有网页、脚本" in active.text
    assert attached(hall) == []


def test_a_draft_keeps_the_file_until_it_is_not_wanted(app: Flask, hall: Hall) -> None:
    clerk = browser(app, hall, "window1")
    sent(clerk, "/intake/draft", {**FORM, "then": "items"}, shop_photo=("门面.png", PNG))
    shown = page(clerk, "/intake?process=restaurant")
    assert "已选择：门面.png" in shown
    form = {**FORM, "shop_photo": slip_in(shown), "shop_photo.drop": "true"}
    received = clerk.post("/cases", data=form)
    assert attached(hall) == [] and "shop_photo" in hall.case(received.location.split("/")[2]).form


def test_who_may_not_see_the_answer_does_not_get_the_file_either(app: Flask, hall: Hall) -> None:
    hall.publish((HIDDEN, HIDDEN.replace("[{", "[{field: shop_photo, right: hide}, {")))
    clerk = browser(app, hall, "window1")
    received = sent(clerk, "/cases", FORM, shop_photo=("门面.png", PNG))
    number = received.location.split("/")[2]
    [row] = attached(hall)
    everyone = {m.code for m in hall.case(number).materials if not m.fetched}
    clerk.post(f"/cases/{number}/hand_in", data={"materials": sorted(everyone)})
    clerk.post(f"/cases/{number}/accept", data={})
    handler = browser(app, hall, "wj.handler")
    task = hall.task(number, "R13").id
    assert "门面.png" in page(handler, f"/tasks/{task}"), "who handles another item sees it"
    food = browser(app, hall, "sj.approver")
    assert "门面.png" not in page(food, f"/tasks/{hall.task(number, 'R08').id}")
    assert clerk.get(f"/attachments/{row.id}").status_code == 200


def test_a_step_asks_for_a_file_and_it_stands_with_its_opinion(app: Flask, hall: Hall) -> None:
    upload = hall.upload()
    opinion = upload.forms["opinion"]
    photo = {"type": "filepicker", "key": "photo", "label": "现场照片",
             "validate": {"required": True}}  # fmt: skip
    forms = {**upload.forms, "opinion": {**opinion, "components": [*opinion["components"], photo]}}
    version = hall.act("designer1", "restaurant", replace(upload, forms=forms))
    hall.act("designer2", version.key, PublishProcess())
    number = hall.accepted()
    hall.sign_for(number, "R08")
    task = hall.task(number, "R08")
    client = browser(app, hall, "sj.handler")
    assert 'enctype="multipart/form-data"' in page(client, f"/tasks/{task.id}")
    form = {"task": str(task.id), "conclusion": "agree", "opinion": "已到现场"}
    address = f"/cases/{number}/give_opinion"
    assert "请选择“现场照片”" in client.post(address, data=form).text
    assert sent(client, address, form, photo=("现场.pdf", PDF)).status_code == 303
    [row] = attached(hall)
    assert (row.task_id, row.item_id, row.field) == (task.id, task.item_id, "photo")
    assert hall.history(number)[-1].details["files"]["photo"]["file"] == "现场.pdf"
    shown = page(browser(app, hall, "sj.checker"), f"/tasks/{hall.task(number, 'R08').id}")
    assert f'<a href="/attachments/{row.id}">现场.pdf</a>' in shown


def test_no_step_is_given_a_file_of_the_application_to_write(hall: Hall) -> None:
    upload = hall.upload((HIDDEN, HIDDEN.replace("[{", "[{field: shop_photo, right: write}, {")))
    with refused(hall, FieldUnknown):
        hall.act("designer1", "restaurant", upload)
