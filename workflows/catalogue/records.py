"""The kinds of record in a catalogue.  Nothing is guessed: unknown keys and types are refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from workflows.catalogue.values import (
    Answer,
    CalendarDays,
    Code,
    Condition,
    QuestionKey,
    Text,
    TimeLimit,
    Trust,
    Validity,
)
from workflows.deadlines import Limit

Gate = Literal["start", "decision"]
Kind = Literal["即办件", "承诺件", "上报件", "公共服务", "合并办理", "中介服务"]
#: Kinds of item that end in an administrative licence (行政许可): its decider must be qualified.
LICENCES = frozenset({"承诺件", "上报件"})


class Record(BaseModel):
    """What all records share: no key unknown, no value bent into another type, no change."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", arbitrary_types_allowed=True
    )


class PromisedRule(Record):
    """Another promise for the whole case when a condition holds."""

    when: Condition
    promised: TimeLimit


class Theme(Record):
    """The one thing (一件事) an applicant wants: who leads, what is promised, what the law allows.

    `cap` is the statutory limit of joint handling (行政许可法 §42(2): 45 working days, longer by 15
    when the head of the government approves).
    """

    code: Text
    name: Text
    name_en: Text
    lead: Code
    region: Text
    promised: TimeLimit
    promised_rules: tuple[PromisedRule, ...] = ()
    cap: TimeLimit
    cap_extension: TimeLimit
    stage: Text | None = None
    prerequisites: tuple[Text, ...] = ()
    source: Text


class Warn(Record):
    """When the light turns yellow: so many working days, or that part of the limit, or hours."""

    before_days: Annotated[int, Field(ge=0, le=60)]
    ratio: Annotated[float, Field(gt=0, le=1)]
    before_hours: Annotated[int, Field(ge=0, le=24)]


class Rung(Record):
    """One rung of escalation: so long after the promised limit has passed, it goes to that duty."""

    after: TimeLimit
    light: Literal["yellow", "red", "purple"]
    to: Literal["handler", "checker", "approver", "chief"]


class Rules(Record):
    """The local variants of the law: each limit with the paragraph that bounds it.

    `notice` one-time supplement notice (行政许可法 §32), `extension` of an item that names none
    of its own (§42(1)), `delivery` of the decision (§44),
    `supplement` the applicant's own time, `sign_for` a department takes the case over,
    `commitment_check` of a promise afterwards (告知承诺).

    Between departments: `consultation`, the time to answer a question (征求意见, 国发〔1999〕9号);
    `attendance`, the time after a joint visit or meeting to say what one found; `silence`, whether
    who says nothing in that time agrees (a rule of the place: no national law says so) or stays
    overdue; `consultation_blocks`, whether nothing is decided before the answers; and
    `pause_approval`, whether a pause of §45 needs a second person.

    Of materials: `deferral`, how far away the day may be for which one is promised (容缺受理), and
    `on_deferral_expiry` what becomes of the items that need it when it does not come: nothing but
    a report (open), acceptance is revoked (撤销受理), nothing is granted (不予审批), or the
    application counts as withdrawn (视为撤回); `deferral_blocks`, whether nothing is granted before
    it is here; `expiring`, how long before its end a material counts as running out; and `reuse`,
    the trust levels at which one may be taken over from an earlier case (沿用).
    """

    notice: TimeLimit
    extension: TimeLimit
    supplement: TimeLimit
    on_supplement_expiry: Literal["withdrawn", "refused", "terminated"]
    delivery: TimeLimit
    sign_for: TimeLimit
    commitment_check: TimeLimit
    warn: Warn
    escalation: Annotated[tuple[Rung, ...], Field(min_length=1)]
    on_refusal: Literal["continue", "end", "suspend"]
    decision_mode: Literal["separate", "lead"]
    consultation: TimeLimit = Limit.parse("7wd")
    consultation_blocks: bool = False
    attendance: TimeLimit = Limit.parse("1wd")
    silence: Literal["open", "agrees"] = "open"
    pause_approval: bool = True
    deferral: TimeLimit = Limit.parse("15wd")
    on_deferral_expiry: Literal["open", "revoked", "refused", "withdrawn"] = "open"
    deferral_blocks: bool = True
    expiring: CalendarDays = Limit.parse("30d")
    reuse: tuple[Trust, ...] = ("A", "B")
    source: Text


