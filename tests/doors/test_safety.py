"""What a stranger, or a slip of the hand, cannot do: guess, borrow, mislead, flood, send twice."""

import re
from dataclasses import replace

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from server import MAX_UPLOAD
from server.auth import limiter
from server.db import Database
from server.demo import PASSWORD
from server.settings import SettingMalformed, Settings
from tests.apps import app_of
from tests.doors.people import JSON, someone
from tests.hall import Hall
from workflows.clock import FixedClock
from workflows.permissions import Role


def test_signing_in_is_limited(client: FlaskClient) -> None:
    limiter.enabled = True
    attempt = {"username": "window1", "password": "guess"}
    answers = [client.post("/sign-in", data=attempt).status_code for _ in range(7)]
    assert answers == [422] * 6 + [429]
    page = client.post("/sign-in", data={**attempt, "password": PASSWORD})
    assert (page.status_code, "操作过于频繁" in page.text) == (429, True)


def test_asking_with_codes_is_limited(client: FlaskClient) -> None:
    limiter.enabled = True
    answers = [client.post("/track", data={"number": "1"}).status_code for _ in range(61)]
    assert (answers[0], answers[-1]) == (404, 429)


@pytest.mark.parametrize(
    ("proxies", "said", "counted"),
    [
        (0, "10.0.0.1", "127.0.0.1"),  # whoever calls may say what they like
        (1, "10.0.0.1, 203.0.113.7", "203.0.113.7"),
        (2, "10.0.0.1, 203.0.113.7, 192.0.2.1", "203.0.113.7"),
        (2, "203.0.113.7", "127.0.0.1"),  # past one of the servers
    ],
)
def test_a_caller_is_counted_by_the_address_that_the_servers_in_front_have_seen(
    settings: Settings, clock: FixedClock, database: Database, proxies: int, said: str, counted: str
) -> None:
    app = app_of(replace(settings, proxies=proxies), clock, database)
    seen: list[str | None] = []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get("/health", headers={"X-Forwarded-For": said})
    assert seen == [counted]


def test_a_number_of_servers_that_makes_no_sense_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for wrong in ("-1", "one", ""):
        monkeypatch.setenv("LIANBAN_PROXIES", wrong)
        with pytest.raises(SettingMalformed):
            Settings.from_env()


@pytest.mark.parametrize("https", [True, False])
def test_the_cookie_is_kept_from_scripts_from_other_sites_and_from_the_open_line(
    settings: Settings, clock: FixedClock, database: Database, https: bool
) -> None:
    app = app_of(replace(settings, https=https), clock, database)
    app.config.update(WTF_CSRF_ENABLED=False)
    limiter.enabled = False
    answer = app.test_client().post("/sign-in", data={"username": "admin", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 302
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert ("Secure" in cookie) is https


def test_signing_in_forgets_what_the_browser_brought(client: FlaskClient, case: str) -> None:
    with client.session_transaction() as session:
        session["tracked"] = case
    client.post("/sign-in", data={"username": "admin", "password": PASSWORD})
    with client.session_transaction() as session:
        assert "tracked" not in session
    client.post("/sign-out")
    with client.session_transaction() as session:
        assert "_user_id" not in session


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example/", "/\t/evil.example/",
        "/\n/evil.example/", "javascript:alert(1)", "evil.example", "",
    ],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(client: FlaskClient, target: str) -> None:
    who = {"username": "admin", "password": PASSWORD, "next": target}
    location = client.post("/sign-in", data=who).location
    assert re.match(r"/(?![/\\\s])", f"{location} ") or location == "/"
    who["next"] = "/people?lang=en"
    assert client.post("/sign-in", data=who).location == "/people?lang=en"


def test_pages_are_never_kept_and_built_files_for_good(client: FlaskClient) -> None:
    page = client.get("/sign-in")
    assert page.headers["Cache-Control"] == "no-store"
    built = re.findall(r'"(/static/dist/assets/[^"]+)"', page.text)
    assert built
    for address in built:
        kept = client.get(address, buffered=True).headers
        assert "immutable" in kept["Cache-Control"]
    icon = client.get("/static/favicon.svg", buffered=True)
    assert "immutable" not in icon.headers["Cache-Control"]


def test_an_upload_that_is_too_large_is_refused_with_a_page(
    app: Flask, hall: Hall, case: str
) -> None:
    client = someone(app, hall, Role.DESIGNER, case)
    head = 'Content-Disposition: form-data; name="files"; filename="restaurant.bpmn"'
    body = f"--part\r\n{head}\r\n\r\n{'<' * MAX_UPLOAD}\r\n--part--\r\n"
    kind = "multipart/form-data; boundary=part"
    answer = client.post("/processes/restaurant/upload", data=body, content_type=kind)
    assert answer.status_code == 413
    assert "最多 4 MB" in answer.text
    assert "<h1>" in answer.text


def test_a_program_gets_codes_and_sentences(app: Flask, hall: Hall, case: str) -> None:
    client = someone(app, hall, Role.WINDOW, case)
    refused = client.post(f"/cases/{case}/accept", headers=JSON)
    assert refused.status_code == 409
    assert refused.json == {
        "code": "not_allowed_in_state",
        "message": "“待补正”状态下不能办理“受理并分发”。",
    }
    missing = client.get("/cases/1", headers=JSON)
    assert (missing.status_code, (missing.json or {})["code"]) == (404, "not_found")
    done = client.post(f"/cases/{case}/supplement", data={"materials": "M03"}, headers=JSON)
    assert done.json == {"number": case, "state": "submitted"}


def test_a_receipt_sent_twice_makes_one_case(app: Flask, hall: Hall, case: str) -> None:
    client = someone(app, hall, Role.WINDOW, case)
    page = client.get("/intake?process=restaurant").text
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    form = {
        "process": "restaurant", "token": token[1], "applicant_type": "company",
        "applicant_name": "金味餐饮有限公司", "applicant_number": "91330700MA29ABCD1G",
        "contact_name": "张三", "contact_phone": "13800000000",
        "contact_address": "中山路 88 号", "shop_name": "金味", "shop_address": "中山路 88 号",
        "catering_type": "hot", "truthful": "true",
    }  # fmt: skip
    first, second = (client.post("/cases", data=form) for _ in range(2))
    assert first.status_code == 303
    assert first.location == second.location
    assert hall.history(first.location.split("/")[2])[0].sequence == 1
    assert len(hall.actions(first.location.split("/")[2])) == 1


def test_the_language_chosen_before_signing_in_stays_chosen(app: Flask) -> None:
    client = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    client.get("/sign-in?lang=en")
    client.post("/sign-in", data={"username": "window1", "password": PASSWORD})
    assert '<html lang="en">' in client.get("/").text
    client.post("/sign-out")
    assert '<html lang="en">' in client.get("/sign-in").text


def test_two_pages_opened_at_once_after_signing_in_do_not_forget_each_others_forms(
    app: Flask,
) -> None:
    app.config.update(WTF_CSRF_ENABLED=True)
    browser = app.test_client()
    browser.get("/sign-in")
    with browser.session_transaction() as before:
        before["csrf_token"] = "0a" * 20
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/sign-in").text)
    assert token
    told = {"username": "window1", "password": PASSWORD, "csrf_token": token[1]}
    browser.post("/sign-in", data=told)
    with browser.session_transaction() as after:
        assert after["csrf_token"] not in ("", before["csrf_token"])
