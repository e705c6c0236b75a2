"""The lifecycles of what the hall works with: processes, the organisation, calendars."""

from enum import StrEnum


class ProcessState(StrEnum):
    NEW = "new"
    DRAFT = "draft"
    RETURNED = "returned"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    RETIRED = "retired"


P = ProcessState

PROCESSES: dict[tuple[str, str], tuple[ProcessState, ...]] = {
    (P.NEW, "upload_process"): (P.DRAFT,),
    (P.DRAFT, "return_version"): (P.RETURNED,),
    (P.DRAFT, "publish_process"): (P.PUBLISHED, P.SCHEDULED),
    (P.SCHEDULED, "call_back_version"): (P.DRAFT,),
    (P.SCHEDULED, "take_effect"): (P.PUBLISHED,),
    (P.PUBLISHED, "retire_process"): (P.RETIRED,),
}

#: The organisation has one state: it changes, but it does not move on.
ORGANISATION: dict[tuple[str, str], tuple[str, ...]] = {
    ("active", "import_organisation"): ("active",),
    ("active", "record_absence"): ("active",),
    ("active", "set_qualification"): ("active",),
    ("active", "hand_over"): ("active",),
    ("active", "export_list"): ("active",),
}

#: A calendar is known, and better known with every import.
CALENDARS: dict[tuple[str, str], tuple[str, ...]] = {
    ("active", "import_calendar"): ("active",),
}
