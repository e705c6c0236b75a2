"""Who may do what, as a table: one row an action, one row a page.

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
}

#: Page (the endpoint of a GET) → the roles that may open it.  Pages not listed are public.
PAGES: dict[str, frozenset[Role]] = {
    "desk.home": STAFF,
    "desk.new": STAFF,
    "window.intake": HALL,
    "window.guide": HALL,
    "window.receipt": HALL,
    "window.supplement_notice": HALL,
    "window.deferral_notice": HALL,
    "review.task": frozenset({R.APPROVER}),
    "phrases.list_phrases": frozenset({R.APPROVER}),
    "cases.search_cases": READERS,
    "cases.detail": READERS,
    "cases.diagram": READERS,
    "explained.clocks": READERS,
    "files.show": READERS,
    "files.content": READERS,
    "supervisor.board": frozenset({R.SUPERVISOR, R.GOVERNMENT, R.AUDITOR}),
    "auditor.audit": frozenset({R.AUDITOR, R.SUPERVISOR}),
    "designer.processes": frozenset({R.DESIGNER, R.AUDITOR}),
    "designer.version": frozenset({R.DESIGNER, R.AUDITOR}),
    "designer.source": frozenset({R.DESIGNER, R.AUDITOR}),
    "comparing.compare": frozenset({R.DESIGNER, R.AUDITOR}),
    "moving_cases.assistant": frozenset({R.DESIGNER}),
    "parcels.of_version": frozenset({R.DESIGNER, R.AUDITOR}),
    "parcels.of_draft": frozenset({R.DESIGNER}),
    "drafts.room": frozenset({R.DESIGNER}),
    "drafts.text": frozenset({R.DESIGNER}),
    "promising.of_draft": frozenset({R.DESIGNER}),
    "promising.of_version": frozenset({R.DESIGNER, R.AUDITOR}),
    "listed.items": frozenset({R.DESIGNER}),
    "listed.item": frozenset({R.DESIGNER}),
    "listed.choice": frozenset({R.DESIGNER}),
    "listed.drawn": frozenset({R.DESIGNER}),
    "draft_files.show": frozenset({R.DESIGNER}),
    "trials.list_tests": frozenset({R.DESIGNER}),
    "trials.new": frozenset({R.DESIGNER}),
    "trials.show": frozenset({R.DESIGNER}),
    "trials.of_version": frozenset({R.DESIGNER, R.AUDITOR}),
    "simulation.of_draft": frozenset({R.DESIGNER}),
    "simulation.of_version": frozenset({R.DESIGNER, R.AUDITOR}),
    "simulation.show": frozenset({R.DESIGNER, R.AUDITOR}),
    "simulation.diagram": frozenset({R.DESIGNER, R.AUDITOR}),
    "drafting.diagram": frozenset({R.DESIGNER}),
    "cataloguing.overview": frozenset({R.DESIGNER}),
    "cataloguing.section": frozenset({R.DESIGNER}),
    "cataloguing.form": frozenset({R.DESIGNER}),
    "tabulating.ask": frozenset({R.DESIGNER}),
    "tabulating.sheets": frozenset({R.DESIGNER}),
    "admin.people": frozenset({R.ADMIN, R.SUPERVISOR}),
    "reminders.mine": STAFF,
    "reminders.outbox": frozenset({R.ADMIN}),
}

#: A POST that is no action on a case (its endpoint) → the roles that may: what people keep for
#: themselves, and what is done at a window.
POSTS: dict[str, frozenset[Role]] = {
    "personal.save_draft": frozenset({R.APPROVER}),
    "personal.follow": READERS,
    "personal.mark_read": READERS,
    "phrases.add": frozenset({R.APPROVER}),
    "phrases.change": frozenset({R.APPROVER}),
    "phrases.use": frozenset({R.APPROVER}),
    "views.keep_view": STAFF,
    "views.forget_view": STAFF,
    "reminders.choose_mine": STAFF,
    "reminders.send_again": frozenset({R.ADMIN}),
    "intake_drafts.keep": HALL,
    "intake_drafts.discard": HALL,
    "queue.call_next": HALL,
    "queue.call_again": HALL,
    "queue.miss": HALL,
    "scanning.scan": HALL,
    "parcels.bring_in": frozenset({R.DESIGNER}),
    "drafts.begin": frozenset({R.DESIGNER}),
    "drafts.save": frozenset({R.DESIGNER}),
    "drafts.check": frozenset({R.DESIGNER}),
    "drafts.drop": frozenset({R.DESIGNER}),
    "listed.change": frozenset({R.DESIGNER}),
    "listed.choose": frozenset({R.DESIGNER}),
    "listed.redraw": frozenset({R.DESIGNER}),
    "draft_files.put": frozenset({R.DESIGNER}),
    "draft_files.remove": frozenset({R.DESIGNER}),
    "trials.create": frozenset({R.DESIGNER}),
    "trials.change": frozenset({R.DESIGNER}),
    "trials.run_all": frozenset({R.DESIGNER}),
    "trials.run_one": frozenset({R.DESIGNER}),
    "trials.expect": frozenset({R.DESIGNER}),
    "trials.remove": frozenset({R.DESIGNER}),
    "trials.run_version": frozenset({R.DESIGNER}),
    "simulation.begin_draft": frozenset({R.DESIGNER}),
    "simulation.begin_version": frozenset({R.DESIGNER}),
    "simulation.halt": frozenset({R.DESIGNER}),
    "drafting.begin": frozenset({R.DESIGNER}),
    "drafting.try_expression": frozenset({R.DESIGNER}),
    "drafting.lay_out": frozenset({R.DESIGNER}),
    "cataloguing.save": frozenset({R.DESIGNER}),
    "cataloguing.remove": frozenset({R.DESIGNER}),
    "tabulating.take_in": frozenset({R.DESIGNER}),
}
