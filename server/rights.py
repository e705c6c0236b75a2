"""Field rights: what of the application form a page may show, and what it may change.

The catalogue says it by item and step; the action asks again before anything is written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_login import current_user
from werkzeug.datastructures import MultiDict

from server import forms
from server.context import reader, today
from server.form_fields import Field, Form
from server.form_script import known_answers, live
from server.published_forms import form_of
from workflows.actions.people import posts_of
from workflows.catalogue.published import published
from workflows.models import Case, ProcessVersion, Task
from workflows.permissions import READERS, Role

#: Before the name of a field of the application, on a page with the form of a step.
PREFIX = "application."
#: The acts that may change the application, by the kind of the step.
WRITING = ("review", "decide")


@dataclass(frozen=True)
class StepRights:
    """What one step may not see, and what it may write."""

    hidden: frozenset[str]
    form: Form
    writable: frozenset[str]

    @property
    def asked(self) -> Form:
        """The fields it may write, as the page names them."""
        return Form(self.form.name, tuple(f.named(PREFIX + f.key) for f in self._fields()))

    def live(self, kept: Mapping[str, Any]) -> dict[str, Any] | None:
        """What the page needs to settle those fields as one writes, without what is hidden."""
        known = known_answers(self.form, kept, self._fields(), self.hidden | self.writable)
        return live(self.asked, PREFIX, known)

    def _fields(self) -> Iterator[Field]:
        return (field for field in self.form.fields if field.key in self.writable)

    def shown(
        self, kept: Mapping[str, Any], posted: MultiDict[str, str], draft: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What stands in those fields: what is kept, what a draft changes, or was just written."""
        if not writes_application(posted):
            return {PREFIX + key: kept.get(key) for key in self.writable} | dict(draft)
        return self.written(posted)

    def written(self, posted: MultiDict[str, str]) -> dict[str, Any]:
        """What was just written into those fields; a table that asks for it has one more row."""
        return {key: posted.get(key) for key in posted} | forms.written(self.asked, posted)

    def draft(self, kept: Mapping[str, Any], posted: MultiDict[str, str]) -> dict[str, Any]:
        """Of what was written, only what is not so already: others may write the rest meanwhile."""
        read, errors = self.read(kept, posted)
        changed = {PREFIX + key for key in read if read[key] != kept.get(key)}
        wanted = {*changed, *(name.rpartition(".")[0] for name in errors), *errors}
        shown = self.written(posted)
        names = {PREFIX + key for key in self.writable}
        return {
            name: shown.get(name)
            for name in names
            if any(one == name or one.startswith(f"{name}.") for one in wanted)
            or posted.get("more") == name
        }

    def read(
        self, kept: Mapping[str, Any], posted: MultiDict[str, str]
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """What was written into the application, and what is wrong with it, by name on the page.

        What the step has no right to is handed on as it came, for the action to refuse.
        """
        if not writes_application(posted):
            return {}, {}
        own = MultiDict(
            (name.removeprefix(PREFIX), value)
            for name, value in posted.items(multi=True)
            if name.startswith(PREFIX)
        )
        data: dict[str, Any]
        data, errors = forms.validate(self.form, own, today(), kept, self.writable)
        others = {name.partition(".")[0] for name in own} - self.writable
        data |= {name: own.get(name) for name in others}
        return data, {PREFIX + key: sentence for key, sentence in errors.items()}


def writes_application(posted: MultiDict[str, str]) -> bool:
    """Whether the page had fields of the application, even if nothing is ticked or filled in."""
    return "application" in posted or any(name.startswith(PREFIX) for name in posted)


def step_rights(version: ProcessVersion, item: str, task: Task) -> StepRights:
    """The rights of the step of an item that a task stands for."""
    content = published(version)
    rights = content.catalogue.item(item).rights(task.element)
    writable = {key for key, right in rights.items() if right == "write"}
    return StepRights(
        frozenset(key for key, right in rights.items() if right == "hide"),
        form_of(version),
        frozenset(writable if task.kind in WRITING else ()),
    )


def hidden_from_reader(case: Case) -> set[str]:
    """What the page of a case keeps back: an approver sees what some step of the department sees.

    Departments without an item in the case see nothing that is hidden from anybody.
    """
    if current_user.roles & (READERS - {Role.APPROVER}):
        return set()
    posts = posts_of(reader(), current_user.person.id, today())
    mine = {post.department_code for post, _who in posts}
    catalogue = published(case.version).catalogue
    own = [item for item in case.items if item.department_code in mine]
    hides = [
        {each.field for each in catalogue.item(item.code).fields if each.right == "hide"}
        for item in own or case.items
    ]
    return set.intersection(*hides) if own else set().union(*hides)
