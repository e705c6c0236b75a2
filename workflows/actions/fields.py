"""The application form in the hands of a step: what it may write, and that nothing else is."""

from collections.abc import Mapping
from typing import Any

from workflows.actions.work import Work
from workflows.catalogue import Catalogue
from workflows.catalogue.published import published
from workflows.errors import N_, WorkflowError


class FieldNotYours(WorkflowError):
    """Every step reads the application; it writes only what the catalogue gives it to write."""

    sentence = N_("这个环节不能修改申请表的“%(field)s”。")


class FieldUnknown(WorkflowError):
    """The catalogue gives a right to a field that the application form does not ask."""

    sentence = N_("事项 %(item)s 的 fields 用到“%(field)s”，申请表里没有这个可以填写的字段。")


class StepUnknown(WorkflowError):
    """The catalogue gives a right to a step that no diagram has."""

    sentence = N_("事项 %(item)s 的 fields 用到环节“%(step)s”，流程图里没有这个环节。")


def write_fields(work: Work, given: Mapping[str, Any]) -> dict[str, Any]:
    """Save what a step wrote into the application; history remembers the old and the new."""
    if not given:
        return {}
    rights = published(work.case.version).catalogue.item(work.item.code).rights(work.task.element)
    for field in given:
        if rights.get(field) != "write":
            raise FieldNotYours(field=field)
    before = work.case.form
    changed = {
        field: {"from": before.get(field), "to": value}
        for field, value in given.items()
        if before.get(field) != value
    }
    if not changed:
        return {}
    work.case.form = {**before, **{field: given[field] for field in changed}}
    return {"changed": changed}


def check_rights(
    catalogue: Catalogue, forms: Mapping[str, Any], sources: Mapping[str, str]
) -> None:
    """Every right is one to a field that is asked, in a step that is drawn; or FieldUnknown."""
    components = forms.get("application", {}).get("components", ())
    asked = {
        part.get("path") if part.get("type") == "dynamiclist" else part.get("key")
        for part in components
        if part.get("type")
        not in ("expression", "filepicker")  # files are handed in at the counter
    }
    read_only = {part.get("key") for part in components} - asked
    for item in catalogue.items:
        for each in item.fields:
            known = asked if each.right == "write" else asked | read_only
            if each.field not in known:
                raise FieldUnknown(item=item.code, field=each.field)
            for step in each.steps:
                if not any(f'id="{step}"' in text for text in sources.values()):
                    raise StepUnknown(item=item.code, step=step)
