"""Forms drawn by a designer, read from the form-js schema of a `*.form.json`.

We show and check forms ourselves, so whatever we could not show or check is refused here, when a
form is read, with the place and the reason. A form is data: nothing in it is ever executed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask_babel import gettext as _
from markupsafe import Markup, escape

from workflows.errors import N_, WorkflowError

Value: TypeAlias = str | int | float | bool | list[str] | None

LONGEST = {
    "textfield": 500,
    "textarea": 10_000,
    "number": 30,
    "datetime": 10,
    "select": 200,
    "radio": 200,
}
"""Characters accepted in one field when the schema gives no maxLength of its own."""

SHORT = ("textfield", "number", "datetime", "select", "radio")
"""Kinds of field that stand two in a row when the schema does not say how wide they are."""

CHOOSING = ("select", "radio", "checklist")
TYPES = (*LONGEST, "checklist", "checkbox", "text")
KINDS_OF_TEXT = ("email", "phone")

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_RESERVED = ("csrf_token",)
_UNSUPPORTED = ("conditional", "valuesKey", "valuesExpression", "readonly", "disabled")
_CHECKS: dict[str, type | tuple[type, ...]] = {
    "required": bool,
    "min": (int, float),
    "max": (int, float),
    "minLength": int,
    "maxLength": int,
    "pattern": str,
    "patternErrorMessage": str,
    "validationType": str,
}
_BOLD = re.compile(r"\*\*(.+?)\*\*")


class InvalidForm(WorkflowError):
    """The schema is not a form we can read."""

    sentence = N_("表单“%(form)s”的%(where)s有误：%(problem)s。")


class UnsupportedFormComponent(WorkflowError):
    """The schema uses a component, or a property of one, that we could not show or check."""

    sentence = N_("表单“%(form)s”的%(where)s不能使用：不支持“%(feature)s”。")


@dataclass(frozen=True)
class Choice:
    """One of the answers offered by a select, radio or checklist."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One part of a form: a question (with a key), or a text to read (without)."""

    type: str
    key: str = ""
    label: str = ""
    prose: str = ""
    description: str = ""
    choices: tuple[Choice, ...] = ()
    columns: int = 16
    prefix: str = ""
    suffix: str = ""
    default: Value = None
    required: bool = False
    min: float | None = None
    max: float | None = None
    shortest: int = 0
    longest: int = 0
    decimals: int | None = None
    kind_of_text: str = ""
    pattern: re.Pattern[str] | None = None
    pattern_message: str = ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The choices as (value, label), as page fields take them."""
        return [(choice.value, choice.label) for choice in self.choices]


@dataclass(frozen=True)
class Form:
    """A form as its designer drew it, in the order of the page."""

    name: str
    parts: tuple[Field, ...]

    @property
    def fields(self) -> Iterator[Field]:
        """The questions, without the texts between them."""
        return (part for part in self.parts if part.key)

    def blank(self) -> dict[str, Value]:
        """What an unanswered form shows: the designer's defaults."""
        return {field.key: field.default for field in self.fields}


def parse(schema: object) -> Form:
    """Read a form-js schema. Raises InvalidForm, or UnsupportedFormComponent."""
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list):
        raise InvalidForm(form="?", where=_("内容"), problem=_("缺少 components"))
    name = str(schema.get("id", "?"))
    parts = tuple(
        _Reader(name, number, component).read()
        for number, component in enumerate(schema["components"], 1)
    )
    keys = [part.key for part in parts if part.key]
    for key in keys:
        if keys.count(key) > 1:
            raise InvalidForm(form=name, where=_("字段 %(key)s", key=key), problem=_("重复出现"))
    return Form(name, parts)


