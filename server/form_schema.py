"""Forms drawn by a designer, read from the form-js schema of a `*.form.json`.

We show and check forms ourselves, so whatever we could not show or check is refused here, when a
form is read, with the place and the reason. A form is data: nothing in it is ever executed but
expressions of the small safe language that the diagrams use.
"""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from server.form_answers import KINDS_OF_TEXT
from server.form_fields import (
    CHOOSING,
    COMPUTED,
    FILE,
    GROUP,
    MOST_ROWS,
    Choice,
    Field,
    Form,
    Value,
    prose,
)
from server.form_kinds import (
    CELLS,
    CHECKS,
    KEY,
    LONGEST,
    PICTURES,
    RESERVED,
    SHORT,
    TYPES,
    UNSUPPORTED,
)
from server.form_refusals import Heard, InvalidForm, UnsupportedFormComponent, inside
from workflows.engine.expressions import Expression, ExpressionInvalid, compile_expression
from workflows.models.attachment import MEDIA


def parse(schema: object, heard: Heard | None = None) -> Form:
    """Read a form-js schema. Raises InvalidForm, or UnsupportedFormComponent.

    Whoever wants to hear of every fault is told each instead; what has a fault is left out.
    """
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list):
        raise InvalidForm(form="?", where=_("内容"), problem=_("缺少 components"))
    name = str(schema.get("id", "?"))
    return Form(name, _parts(name, schema["components"], TYPES, heard))


def _parts(
    form: str, components: Sequence[object], types: Sequence[str], heard: Heard | None
) -> tuple[Field, ...]:
    """The components in order; each may read the answers above it."""
    parts: list[Field] = []
    above: list[str] = []
    for number, component in enumerate(components):
        try:
            parts.append(_Reader(form, number, component, above, heard).read(types))
        except (InvalidForm, UnsupportedFormComponent) as refusal:
            if heard is None:
                raise
            heard((number,), refusal)
            above += _names_in(component)
        else:
            above += parts[-1].names if parts[-1].key else []
    return tuple(parts)


def _names_in(component: object) -> list[str]:
    """What a component with a fault would be called: those that read it have no fault of theirs."""
    raw = component if isinstance(component, dict) else {}
    return [name for name in (raw.get("key"), raw.get("path")) if isinstance(name, str)]


