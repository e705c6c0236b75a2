"""批量: one action on many tasks, each in a transaction of its own, with a result for each.

Sent twice, the second time finds each task done and says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from server import forms
from server.auth import actor, door
from server.context import acting, reader
from server.errors import refused
from server.handing import colleagues
from server.labels import refusal_sentence
from server.published_forms import form_of
from server.reading import FormInvalid
from workflows.actions import ACTIONS, Action, Context, perform
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseItem, Task

bulk = Blueprint("bulk", __name__)

MOST_ROWS = 200


class NothingChosen(WorkflowError):
    """An action on many tasks needs some."""

    sentence = N_("请先勾选要办理的任务。")


class TooManyRows(WorkflowError):
    """One request does so much and no more."""

    sentence = N_("一次最多办理 %(most)s 件，您勾选了 %(count)s 件。")


class MoreThanAnOpinion(WorkflowError):
    """The form of this step asks for what differs from case to case."""

    sentence = N_("这个环节的表单还要填写“%(label)s”，不能批量办理，请打开任务单独办理。")


#: What is written for all of them at once.
Given = Mapping[str, str]


@dataclass(frozen=True)
class Chosen:
    """A task that was ticked, with its case and item."""

    task: Task
    item: CaseItem
    case: Case


@dataclass(frozen=True)
class Verb:
    """What can be done with many tasks: its words, the action, in which list, and what it needs.

    An opinion is written beside the list; to whom they go is asked on a page of its own.
    """

    label: str
    action: Callable[[Chosen, Given], Action]
    of: str = "open"
    opinion: bool = False
    person: bool = False


def _sign_for(row: Chosen, _given: Given) -> Action:
    return ACTIONS["sign_for"](task=row.task.id)  # type: ignore[call-arg]


def _claim(row: Chosen, _given: Given) -> Action:
    return ACTIONS["claim"](task=row.task.id)  # type: ignore[call-arg]


def _forward(row: Chosen, given: Given) -> Action:
    return ACTIONS["forward"](task=row.task.id, to=given["to"], reason=given["reason"])  # type: ignore[call-arg]


def _agree(row: Chosen, given: Given) -> Action:
    """An agreement, where the form of the step needs no more than an opinion."""
    form, opinion = form_of(row.case.version, row.task.form), given["opinion"]
    data, errors = forms.validate(form, MultiDict({"opinion": opinion}))
    others = [
        field.label for field in form.fields if field.key in errors and field.key != "opinion"
    ]
    if others:
        raise MoreThanAnOpinion(label=others[0])
    if errors:
        raise FormInvalid(errors)
    return ACTIONS["give_opinion"](  # type: ignore[call-arg]
        task=row.task.id, conclusion="agree", opinion=opinion, form=data
    )


#: Action → how it is done with many tasks.
VERBS: dict[str, Verb] = {
    "claim": Verb(N_("批量认领"), _claim, "pool"),
    "sign_for": Verb(N_("批量签收"), _sign_for),
    "forward": Verb(N_("批量转办"), _forward, person=True),
    "give_opinion": Verb(N_("批量同意"), _agree, opinion=True),
}

WANTED = {"to": N_("请选择转给谁。"), "reason": N_("请填写转交理由。")}


@dataclass(frozen=True)
class Result:
    """What became of one task: done, or the sentence of the refusal."""

    row: Chosen
    refusal: str | None


@bulk.post("/bulk/<name>")
def act_on_many(name: str) -> ResponseReturnValue:
    """Do it with every task that was ticked, one after the other; a refusal stops no other."""
    verb = VERBS.get(name)
    if verb is None:
        abort(404)
    door(name)
    ids = [int(one) for one in request.form.getlist("task") if one.isdecimal() and len(one) < 10]
    ids = list(dict.fromkeys(ids))
    if not ids:
        return refused(NothingChosen())
    if len(ids) > MOST_ROWS:
        return refused(TooManyRows(most=MOST_ROWS, count=len(ids)))
    given = {each: request.form.get(each, "").strip() for each in ("opinion", "to", "reason")}
    if verb.person and not (given["to"] and given["reason"]):
        return _whom(verb, _chosen(ids))
    context = acting(actor())
    results = [_one(row, verb, given, context) for row in _chosen(ids)]
    done = sum(1 for result in results if result.refusal is None)
    return render_template("bulk.html", verb=verb, results=results, done=done)


def _whom(verb: Verb, rows: list[Chosen]) -> ResponseReturnValue:
    """Ask to whom these tasks go, and why."""
    codes = list(dict.fromkeys(row.task.department_code for row in rows))
    people = {who: name for code in codes for who, name in colleagues(code)}
    asked = "to" in request.form
    empty = {each: _(sentence) for each, sentence in WANTED.items() if not request.form.get(each)}
    page = render_template(
        "bulk_whom.html", verb=verb, rows=rows, people=list(people.items()),
        errors=empty if asked else {}, reason=request.form.get("reason", ""),
    )  # fmt: skip
    return page, 422 if asked else 200


def _one(row: Chosen, verb: Verb, given: Given, context: Context) -> Result:
    """One task; whatever was read before belongs to another session than the one that acts."""
    try:
        perform(row.case.number, verb.action(row, given), context)
    except FormInvalid as invalid:
        return Result(row, next(iter(invalid.errors.values())))
    except WorkflowError as refusal:
        return Result(row, refusal_sentence(refusal))
    return Result(row, None)


def _chosen(ids: list[int]) -> list[Chosen]:
    """The tasks that were ticked, in their order."""
    query = (
        select(Task, CaseItem, Case)
        .join(CaseItem, CaseItem.id == Task.item_id)
        .join(Case, Case.id == Task.case_id)
        .where(Task.id.in_(ids))
    )
    found = {task.id: Chosen(task, item, case) for task, item, case in reader().execute(query)}
    return [found[key] for key in ids if key in found]