def prose(text: str) -> Markup:
    """The little of Markdown that forms use: paragraphs, headings, **bold**; the rest is text."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n|(?<=\n)(?=#)", text))
    return Markup("\n").join(_block(block) for block in blocks if block)


def _block(block: str) -> Markup:
    first, _newline, rest = block.partition("\n")
    if first.startswith("#"):
        heading = Markup("<h2>{}</h2>").format(first.lstrip("# "))
        return heading + (_block(rest.strip()) if rest.strip() else "")
    bold = _BOLD.sub(r"<strong>\1</strong>", str(escape(block)))
    return Markup("<p>{}</p>").format(Markup(bold.replace("\n", "<br>")))  # escaped above


class _Reader:
    """Reads one component; every refusal says which form and which component."""

    def __init__(self, form: str, number: int, component: object) -> None:
        self.form = form
        self.where = _("第 %(number)s 个组件", number=number)
        if not isinstance(component, dict):
            raise self.invalid(_("不是对象"))
        self.raw: dict[str, Any] = component

    def read(self) -> Field:
        kind = self.raw.get("type")
        if kind not in TYPES:
            raise self.unsupported(f"type: {kind}")
        for name in _UNSUPPORTED:
            if self.raw.get(name):
                raise self.unsupported(name)
        if kind == "text":
            return Field("text", prose=prose(self.words("text")), columns=self.columns())
        if kind == "datetime" and self.raw.get("subtype", "date") != "date":
            raise self.unsupported(f"subtype: {self.raw['subtype']}")
        return self.question(str(kind))

    def question(self, kind: str) -> Field:
        checks = self.checks()
        look = self.part_of("appearance")
        pattern = checks.get("pattern")
        return Field(
            kind,
            key=self.key(),
            label=self.words("dateLabel" if "dateLabel" in self.raw else "label", needed=True),
            description=self.words("description"),
            choices=self.choices() if kind in CHOOSING else (),
            columns=self.columns(),
            prefix=str(look.get("prefixAdorner", "")),
            suffix=str(look.get("suffixAdorner", "")),
            default=self.default(),
            required=checks.get("required", False),
            min=checks.get("min"),
            max=checks.get("max"),
            shortest=checks.get("minLength", 0),
            longest=checks.get("maxLength", LONGEST.get(kind, 0)),
            decimals=self.decimals(),
            kind_of_text=self.kind_of_text(checks),
            pattern=self.pattern(pattern) if pattern else None,
            pattern_message=checks.get("patternErrorMessage", ""),
        )

    def words(self, name: str, needed: bool = False) -> str:
        text = self.raw.get(name, "")
        if not isinstance(text, str) or (needed and not text.strip()):
            raise self.invalid(_("%(name)s 应为文字", name=name))
        if text.startswith("=") or "{{" in text:
            raise self.unsupported(_("%(name)s 中的表达式", name=name))
        return text.strip()

    def key(self) -> str:
        key = self.raw.get("key")
        if not isinstance(key, str) or not _KEY.fullmatch(key) or key in _RESERVED:
            raise self.invalid(_("key “%(key)s” 应以字母开头，只含字母、数字和下划线", key=key))
        return key

    def default(self) -> Value:
        default = self.raw.get("defaultValue")
        for one in default if isinstance(default, list) else [default]:
            if not isinstance(one, str | int | float | None):
                raise self.invalid(_("defaultValue 的值不正确"))
        return default

    def choices(self) -> tuple[Choice, ...]:
        offered = self.raw.get("values")
        if not isinstance(offered, list) or not offered:
            raise self.invalid(_("没有选项 values"))
        choices = []
        for one in offered:
            match one:
                case {"value": str(value), "label": str(label)} if value and label:
                    choices.append(Choice(value, label))
                case _:
                    raise self.invalid(_("选项应有文字的 value 和 label"))
        if len({choice.value for choice in choices}) < len(choices):
            raise self.invalid(_("选项的 value 重复"))
        return tuple(choices)

    def checks(self) -> dict[str, Any]:
        checks = self.part_of("validate")
        for name, value in checks.items():
            if name not in _CHECKS:
                raise self.unsupported(f"validate.{name}")
            if not isinstance(value, _CHECKS[name]):
                raise self.invalid(_("validate.%(name)s 的值不正确", name=name))
        return checks

    def kind_of_text(self, checks: dict[str, Any]) -> str:
        kind = str(checks.get("validationType", ""))
        if kind in ("", "custom"):
            return ""
        if kind not in KINDS_OF_TEXT:
            raise self.unsupported(f"validationType: {kind}")
        return kind

    def pattern(self, pattern: str) -> re.Pattern[str]:
        try:
            return re.compile(pattern, re.ASCII)
        except re.error as error:
            raise self.invalid(_("pattern 不是正则表达式")) from error

    def decimals(self) -> int | None:
        digits = self.raw.get("decimalDigits")
        if digits is not None and not (isinstance(digits, int) and 0 <= digits <= 10):
            raise self.invalid(_("decimalDigits 应为 0 到 10"))
        return digits

    def columns(self) -> int:
        usual = 8 if self.raw.get("type") in SHORT else 16
        columns = self.part_of("layout").get("columns") or usual
        if columns not in range(2, 17, 2):
            raise self.invalid(_("layout.columns 应为 2 到 16 的偶数"))
        return int(columns)

    def part_of(self, name: str) -> dict[str, Any]:
        part = self.raw.get(name, {})
        if not isinstance(part, dict):
            raise self.invalid(_("%(name)s 应为对象", name=name))
        return part

    def invalid(self, problem: str) -> InvalidForm:
        return InvalidForm(form=self.form, where=self.where, problem=problem)

    def unsupported(self, feature: str) -> UnsupportedFormComponent:
        return UnsupportedFormComponent(form=self.form, where=self.where, feature=feature)
