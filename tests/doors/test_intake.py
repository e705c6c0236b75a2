"""At the counter: what is written wrong is told at once, and nothing is lost on the way."""

from typing import Any

import pytest
from flask import Flask

from tests.doors.test_moving_pages import browser, page
from tests.hall import Hall

FORM = {
    "process": "restaurant", "token": "t", "applicant_type": "company", "applicant_name": "金味",
    "applicant_number": "91330700MA29ABCD1G", "contact_name": "张三",
    "contact_phone": "13800000000", "contact_address": "中山路 88 号", "shop_name": "金味",
    "shop_address": "中山路 88 号", "catering_type": "cold", "cold_room_m2": "12",
    "truthful": "true", "staff.0.name": "周丽", "staff.0.number": "330702199203154615",
    "staff.0.work": "cook", "staff.1.name": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"applicant_number": "91330700MA29ABCD1X"}, "第 18 位应为“G”，现为“X”"),
        ({"applicant_type": "person"}, "居民身份证号第 9 位“M”不对，这一位应为数字"),
        ({"contact_phone": "1380000000"}, "联系电话应为 11 位手机号码"),
        ({"cold_room_m2": ""}, "请填写“专间面积”"),
        ({"staff.0.number": "330702920315461"}, "第 1 行：“居民身份证号”：这是 15 位的旧"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_still_stands_there(
    app: Flask, hall: Hall, changes: dict[str, Any], sentence: str
) -> None:
    answer = browser(app, hall, "window1").post("/cases", data={**FORM, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="周丽"' in answer.text


def test_the_rows_and_what_is_computed_from_them_stand_on_the_case_page(
    app: Flask, hall: Hall
) -> None:
    clerk = browser(app, hall, "window1")
    received = clerk.post("/cases", data=FORM)
    assert received.status_code == 303
    number = received.location.split("/")[2]
    assert hall.case(number).form["staff"] == [
        {"name": "周丽", "number": "330702199203154615", "work": "cook"}
    ]
    shown = page(clerk, f"/cases/{number}")
    assert "周丽 · 330702199203154615 · 厨师" in shown
    assert "从业人员人数" in shown and "1 人" in shown


def test_one_more_row_keeps_everything_that_was_written(app: Flask, hall: Hall) -> None:
    clerk = browser(app, hall, "window1")
    given = {key: value for key, value in FORM.items() if key != "token"}
    shown = clerk.get("/intake", query_string={**given, "more": "staff"}).text
    assert 'name="staff.2.name"' in shown and 'name="staff.3.name"' not in shown
    assert 'value="周丽"' in shown and 'value="91330700MA29ABCD1G"' in shown
