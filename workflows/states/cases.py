"""The lifecycles of a case and its items on one screen: which action leads from where to where.

A case (办件) is one application at one window; it holds one item (事项) for every decision a
department owes.  The law is the same for every item, so the lifecycle is this table and not a
diagram: 行政许可法 §32 (receipt, one-time notice, acceptance, deemed acceptance), §38 (decision),
§44 (delivery).  Who reviews, and in parallel with whom, is the diagram's business.
"""

from enum import StrEnum


class CaseState(StrEnum):
    NEW = "new"
    SUBMITTED = "submitted"
    SUPPLEMENTING = "supplementing"
    DECLINING = "declining"
    IN_REVIEW = "in_review"
    SUSPENDED = "suspended"
    DECIDED = "decided"
    DELIVERED = "delivered"
    CLOSED = "closed"
    REFUSED = "refused"
    NOT_REQUIRED = "not_required"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"


class ItemState(StrEnum):
    WAITING = "waiting"
    RECEIVED = "received"
    REVIEWING = "reviewing"
    PRE_REVIEWED = "pre_reviewed"
    SUSPENDED = "suspended"
    RETURN_REVIEW = "return_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    COMMITTED = "committed"
    NOT_NEEDED = "not_needed"
    REVOKED = "revoked"


C = CaseState
I = ItemState  # noqa: E741

#: (state, action) → the states it may lead to.  A pair that is not here is refused.
CASES: dict[tuple[str, str], tuple[CaseState, ...]] = {
    (C.NEW, "receive"): (C.SUBMITTED,),
    (C.SUBMITTED, "accept"): (C.IN_REVIEW,),
    (C.SUBMITTED, "return_for_supplement"): (C.SUPPLEMENTING,),
    (C.SUBMITTED, "decline"): (C.DECLINING,),
    (C.SUBMITTED, "deem_accepted"): (C.IN_REVIEW,),
    (C.SUBMITTED, "withdraw"): (C.WITHDRAWN,),
    (C.SUPPLEMENTING, "supplement"): (C.SUPPLEMENTING, C.SUBMITTED),
    (C.SUPPLEMENTING, "expire_supplement"): (C.WITHDRAWN, C.REFUSED, C.TERMINATED),
    (C.SUPPLEMENTING, "withdraw"): (C.WITHDRAWN,),
    (C.DECLINING, "confirm_decline"): (C.REFUSED, C.NOT_REQUIRED, C.SUBMITTED),
    (C.DECLINING, "deem_accepted"): (C.IN_REVIEW,),
    (C.DECLINING, "withdraw"): (C.WITHDRAWN,),
    (C.IN_REVIEW, "sign_for"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "give_opinion"): (C.IN_REVIEW, C.DECIDED),
    (C.IN_REVIEW, "pre_review"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "decide"): (C.IN_REVIEW, C.DECIDED),
    (C.IN_REVIEW, "confirm_refusal"): (C.IN_REVIEW, C.DECIDED),
    (C.IN_REVIEW, "pause_deadline"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "request_pause"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "approve_pause"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "resume_deadline"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "extend_deadline"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "request_extension"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "refuse_extension"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "consult"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "call_meeting"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "withdraw"): (C.WITHDRAWN,),
    (C.IN_REVIEW, "send_back"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "take_back"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "roll_back"): (C.IN_REVIEW,),
    (C.DECIDED, "roll_back"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "jump"): (C.IN_REVIEW, C.DECIDED),
    (C.IN_REVIEW, "add_signer"): (C.IN_REVIEW,),
    (C.IN_REVIEW, "remove_signer"): (C.IN_REVIEW, C.DECIDED),
    (C.IN_REVIEW, "conclude_item"): (C.IN_REVIEW, C.DECIDED),
    (C.IN_REVIEW, "suspend_case"): (C.SUSPENDED,),
    (C.SUSPENDED, "resume_case"): (C.IN_REVIEW,),
    (C.SUSPENDED, "withdraw"): (C.WITHDRAWN,),
    (C.IN_REVIEW, "send_message"): (C.IN_REVIEW, C.DECIDED),
    (C.IN_REVIEW, "migrate_case"): (C.IN_REVIEW,),
    (C.SUSPENDED, "migrate_case"): (C.SUSPENDED,),
    (C.DECIDED, "deliver"): (C.DELIVERED,),
    (C.DELIVERED, "close"): (C.CLOSED,),
}

#: Clocks run, and commitments are checked, wherever a case rests.
for _state in (C.SUBMITTED, C.SUPPLEMENTING, C.DECLINING, C.IN_REVIEW, C.SUSPENDED, C.DECIDED,
               C.DELIVERED, C.CLOSED, C.WITHDRAWN):  # fmt: skip
    CASES[_state, "warn"] = (_state,)
    CASES[_state, "escalate"] = (_state,)
for _state in (C.IN_REVIEW, C.DECIDED, C.DELIVERED, C.CLOSED, C.WITHDRAWN):
    CASES[_state, "check_commitment"] = (_state,)
    CASES[_state, "fire_timer"] = (_state,)
    for _action in ("claim", "release", "forward", "accept_forward", "refuse_forward", "delegate",
                    "return_delegated"):  # fmt: skip
        CASES[_state, _action] = (_state,)
#: Files are added as long as somebody may still have to look at them.
for _state in (C.SUBMITTED, C.SUPPLEMENTING, C.DECLINING, C.IN_REVIEW, C.SUSPENDED, C.DECIDED,
               C.DELIVERED, C.CLOSED, C.WITHDRAWN):  # fmt: skip
    CASES[_state, "attach"] = (_state,)
    CASES[_state, "detach"] = (_state,)
