"""The kinds of value in a catalogue: how each is written, and what is refused."""

import re
from collections.abc import Callable
from keyword import iskeyword
from typing import Annotated, Any, Literal

from pydantic import PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from workflows.deadlines import Limit, Unit
from workflows.engine.expressions import Expression, compile_expression
from workflows.errors import N_, WorkflowError

#: Larger answers are slips of the pen; it also keeps infinity and not-a-number out.
MOST = 10**12
#: Of a document that says itself until when it is valid.
STATED = "stated"

NOT_TEXT = N_("这里应当是一段文字，请您按样例填写。")
NOT_AN_ANSWER = N_("默认答案应当是 true、false 或者不小于零的数字，请您改正。")


class QuestionKeyInvalid(WorkflowError):
    """A key that no condition could read, or that a diagram uses for something else."""

    sentence = N_(
        "“%(key)s”不能作问题的键，请您用小写英文字母开头的名字，"
        "并避开 and、or、not、in、true、false、none、items。"
    )


def question_key(text: str) -> str:
    """Check the name of a question: a plain name that conditions can read."""
    plain = re.fullmatch(r"[a-z][a-z0-9_]{0,39}", text)
    if not plain or iskeyword(text) or text in {"true", "false", "none", "items"}:
        raise QuestionKeyInvalid(key=text[:40])
    return text


class NotInDays(WorkflowError):
    """A validity is counted in days of the calendar."""

    sentence = N_("“%(text)s”应当按自然日写，例如 90d。")


def calendar_days(text: str) -> Limit:
    """A length in calendar days. Raises LimitMalformed and NotInDays."""
    limit = Limit.parse(text)
    if limit.unit is not Unit.DAYS:
        raise NotInDays(text=text)
    return limit


def validity(text: str) -> Limit | str:
    """How long a document is valid, or `stated` when it says so itself."""
    return text if text == STATED else calendar_days(text)


def is_answer(value: object) -> bool:
    """Whether a value can answer a question: yes or no, or a number not below zero."""
    if isinstance(value, bool):
        return True
    return isinstance(value, int | float) and 0 <= value <= MOST


def _parsed(parse: Callable[[str], Any]) -> PlainValidator:
    """Turn text into a value of ours; a refusal keeps its own sentence."""

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise _wrong(NOT_TEXT, {})
        try:
            return parse(value)
        except WorkflowError as refused:
            raise _wrong(refused.sentence, refused.params) from None

    return PlainValidator(read)


def _answer(value: Any) -> Any:
    if not is_answer(value):
        raise _wrong(NOT_AN_ANSWER, {})
    return value


def _wrong(sentence: str, params: dict[str, object]) -> PydanticCustomError:
    return PydanticCustomError("lianban", "refused", {"sentence": sentence, "params": params})


#: One line of text without control characters, or any other that XML cannot hold.
ONE_LINE = r"^[^\s\p{C}][^\p{Cc}\x{FFFE}\x{FFFF}]*$"
Text = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=ONE_LINE)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{0,15}$")]
QuestionKey = Annotated[str, _parsed(question_key)]
TimeLimit = Annotated[Limit, _parsed(Limit.parse)]
Condition = Annotated[Expression, _parsed(compile_expression)]

#: A length of time in calendar days.
CalendarDays = Annotated[Limit, _parsed(calendar_days)]
Validity = Annotated[Limit | str, _parsed(validity)]
Trust = Literal["A", "B", "C", "D"]

Answer = Annotated[bool | int | float, PlainValidator(_answer)]
