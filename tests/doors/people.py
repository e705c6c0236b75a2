"""Coming to the doors of the house: as someone of every role, as an applicant, as nobody."""

from flask import Flask
from flask.testing import FlaskClient

from tests.hall import Hall
from workflows.permissions import Role

#: Someone of every role who can sign in.
PEOPLE = {
    Role.WINDOW: "window1", Role.WINDOW_LEAD: "lead", Role.APPROVER: "sj.handler",
    Role.GOVERNMENT: "mayor", Role.SUPERVISOR: "supervisor", Role.AUDITOR: "auditor",
    Role.DESIGNER: "designer1", Role.ADMIN: "admin",
}  # fmt: skip
JSON = {"Accept": "application/json"}


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
