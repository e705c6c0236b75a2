"""The lifecycles of what the watch keeps: cards and ladders, bulletins, inspections."""

from enum import StrEnum


class CardState(StrEnum):
    NEW = "new"
    NOTED = "noted"
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    APPEALED = "appealed"
    REVOKED = "revoked"


class Level(StrEnum):
    """How much a matter of the watch weighs: a notice (提醒), a yellow or red card (黄牌、红牌)."""

    NOTICE = "notice"
    YELLOW = "yellow"
    RED = "red"


class BulletinState(StrEnum):
    NEW = "new"
    DRAFT = "draft"
    SIGNED = "signed"


class InspectionState(StrEnum):
    NEW = "new"
    FILED = "filed"
    APPROVED = "approved"
    REFUSED = "refused"
    DONE = "done"
    CANCELLED = "cancelled"


K = CardState

#: A card of the watch: a notice is only noted, any other is answered, and may be appealed against.
CARDS: dict[tuple[str, str], tuple[CardState, ...]] = {
    (K.NEW, "raise_card"): (K.OPEN, K.NOTED),
    (K.NEW, "issue_card"): (K.OPEN,),
    (K.OPEN, "answer_card"): (K.ANSWERED,),
    (K.ANSWERED, "accept_answer"): (K.CLOSED,),
    (K.ANSWERED, "return_answer"): (K.OPEN,),
    (K.OPEN, "appeal_card"): (K.APPEALED,),
    (K.ANSWERED, "appeal_card"): (K.APPEALED,),
    (K.CLOSED, "appeal_card"): (K.APPEALED,),
    (K.APPEALED, "decide_appeal"): (K.OPEN, K.ANSWERED, K.CLOSED, K.REVOKED),
    (K.OPEN, "climb_card"): (K.OPEN,),
}

#: A ladder is known, and changes from a day on.
LADDERS: dict[tuple[str, str], tuple[str, ...]] = {
    ("active", "change_ladder"): ("active",),
}

#: A bulletin is written until it is signed, and never after.
BULLETINS: dict[tuple[str, str], tuple[BulletinState, ...]] = {
    (BulletinState.NEW, "draft_bulletin"): (BulletinState.DRAFT,),
    (BulletinState.DRAFT, "edit_bulletin"): (BulletinState.DRAFT,),
    (BulletinState.DRAFT, "sign_off_bulletin"): (BulletinState.SIGNED,),
}

#: An inspection of an enterprise: filed, approved by another person, carried out, recorded.
INSPECTIONS: dict[tuple[str, str], tuple[InspectionState, ...]] = {
    (InspectionState.NEW, "file_inspection"): (InspectionState.FILED,),
    (InspectionState.FILED, "approve_inspection"): (
        InspectionState.APPROVED, InspectionState.REFUSED,
    ),
    (InspectionState.APPROVED, "record_inspection"): (InspectionState.DONE,),
    (InspectionState.FILED, "cancel_inspection"): (InspectionState.CANCELLED,),
    (InspectionState.APPROVED, "cancel_inspection"): (InspectionState.CANCELLED,),
}  # fmt: skip
