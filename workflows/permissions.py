"""Who may do what, as a table: one row an action.

A role opens the door; the action itself still asks whether this person holds the post.
"""

from enum import StrEnum


class Role(StrEnum):
    """The kinds of people of a service hall, and the clock."""

    APPLICANT = "applicant"
    WINDOW = "window"
    WINDOW_LEAD = "window_lead"
    APPROVER = "approver"
    GOVERNMENT = "government"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    DESIGNER = "designer"
    ADMIN = "admin"
    SYSTEM = "system"


R = Role
HALL = frozenset({R.WINDOW, R.WINDOW_LEAD})
STAFF = frozenset(Role) - {R.APPLICANT, R.SYSTEM}
#: Designers and administrators of the system see no case.
READERS = STAFF - {R.DESIGNER, R.ADMIN}
#: Who answers for the calendar, and who relies on it for all departments.
OVERSEERS = frozenset({R.ADMIN, R.SUPERVISOR, R.GOVERNMENT, R.AUDITOR})

#: Action → the roles that may perform it.
ACTIONS: dict[str, frozenset[Role]] = {
    "receive": HALL,
    "accept": HALL,
    "return_for_supplement": HALL,
    "supplement": HALL,
    "hand_in": HALL,
    "expire_deferral": frozenset({R.SYSTEM}),
    "decline": HALL,
    "confirm_decline": frozenset({R.WINDOW_LEAD}),
    "deem_accepted": frozenset({R.SYSTEM}),
    "expire_supplement": frozenset({R.SYSTEM}),
    "sign_for": frozenset({R.APPROVER}),
    "give_opinion": frozenset({R.APPROVER}),
    "claim": frozenset({R.APPROVER}),
    "release": frozenset({R.APPROVER}),
    "forward": frozenset({R.APPROVER}),
    "accept_forward": frozenset({R.APPROVER}),
    "refuse_forward": frozenset({R.APPROVER}),
    "delegate": frozenset({R.APPROVER}),
    "return_delegated": frozenset({R.APPROVER}),
    "pre_review": frozenset({R.APPROVER}),
    "decide": frozenset({R.APPROVER}),
    "confirm_refusal": frozenset({R.APPROVER}),
    "check_commitment": frozenset({R.APPROVER}),
    "pause_deadline": frozenset({R.APPROVER}),
    "request_pause": frozenset({R.APPROVER}),
    "approve_pause": frozenset({R.APPROVER}),
    "resume_deadline": frozenset({R.APPROVER}),
    "extend_deadline": frozenset({R.APPROVER, R.GOVERNMENT}),
    "request_extension": frozenset({R.APPROVER, R.WINDOW_LEAD}),
    "refuse_extension": frozenset({R.APPROVER, R.GOVERNMENT}),
    "consult": frozenset({R.APPROVER}),
    "answer_consultation": frozenset({R.APPROVER}),
    "withdraw_consultation": frozenset({R.APPROVER}),
    "expire_consultation": frozenset({R.SYSTEM}),
    "call_meeting": frozenset({R.APPROVER, R.WINDOW_LEAD}),
    "record_attendance": frozenset({R.APPROVER}),
    "conclude_meeting": frozenset({R.APPROVER, R.WINDOW_LEAD}),
    "cancel_meeting": frozenset({R.APPROVER, R.WINDOW_LEAD}),
    "expire_attendance": frozenset({R.SYSTEM}),
    "send_back": frozenset({R.APPROVER}),
    "take_back": frozenset({R.APPROVER}),
    "add_signer": frozenset({R.APPROVER}),
    "remove_signer": frozenset({R.APPROVER}),
    "roll_back": frozenset({R.WINDOW_LEAD}),
    "jump": frozenset({R.WINDOW_LEAD}),
    "conclude_item": frozenset({R.WINDOW_LEAD}),
    "suspend_case": frozenset({R.WINDOW_LEAD}),
    "resume_case": frozenset({R.WINDOW_LEAD}),
    "send_message": HALL,
    "fire_timer": frozenset({R.SYSTEM}),
    "migrate_case": frozenset({R.DESIGNER}),
    "warn": frozenset({R.SYSTEM}),
    "escalate": frozenset({R.SYSTEM}),
    "deliver": HALL,
    "close": HALL,
    "withdraw": HALL | {R.APPLICANT},
    "comment": READERS,
    "attach": HALL | {R.APPROVER},
    "detach": HALL | {R.APPROVER},
    "copy_to": HALL | {R.APPROVER, R.GOVERNMENT},
    "remind": frozenset({R.WINDOW_LEAD, R.APPLICANT}),
    "upload_process": frozenset({R.DESIGNER}),
    "publish_process": frozenset({R.DESIGNER}),
    "return_version": frozenset({R.DESIGNER}),
    "call_back_version": frozenset({R.DESIGNER}),
    "take_effect": frozenset({R.SYSTEM}),
    "retire_process": frozenset({R.DESIGNER}),
    "import_organisation": frozenset({R.ADMIN}),
    "record_absence": frozenset({R.ADMIN}),
    "set_qualification": frozenset({R.ADMIN}),
    "hand_over": frozenset({R.ADMIN}),
    "export_list": READERS,
    "import_calendar": frozenset({R.ADMIN}),
    "recount_deadlines": frozenset({R.SYSTEM}),
    "file_inspection": frozenset({R.APPROVER}),
    "approve_inspection": frozenset({R.APPROVER}),
    "record_inspection": frozenset({R.APPROVER}),
    "cancel_inspection": frozenset({R.APPROVER}),
    "give_rating": frozenset({R.APPLICANT}),
    "correct_rating": frozenset({R.APPLICANT}),
    "contact_rater": frozenset({R.APPROVER, R.WINDOW_LEAD}),
    "rectify_rating": frozenset({R.APPROVER, R.WINDOW_LEAD}),
    "call_back_rater": frozenset({R.SUPERVISOR, R.WINDOW_LEAD}),
    "appeal_rating": frozenset({R.APPROVER, R.WINDOW_LEAD}),
    "decide_rating_appeal": frozenset({R.SUPERVISOR}),
    "register_complaint": HALL | {R.APPLICANT, R.SUPERVISOR},
    "examine_complaint": frozenset({R.SUPERVISOR}),
    "sign_for_complaint": frozenset({R.APPROVER}),
    "propose_outcome": frozenset({R.SUPERVISOR, R.APPROVER}),
    "weigh_outcome": frozenset({R.SUPERVISOR}),
    "handle_complaint": frozenset({R.SUPERVISOR, R.APPROVER}),
    "answer_complaint": frozenset({R.SUPERVISOR}),
    "call_back_complainant": frozenset({R.SUPERVISOR}),
    "extend_complaint": frozenset({R.SUPERVISOR}),
    "unseal_complainant": frozenset({R.SUPERVISOR}),
    "lapse_follow_up": frozenset({R.SYSTEM}),
    "recount_follow_up": frozenset({R.SYSTEM}),
    "raise_card": frozenset({R.SYSTEM}),
    "climb_card": frozenset({R.SYSTEM}),
    "issue_card": frozenset({R.SUPERVISOR}),
    "answer_card": frozenset({R.APPROVER, R.WINDOW_LEAD}),
    "accept_answer": frozenset({R.SUPERVISOR}),
    "return_answer": frozenset({R.SUPERVISOR}),
    "appeal_card": frozenset({R.APPROVER, R.WINDOW_LEAD}),
    "decide_appeal": frozenset({R.SUPERVISOR}),
    "change_ladder": frozenset({R.SUPERVISOR}),
    "draft_bulletin": frozenset({R.SUPERVISOR}),
    "edit_bulletin": frozenset({R.SUPERVISOR}),
    "sign_off_bulletin": frozenset({R.SUPERVISOR, R.GOVERNMENT}),
}
