"""Files that are answers of a form: taken in with it, and still there when it is shown again.

A browser cannot fill in a file a second time.  So its bytes go into the store at once, and the
form carries a slip: what is known of the file, signed, so that nobody can hand in what another
has stored.
"""

from typing import Any

from flask import current_app, g, request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import FileStorage, MultiDict

from server.form_fields import FILE, Form
from server.labels import refusal_sentence
from server.uploads import size_words, store, take
from workflows.actions.files import is_file
from workflows.errors import WorkflowError
from workflows.models.attachment import MEDIA

#: Behind the name of a question: the file itself, and that the one sent before is not wanted.
SENT, DROP = ".file", ".drop"


def taken(form: Form, posted: MultiDict[str, str]) -> tuple[MultiDict[str, str], dict[str, str]]:
    """What was posted, with a slip for each file that came, and what is wrong with those.

    Whoever shows the page again in this request finds it under `again`.
    """
    given = MultiDict(posted)
    errors: dict[str, str] = {}
    for field in form.fields:
        if field.type != FILE:
            continue
        if field.key + DROP in given:
            given.pop(field.key, None)
        sent = request.files.get(field.key + SENT)
        if sent is None or not sent.filename:
            continue
        try:
            given[field.key] = _slip(sent, field.accept)
        except WorkflowError as refused:
            errors[field.key] = f"{field.label}：{refusal_sentence(refused)}"
        except ValueError as wrong:
            errors[field.key] = str(wrong)
    g.taken = given
    return given, errors


def again() -> MultiDict[str, str]:
    """What was posted, to show it again: with the slips of what came with it."""
    found: MultiDict[str, str] = g.get("taken", request.form)
    return found


def _slip(sent: FileStorage, accept: tuple[str, ...]) -> str:
    facts = take(sent)
    endings = MEDIA[facts["media_type"]]
    if accept and not set(endings) & set(accept):
        kinds = " ".join(accept)
        raise ValueError(_("“%(name)s”不是要求的类型：%(kinds)s", name=facts["name"], kinds=kinds))
    return _signer().dumps(facts)


def read_slip(slip: str) -> dict[str, Any] | None:
    """What a slip says of a file that is still in the store; None for anything else."""
    try:
        facts = _signer().loads(slip)
    except BadSignature:
        return None
    here = is_file(facts) and store().path(facts["sha256"]).exists()
    return facts if here else None


def shown(answer: object) -> dict[str, Any] | None:
    """A file as a form shows it again: its slip, its name and its size."""
    facts = read_slip(answer) if isinstance(answer, str) else answer
    if not is_file(facts):
        return None
    assert isinstance(facts, dict)
    kept = {name: facts[name] for name in ("name", "media_type", "size", "sha256")}
    slip = answer if isinstance(answer, str) else _signer().dumps(kept)
    return {"slip": slip, "name": facts["name"], "size": size_words(facts["size"])}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="a file of a form")