class _Reader:
    """Reads one component; every refusal says which form and which component."""

    def __init__(
        self, form: str, number: int, component: object, above: Sequence[str], heard: Heard | None
    ) -> None:
        self.form = form
        self.above = above
        self.heard = inside(heard, number)
        self.where = _("第 %(number)s 个组件", number=number + 1)
        if not isinstance(component, dict):
            raise self.invalid(_("不是对象"))
        self.raw: dict[str, Any] = component

    def read(self, types: Sequence[str]) -> Field:
        """What it says; refused when something above has one of its names already."""
        part = self.part(types)
        if part.key and set(part.names) & set(self.above):
            self.where = _("字段 %(key)s", key=part.key)
            raise self.invalid(_("重复出现"))
        return part

    def part(self, types: Sequence[str]) -> Field:
        kind = self.raw.get("type")
        if kind not in types:
            raise self.unsupported(f"type: {kind}")
        for name in (*UNSUPPORTED, *(["conditional"] if kind == "text" else [])):
            if self.raw.get(name):
                raise self.unsupported(name)
        match kind:
            case "text":
                return Field("text", prose=prose(self.words("text")), columns=self.columns())
            case "expression":
                return self.computed()
            case "dynamiclist":
                return self.table()
            case "datetime" if self.raw.get("subtype", "date") != "date":
                raise self.unsupported(f"subtype: {self.raw['subtype']}")
        return self.question(str(kind))

    def computed(self) -> Field:
        """A value that is computed from the answers above it."""
        look = self.part_of("appearance")
        return Field(
            COMPUTED,
            key=self.key(),
            label=self.words("label", needed=True),
            description=self.words("description"),
            columns=self.columns(),
            prefix=str(look.get("prefixAdorner", "")),
            suffix=str(look.get("suffixAdorner", "")),
            hidden_when=self.hidden_when(),
            compute=self.expression(self.raw.get("expression")),
        )

    def table(self) -> Field:
        """Questions that are answered once for each row."""
        cells, rows = self.raw.get("components"), self.raw.get("defaultRepetitions", 1)
        if not isinstance(cells, list) or not cells:
            raise self.invalid(_("缺少 components"))
        if not isinstance(rows, int) or not 1 <= rows <= MOST_ROWS:
            raise self.invalid(_("defaultRepetitions 应为 1 到 %(most)s", most=MOST_ROWS))
        checks = self.checks()
        return Field(
            GROUP,
            key=self.key("path"),
            label=self.words("label", needed=True),
            description=self.words("description"),
            required=checks.get("required", False),
            required_when=self.condition(checks.get("requiredWhen")),
            hidden_when=self.hidden_when(),
            cells=_parts(f"{self.form}/{self.raw.get('path')}", cells, CELLS, self.heard),
            rows=rows,
        )

    def question(self, kind: str) -> Field:
        checks = self.checks()
        look = self.part_of("appearance")
        pattern = checks.get("pattern")
        kind_of_text = self.kind_of_text(checks)
        by_answer = kind_of_text.startswith("=")
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
            kind_of_text="" if by_answer else kind_of_text,
            kind_by=self.expression(kind_of_text) if by_answer else None,
            pattern=self.pattern(pattern) if pattern else None,
            pattern_message=checks.get("patternErrorMessage", ""),
            hidden_when=self.hidden_when(),
            required_when=self.condition(checks.get("requiredWhen")),
            accept=self.accept() if kind == FILE else (),
            signature=kind == FILE and self.part_of("properties").get("signature") == "yes",
        )

    def accept(self) -> tuple[str, ...]:
        """The endings that a file may have."""
        if self.raw.get("multiple"):
            raise self.unsupported("multiple")
        signed = self.part_of("properties").get("signature") == "yes"
        known = {ending for endings in MEDIA.values() for ending in endings}
        asked = [one.strip() for one in self.words("accept").split(",") if one.strip()]
        if unknown := [one for one in asked if one not in known]:
            raise self.unsupported(f"accept: {unknown[0]}")
        return PICTURES if signed and not asked else tuple(asked)

    def hidden_when(self) -> Expression | None:
        return self.condition(self.part_of("conditional").get("hide"))

    def condition(self, text: object) -> Expression | None:
        return None if text in (None, "") else self.expression(text)

    def expression(self, text: object) -> Expression:
        """``=…`` as form designers write it, in the language of the diagrams."""
        if not isinstance(text, str) or not text.startswith("="):
            raise self.invalid(_("表达式应以 = 开头"))
        try:
            found = compile_expression(text[1:].strip())
        except ExpressionInvalid as refused:
            raise self.invalid(_("表达式：%(why)s", why=_(str(refused.params["why"])))) from refused
        if unknown := found.names - set(self.above):
            raise self.invalid(_("表达式只能用前面的字段，没有 %(name)s", name=min(unknown)))
        return found

    def words(self, name: str, needed: bool = False) -> str:
        text = self.raw.get(name, "")
        if not isinstance(text, str) or (needed and not text.strip()):
            raise self.invalid(_("%(name)s 应为文字", name=name))
        if text.startswith("=") or "{{" in text:
            raise self.unsupported(_("%(name)s 中的表达式", name=name))
        return text.strip()

    def key(self, name: str = "key") -> str:
        key = self.raw.get(name)
        if not isinstance(key, str) or not KEY.fullmatch(key) or key in RESERVED:
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
            if name not in CHECKS:
                raise self.unsupported(f"validate.{name}")
            if not isinstance(value, CHECKS[name]):
                raise self.invalid(_("validate.%(name)s 的值不正确", name=name))
        return checks

    def kind_of_text(self, checks: dict[str, Any]) -> str:
        kind = str(checks.get("validationType", ""))
        if kind in ("", "custom"):
            return ""
        if kind not in KINDS_OF_TEXT and not kind.startswith("="):
            raise self.unsupported(f"validationType: {kind}")
        return kind

    def pattern(self, pattern: str) -> re.Pattern[str]:
        try:
            return re.compile(pattern, re.ASCII)
        except (re.error, OverflowError, RecursionError) as error:
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