class Question(Record):
    """One question to the applicant; its answer decides which items are needed."""

    key: QuestionKey
    label: Text
    label_en: Text
    type: Literal["boolean", "number"]
    unit: Text | None = None
    default: Answer


class Department(Record):
    """A body that handles items; only an enforcement subject (执法主体) may grant licences."""

    code: Code
    name: Text
    name_en: Text
    enforcement_subject: bool


class Predecessor(Record):
    """Wait for another item: before starting (gate start), or only before deciding.

    `basis` is the rule that says so; none is needed where a material is awaited from there.
    """

    item: Code
    gate: Gate
    basis: Text | None = None


class SpecialProcedure(Record):
    """A procedure of 行政许可法 §45; only these may stop the clock, and at most for `cap`."""

    name: Text
    kind: Literal[
        "hearing", "bidding", "auction", "inspection",
        "testing", "quarantine", "appraisal", "expert_review",
    ]  # fmt: skip
    cap: TimeLimit | None = None
    stops_clock: bool
    note: Text | None = None


class Fee(Record):
    """What is charged, and the rule that allows it; without one nothing is (行政许可法 §59)."""

    amount: Text
    basis: Text


class FieldRight(Record):
    """What steps of an item may do with a field of the application form: by default, read it.

    `steps` are elements of the item's process; without them it holds in all of them.
    """

    field: Text
    right: Literal["read", "write", "hide"]
    steps: tuple[Text, ...] = ()


class Item(Record):
    """One matter (事项) that one department decides."""

    code: Code
    name: Text
    name_en: Text
    department: Code
    kind: Kind
    process: Literal["instant", "two_step", "three_step"]
    basic_code: Annotated[str, StringConstraints(pattern=r"^\d{12}$")] | None = None
    merged_into: Code | None = None
    statutory: TimeLimit | None = None
    extension: TimeLimit | None = None
    promised: TimeLimit | None = None
    excluded_from_clock: bool = False
    needed: Condition | None = None
    commitment: Condition | None = None
    after: tuple[Predecessor, ...] = ()
    must_before: Text | None = None
    consult: tuple[Code, ...] = ()
    consultation: TimeLimit | None = None
    materials: Annotated[tuple[Code, ...], Field(min_length=1)]
    special: tuple[SpecialProcedure, ...] = ()
    onsite: Code | None = None
    fields: tuple[FieldRight, ...] = ()
    result: Text
    fee: Fee | None = None
    note: Text | None = None
    source: Text

    @property
    def is_licence(self) -> bool:
        return self.kind in LICENCES

    def rights(self, step: str) -> dict[str, str]:
        """What a step may do with the fields that are not simply read; the last word counts."""
        return {
            each.field: each.right for each in self.fields if not each.steps or step in each.steps
        }


class OnsiteGroup(Record):
    """Departments that visit the site together, once, within a limit after acceptance."""

    code: Code
    name: Text
    leader: Code
    within: TimeLimit
    note: Text | None = None


class Material(Record):
    """A document, asked for once however many items need it, with its standard (受理标准).

    `need`: required; deferrable (容缺); or conditional, with the `condition` in words and, where
    the questionnaire can tell, `when` it holds. `trust`: A issued by government, B checked
    against the original, C uploaded, D the applicant's own statement. `validity` (有效期): so many
    days from the day it was made out, or `stated` when the document itself says until when.
    """

    code: Code
    name: Text
    source: Text
    form: Text | None = None
    need: Literal["required", "deferrable", "conditional"]
    condition: Text | None = None
    when: Condition | None = None
    fetched: bool = False
    produced_by: Code | None = None
    trust: Trust | None = None
    validity: Validity | None = None
    contract: bool = False
    criterion: Text
