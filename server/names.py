"""What things are called, in the reader's language.

The hall's own data is Chinese.  Where the catalogue gives an English name, an English page shows
that one; everything else is shown as it is and marked as Chinese, so that a screen reader changes
its voice.
"""

import re
from typing import Any

from flask import g
from flask_babel import gettext
from markupsafe import Markup, escape

from server.labels import STEPS
from workflows.catalogue.published import published
from workflows.models import Case, CaseItem, Department, ProcessVersion

_HAN = re.compile(r"[\u3400-\u9fff]")
_MARK = Markup(' lang="zh-CN"')


def english() -> bool:
    """Whether the reader reads English."""
    return bool(g.get("language") == "en")


def zh_attr(text: object) -> Markup:
    """The attribute that marks an element as Chinese, where that differs from the page."""
    return _MARK if english() and _HAN.search(str(text)) else Markup("")


def zh(text: object) -> Markup:
    """A piece of the hall's own data, marked as Chinese where that differs from the page."""
    if text is None or isinstance(text, Markup):  # marked already
        return text or Markup("")
    mark = zh_attr(text)
    return Markup("<span{}>{}</span>").format(mark, text) if mark else escape(text)


def version_name(version: ProcessVersion) -> str:
    """What a process is called."""
    return published(version).catalogue.theme.name_en if english() else version.name


def case_title(case: Case) -> str:
    """What the applicant of a case wants."""
    return published(case.version).catalogue.theme.name_en if english() else case.title


def item_name(case: Case, item: CaseItem) -> str:
    """What an item of a case is called."""
    return published(case.version).catalogue.item(item.code).name_en if english() else item.name


def own_name(record: Any) -> str:
    """The name of a record of the catalogue."""
    return str(record.name_en if english() else record.name)


def department_name(department: Department) -> str:
    """What a department is called."""
    return department.name_en if english() else department.name


def step_name(name: str) -> Markup:
    """What a step of a diagram is called; the steps of the standard item processes are known."""
    return zh(gettext(name) if name in STEPS else name)
