"""Every door of the house: who comes in, who does not, and what is told to those outside."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from server import DIAGRAMS, MAX_UPLOAD, create_app
from server.auth import PUBLIC, limiter
from server.db import Database
from server.demo import PASSWORD
from server.settings import Settings
from tests.hall import Hall
from workflows.actions import ACTIONS as VERBS
from workflows.actions.base import CaseAction, OrganisationAction
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.clock import FixedClock
from workflows.permissions import ACTIONS, PAGES, STAFF, Role

#: Someone of every role who can sign in.
PEOPLE = {
    Role.WINDOW: "window1", Role.WINDOW_LEAD: "lead", Role.APPROVER: "sj.handler",
    Role.GOVERNMENT: "mayor", Role.SUPERVISOR: "supervisor", Role.AUDITOR: "auditor",
    Role.DESIGNER: "designer1", Role.ADMIN: "admin",
}  # fmt: skip
#: POSTs that need no role: they are how one comes in and goes out.
PUBLIC_POSTS = {"auth.sign_in_posted", "auth.sign_out", "applicant.track_posted"}
JSON = {"Accept": "application/json"}


@pytest.fixture
def database_url(seeded_sqlite: Path, tmp_path: Path) -> str:
    """Doors do not know which database is behind them: SQLite is enough for them."""
    shutil.copy(seeded_sqlite, tmp_path / "lianban.db")
    return f"sqlite:///{tmp_path / 'lianban.db'}"


@pytest.fixture(autouse=True)
def unlimited(app: Flask) -> Iterator[None]:
    """Tests sign in more often than people do."""
    limiter.reset()
    limiter.enabled = False
    yield
    limiter.enabled = True


@pytest.fixture
def case(hall: Hall) -> str:
    """A case that was told once what is missing: every page of a case can be shown."""
    number = hall.receive(without=("M03",))
    hall.act("window1", number, ReturnForSupplement({"M03": "没有提交"}))
    return number


@pytest.fixture
def values(hall: Hall, case: str) -> dict[str, Any]:
    """What stands in the addresses."""
    task = hall.task(hall.accepted(), "R01").id
    return {"number": case, "task_id": task, "process": "restaurant", "name": "restaurant"}


def someone(app: Flask, hall: Hall, who: Role | None, case: str) -> FlaskClient:
    """A browser of a person of this role, of an applicant with a case, or of nobody."""
    client = app.test_client()
    with client.session_transaction() as session:
        if who is Role.APPLICANT:
            session["tracked"] = case
        elif who is not None:
            session["_user_id"] = str(hall.actor(PEOPLE[who]).person_id)
            session["_fresh"] = True
    return client


def address(rule: Rule, values: dict[str, Any], name: str = "") -> str:
    """The address of a route, filled in."""
    filled = re.sub(r"<int:number>", "1", rule.rule)
    known = {**values, **({"name": name} if name else {})}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(known[part[1]]), filled)


def rules(app: Flask, method: str) -> list[Rule]:
    """The routes of one method."""
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def verbs(endpoint: str) -> list[str]:
    """The actions that a POST route leads to."""
    cases = [name for name, verb in VERBS.items() if issubclass(verb, CaseAction)]
    people = [name for name, verb in VERBS.items() if issubclass(verb, OrganisationAction)]
    return {
        "actions.receive": ["receive"],
        "actions.act_on_case": [name for name in cases if name != "receive"],
        "actions.upload": ["upload_process"],
        "actions.publish": ["publish_process"],
        "admin.act_on_people": [name for name in people if not name.startswith("import")],
    }.get(endpoint, [])


WHO = [*PEOPLE, Role.APPLICANT, None]


def test_every_route_is_in_a_table(app: Flask) -> None:
    pages = {rule.endpoint for rule in rules(app, "GET")}
    assert pages == PAGES.keys() | PUBLIC
    posts = {rule.endpoint for rule in rules(app, "POST")}
    assert {endpoint for endpoint in posts if not verbs(endpoint)} == PUBLIC_POSTS
    reached = {name for endpoint in posts for name in verbs(endpoint)}
    assert reached == ACTIONS.keys() - {"import_organisation"}
    other = {"PUT", "PATCH", "DELETE"}
    assert not [rule for rule in app.url_map.iter_rules() if other & (rule.methods or set())]


@pytest.mark.parametrize("who", WHO)
def test_a_page_opens_for_the_roles_of_the_table_and_for_no_other(
    app: Flask, hall: Hall, case: str, values: dict[str, Any], who: Role | None
) -> None:
    client = someone(app, hall, who, case)
    for rule in rules(app, "GET"):
        if rule.endpoint in PUBLIC:
            continue
        answer = client.get(address(rule, values))
        if who in PAGES[rule.endpoint]:
            assert answer.status_code == 200, f"{who} cannot open {rule}"
        elif who in STAFF:
            assert answer.status_code == 403, f"{who} can open {rule}"
            assert "金味餐饮" not in answer.text
        else:
            assert answer.status_code == 302, f"{who} can open {rule}"
            assert answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("who", WHO)
def test_an_action_is_open_to_the_roles_of_the_table_and_to_no_other(
    app: Flask, hall: Hall, case: str, values: dict[str, Any], who: Role | None
) -> None:
    client = someone(app, hall, who, case)
    for rule in rules(app, "POST"):
        for name in verbs(rule.endpoint):
            answer = client.post(address(rule, values, name), headers=JSON)
            if who is None:
                assert answer.status_code == 401, f"nobody may {name}"
            elif who in ACTIONS[name]:
                assert code_of(answer) != "not_permitted", f"{who} may not {name}"
            else:
                assert answer.status_code == 403, f"{who} may {name}"
                assert code_of(answer) == "not_permitted"


def code_of(answer: TestResponse) -> str:
    """The code of a refusal; empty when it was none."""
    return str((answer.json or {}).get("code", ""))


def test_the_clock_s_own_actions_are_open_to_nobody() -> None:
    assert {name for name, roles in ACTIONS.items() if roles == {Role.SYSTEM}} == {
        "deem_accepted", "expire_supplement", "warn", "escalate",
    }  # fmt: skip


def test_an_applicant_reaches_the_own_case_only(app: Flask, hall: Hall, case: str) -> None:
    client = someone(app, hall, Role.APPLICANT, case)
    other = hall.receive()
    reason = {"reason": "不办了"}
    assert client.post(f"/cases/{other}/withdraw", data=reason).status_code == 403
    assert hall.case(other).state == "submitted"
    assert case in client.get("/track/progress").text
    assert client.post(f"/cases/{case}/withdraw", data=reason).status_code == 303
    assert hall.case(case).state == "withdrawn"


def test_a_wrong_query_code_opens_nothing(client: FlaskClient, hall: Hall, case: str) -> None:
    refused = client.post("/track", data={"number": case, "code": "WRONG1"})
    assert refused.status_code == 404
    assert client.get("/track/progress").status_code == 302
    code = hall.case(case).query_code.lower()
    assert client.post("/track", data={"number": case, "code": code}).status_code == 303


def test_every_post_needs_the_token_of_its_page(
    app: Flask, hall: Hall, case: str, values: dict[str, Any]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    for rule in rules(app, "POST"):
        for who in (Role.WINDOW, Role.DESIGNER, Role.ADMIN, None):
            for name in verbs(rule.endpoint) or [""]:
                answer = someone(app, hall, who, case).post(address(rule, values, name))
                assert answer.status_code == 400, f"{rule} takes a form from another site"
    assert hall.case(case).state == "supplementing"


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


@pytest.mark.parametrize("https", [True, False])
def test_the_cookie_is_kept_from_scripts_from_other_sites_and_from_the_open_line(
    settings: Settings, clock: FixedClock, database: Database, https: bool
) -> None:
    app = create_app(replace(settings, https=https), clock, database)
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


def test_every_page_has_the_strict_policy(
    app: Flask, hall: Hall, case: str, values: dict[str, Any]
) -> None:
    for rule in rules(app, "GET"):
        allowed = PAGES.get(rule.endpoint, frozenset()) & PEOPLE.keys()
        who = min(allowed) if allowed else None
        path = "/static/favicon.svg" if rule.endpoint == "static" else address(rule, values)
        headers = someone(app, hall, who, case).get(path, buffered=True).headers
        policy = dict(part.strip().split(" ", 1) for part in policy_of(headers))
        assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert ("style-src-attr" in policy) is (rule.endpoint in DIAGRAMS), rule.endpoint
        assert headers["X-Content-Type-Options"] == "nosniff"


def policy_of(headers: Any) -> list[str]:
    """The parts of the policy."""
    return str(headers["Content-Security-Policy"]).split(";")


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


def test_an_upload_that_is_too_large_is_refused_with_a_page(
    app: Flask, hall: Hall, case: str
) -> None:
    client = someone(app, hall, Role.DESIGNER, case)
    file = (BytesIO(b"<" * (MAX_UPLOAD + 1)), "restaurant.bpmn")
    answer = client.post("/processes/restaurant/upload", data={"files": file})
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
        "applicant_name": "金味餐饮有限公司", "applicant_number": "91330700MA29ABCD1X",
        "contact_name": "张三", "contact_phone": "13800000000",
        "contact_address": "中山路 88 号", "shop_name": "金味", "shop_address": "中山路 88 号",
        "catering_type": "hot", "truthful": "true",
    }  # fmt: skip
    first, second = (client.post("/cases", data=form) for _ in range(2))
    assert first.status_code == 303
    assert first.location == second.location
    assert hall.history(first.location.split("/")[2])[0].sequence == 1
    assert len(hall.actions(first.location.split("/")[2])) == 1
