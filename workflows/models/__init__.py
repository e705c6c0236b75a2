"""What is stored.  One file per noun; no model imports an action.

organisation  departments, posts with holder and deputy (AB角), people, absences
process       a version of a process: diagrams, catalogue and forms, published by two people
case          a case (办件), its items (事项) and its materials (材料)
task          a user task of a running process, waiting for a post or done
deadline      the ledger of every clock: limits, pauses, extensions, the rungs climbed
consultation  a question to another department, and its answer
meeting       a joint visit or meeting, and each department's own conclusion
clock_request a pause or an extension that waits for a superior
history       one row an action, chained by hash, refusing UPDATE and DELETE
notice        what a post has to be told
serial        the numbers of cases and documents
fetch         reading the few rows an action begins with
rows          writing what changed, in as few statements as it takes
"""

from workflows.models.base import Base
from workflows.models.case import Case, CaseItem, CaseMaterial
from workflows.models.clock_request import ClockRequest, RequestKind
from workflows.models.consultation import Answer, Consultation
from workflows.models.deadline import Deadline, DeadlinePause, DeadlineRung
from workflows.models.history import HistoryEvent
from workflows.models.meeting import Attendance, Meeting, MeetingKind
from workflows.models.notice import Notice
from workflows.models.organisation import Absence, Department, Organisation, Person, Post
from workflows.models.process import ProcessInstance, ProcessVersion
from workflows.models.serial import Serial
from workflows.models.task import Task

__all__ = [
    "Absence",
    "Answer",
    "Attendance",
    "Base",
    "Case",
    "CaseItem",
    "CaseMaterial",
    "ClockRequest",
    "Consultation",
    "Deadline",
    "DeadlinePause",
    "DeadlineRung",
    "Department",
    "HistoryEvent",
    "Meeting",
    "MeetingKind",
    "Notice",
    "Organisation",
    "Person",
    "Post",
    "ProcessInstance",
    "ProcessVersion",
    "RequestKind",
    "Serial",
    "Task",
]