#: What is over can still be talked about.
for _state in set(C) - {C.NEW}:
    CASES[_state, "comment"] = (_state,)
    CASES[_state, "copy_to"] = (_state,)
    CASES[_state, "recount_deadlines"] = (_state,)
#: Nobody is hurried while everyone waits for the applicant, or for a procedure of the law.
for _state in (C.SUBMITTED, C.DECLINING, C.IN_REVIEW, C.DECIDED):
    CASES[_state, "remind"] = (_state,)
#: What departments owe each other runs on while the case is suspended, and minutes come after.
for _state in (C.IN_REVIEW, C.SUSPENDED):
    CASES[_state, "answer_consultation"] = (_state,)
    CASES[_state, "withdraw_consultation"] = (_state,)
    CASES[_state, "expire_consultation"] = (_state,)
for _state in (C.IN_REVIEW, C.SUSPENDED, C.DECIDED, C.DELIVERED):
    CASES[_state, "record_attendance"] = (_state,)
    CASES[_state, "conclude_meeting"] = (_state,)
    CASES[_state, "cancel_meeting"] = (_state,)
    CASES[_state, "expire_attendance"] = (_state,)
#: A material comes late, or again, as long as somebody decides with it or it was promised (容缺).
for _state in (C.SUBMITTED, C.IN_REVIEW, C.SUSPENDED, C.DECIDED):
    CASES[_state, "hand_in"] = (_state,)
CASES[C.IN_REVIEW, "expire_deferral"] = (C.IN_REVIEW, C.DECIDED)
for _state in (C.DECIDED, C.DELIVERED, C.CLOSED):
    CASES[_state, "expire_deferral"] = (_state,)
CASES[C.CLOSED, "expire_attendance"] = (C.CLOSED,)
CASES[C.IN_REVIEW, "fire_timer"] = (C.IN_REVIEW, C.DECIDED)

#: (state, what happens to the item) → the states it may lead to.
ITEMS: dict[tuple[str, str], tuple[ItemState, ...]] = {
    (I.WAITING, "start"): (I.RECEIVED,),
    (I.WAITING, "lapse"): (I.NOT_NEEDED,),
    (I.RECEIVED, "sign_for"): (I.REVIEWING,),
    (I.REVIEWING, "give_opinion"): (I.REVIEWING,),
    (I.PRE_REVIEWED, "give_opinion"): (I.PRE_REVIEWED,),
    (I.RETURN_REVIEW, "give_opinion"): (I.RETURN_REVIEW,),
    (I.REVIEWING, "send_back"): (I.REVIEWING,),
    (I.PRE_REVIEWED, "send_back"): (I.PRE_REVIEWED,),
    (I.RETURN_REVIEW, "send_back"): (I.RETURN_REVIEW,),
    (I.REVIEWING, "add_signer"): (I.REVIEWING,),
    (I.REVIEWING, "pre_review"): (I.PRE_REVIEWED,),
    (I.REVIEWING, "decide"): (I.REVIEWING, I.RETURN_REVIEW, I.APPROVED, I.COMMITTED),
    (I.PRE_REVIEWED, "release"): (I.REVIEWING,),
    (I.PRE_REVIEWED, "decide"): (I.REVIEWING, I.RETURN_REVIEW),
    (I.RETURN_REVIEW, "confirm_refusal"): (I.REJECTED, I.REVIEWING),
    (I.REVIEWING, "consult"): (I.REVIEWING,),
    (I.PRE_REVIEWED, "consult"): (I.PRE_REVIEWED,),
    (I.RETURN_REVIEW, "consult"): (I.RETURN_REVIEW,),
    (I.REVIEWING, "pause_deadline"): (I.SUSPENDED,),
    (I.REVIEWING, "request_pause"): (I.REVIEWING,),
    (I.REVIEWING, "approve_pause"): (I.SUSPENDED,),
    (I.SUSPENDED, "resume_deadline"): (I.REVIEWING,),
    (I.COMMITTED, "check_commitment"): (I.APPROVED, I.REVOKED, I.COMMITTED),
}

for _item in (I.WAITING, I.RECEIVED, I.REVIEWING, I.PRE_REVIEWED, I.SUSPENDED, I.RETURN_REVIEW):
    ITEMS[_item, "end"] = (I.NOT_NEEDED,)
    ITEMS[_item, "conclude_item"] = (I.NOT_NEEDED,)
#: What was sent back is at work again, whether or not it was decided.  A revoked licence is not.
for _item in (I.REVIEWING, I.PRE_REVIEWED, I.RETURN_REVIEW, I.APPROVED, I.REJECTED, I.COMMITTED):
    ITEMS[_item, "reopen"] = (I.REVIEWING, I.RETURN_REVIEW)
ITEMS[I.NOT_NEEDED, "reopen"] = (I.REVIEWING, I.RETURN_REVIEW, I.WAITING)

#: Items that are finished, one way or another.
DECIDED_ITEMS = frozenset({I.APPROVED, I.REJECTED, I.COMMITTED, I.NOT_NEEDED, I.REVOKED})
#: Items whose licence was granted.
GRANTED_ITEMS = frozenset({I.APPROVED, I.COMMITTED})
#: Cases that are over: nothing runs any more but the check of a commitment.
FINAL_CASES = frozenset({C.CLOSED, C.REFUSED, C.NOT_REQUIRED, C.WITHDRAWN, C.TERMINATED})
