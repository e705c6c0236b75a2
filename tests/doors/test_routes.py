"""Every door of the house: who comes in, who does not, and what is told to those outside."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from server import DIAGRAMS, STYLED
from server.admin import ELSEWHERE
from server.auth import PUBLIC
from server.bulk import VERBS as VERBS_FOR_MANY
from server.complaints import VERBS as COMPLAINT_VERBS
from server.doors import PAGES, POSTS
from server.inspections import VERBS as INSPECTION_VERBS
from server.publishing import VERBS as VERSION_VERBS
from server.ratings import VERBS as RATING_VERBS
from tests.complaints import complained, examined
from tests.doors.people import JSON, PEOPLE, someone
from tests.engine.tables import FEE
from tests.files import PNG
from tests.hall import Hall
from tests.inspecting import filed
from tests.ratings import said
from tests.simulated import kept
from tests.watch.bulletins import drafted
from tests.watching import raised
from workflows.actions import ACTIONS as VERBS
from workflows.actions.base import CaseAction, OrganisationAction
from workflows.actions.cards import CardAction
from workflows.permissions import ACTIONS, STAFF, Role

#: POSTs that need no role: they are how one comes in and goes out.
PUBLIC_POSTS = {
    "auth.sign_in_posted", "auth.sign_out", "applicant.track_posted", "queue.take",
    "rating.give_on_site", "complaint.register", "complaint.asked",
}  # fmt: skip


@pytest.fixture
def values(app: Flask, hall: Hall, case: str) -> dict[str, Any]:
    """What stands in the addresses."""
    task = hall.task(hall.accepted(), "R01").id
    rating_id = said(hall, 1).id
    complaint = examined(hall, complained(hall)).number
    card = raised(hall).code
    file = someone(app, hall, Role.WINDOW, case)
    sent = {"file": (BytesIO(PNG), "图.png"), "for_applicant": "true"}
    assert file.post(f"/cases/{case}/attach", data=sent).status_code == 303
    designer = someone(app, hall, Role.DESIGNER, case)
    assert designer.post("/drafts/restaurant/begin").status_code == 303
    assert designer.post("/drafts/restaurant/files/fee.dmn", data={"text": FEE}).status_code == 303
    assert kept(hall) == 1
    assert drafted(hall).id == 1
    return {"number": case, "task_id": task, "process": "restaurant", "name": "restaurant",
            "test": "smallest.test.yaml", "table": "fee", "file": "restaurant.bpmn", "code": "R01",
            "section": "items", "attachment_id": 1, "copy_id": 1, "view_id": 1,
            "phrase_id": 1, "form": "application", "document": "receipt",
            "region": "cn", "year": 2027, "inspection": filed(hall).number,
            "rating_id": rating_id, "window": "3", "complaint": complaint, "card": card,
            "place": 1, "rule": "R01"}  # fmt: skip


def address(rule: Rule, values: dict[str, Any], name: str = "") -> str:
    """The address of a route, filled in."""
    filled = re.sub(r"<int:number>", "1", rule.rule)
    known = {**values, **({"name": name} if name else {})}
    if rule.endpoint.startswith("complaints."):
        known["number"] = values["complaint"]
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(known[part[1]]), filled)


def rules(app: Flask, method: str) -> list[Rule]:
    """The routes of one method."""
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def verbs(endpoint: str) -> list[str]:
    """The actions that a POST route leads to."""
    cases = [name for name, verb in VERBS.items() if issubclass(verb, CaseAction)]
    people = [name for name, verb in VERBS.items() if issubclass(verb, OrganisationAction)]
    cards = [name for name, verb in VERBS.items() if issubclass(verb, CardAction)]
    return {
        "actions.receive": ["receive"],
        "actions.act_on_case": [name for name in cases if name != "receive"],
        "publishing.upload": ["upload_process"],
        "publishing.hand_in": ["upload_process"],
        "publishing.act_on_version": list(VERSION_VERBS),
        "moving_cases.move": ["migrate_case"],
        "bulk.act_on_many": list(VERBS_FOR_MANY),
        "admin.act_on_people": [name for name in people if name not in ELSEWHERE],
        "export.sheet": ["export_list"],
        "statistics.sheet": ["export_list"],
        "bulletins.draft": ["draft_bulletin"],
        "bulletins.edit": ["edit_bulletin"],
        "bulletins.sign_off": ["sign_off_bulletin"],
        "calendars.confirm": ["import_calendar"],
        "inspections.file_one": ["file_inspection"],
        "inspections.act": list(INSPECTION_VERBS),
        "rating.give": ["give_rating"],
        "rating.correct": ["correct_rating"],
        "ratings.act": list(RATING_VERBS),
        "complaints.act": list(COMPLAINT_VERBS),
        "cards.issue": ["issue_card"],
        "cards.act_on_card": [name for name in cards if name != "issue_card"],
        "ladders.save": ["change_ladder"],
    }.get(endpoint, [])


WHO = [*PEOPLE, Role.APPLICANT, None]


def test_every_route_is_in_a_table(app: Flask) -> None:
    pages = {rule.endpoint for rule in rules(app, "GET")}
    assert pages == PAGES.keys() | PUBLIC
    posts = {rule.endpoint for rule in rules(app, "POST")}
    assert {one for one in posts if not verbs(one)} == PUBLIC_POSTS | POSTS.keys()
    reached = {name for endpoint in posts for name in verbs(endpoint)}
    by_itself = {"import_organisation", "lapse_follow_up", "recount_follow_up"}
    by_itself |= {"register_complaint"}  # anybody may complain
    assert reached == ACTIONS.keys() - by_itself
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


@pytest.mark.parametrize("who", WHO)
def test_what_is_no_action_is_open_to_the_roles_of_the_table_and_to_no_other(
    app: Flask, hall: Hall, case: str, values: dict[str, Any], who: Role | None
) -> None:
    client = someone(app, hall, who, case)
    for rule in rules(app, "POST"):
        if (roles := POSTS.get(rule.endpoint)) is None:
            continue
        status = client.post(address(rule, values)).status_code
        if who in roles:
            assert status not in (401, 403), f"{who} may not post to {rule}"
        else:
            assert status == (403 if who in STAFF else 401), f"{who} may post to {rule}"


def code_of(answer: TestResponse) -> str:
    """The code of a refusal; empty when it was none."""
    return str((answer.json or {}).get("code", ""))


def test_the_clock_s_own_actions_are_open_to_nobody() -> None:
    assert {name for name, roles in ACTIONS.items() if roles == {Role.SYSTEM}} == {
        "deem_accepted", "expire_supplement", "expire_consultation", "expire_attendance",
        "expire_deferral", "fire_timer", "warn", "escalate", "take_effect", "recount_deadlines",
        "lapse_follow_up", "recount_follow_up",
        "raise_card", "climb_card",
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


def test_every_page_has_the_strict_policy(
    app: Flask, hall: Hall, case: str, values: dict[str, Any]
) -> None:
    for rule in rules(app, "GET"):
        allowed = PAGES.get(rule.endpoint, frozenset()) & PEOPLE.keys()
        who = min(allowed) if allowed else None
        path = "/static/favicon.svg" if rule.endpoint == "static" else address(rule, values)
        headers = someone(app, hall, who, case).get(path, buffered=True).headers
        policy = dict(part.strip().partition(" ")[::2] for part in policy_of(headers))
        assert headers["X-Content-Type-Options"] == "nosniff"
        if rule.endpoint in (
            "files.content",
            "documents.show",
            "statistics.paper",
            "bulletins.paper",
        ):
            assert policy["default-src"] == "'none'"  # the bytes of somebody's file
            continue
        assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert ("style-src-attr" in policy) is (rule.endpoint in DIAGRAMS | STYLED), rule.endpoint
        assert ("style-src-elem" in policy) is (rule.endpoint in STYLED), rule.endpoint


def policy_of(headers: Any) -> list[str]:
    """The parts of the policy."""
    return str(headers["Content-Security-Policy"]).split(";")
