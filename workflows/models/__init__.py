"""What is stored.  One file per noun; no model imports an action.

organisation  departments, posts with holder and deputy (AB角), people, absences
process       a version of a process: diagrams, catalogue and forms, published by two people
case          a case (办件), its items (事项) and its materials (材料)
task          a user task of a running process, waiting for a post or done
deadline      the ledger of every clock: limits, pauses, extensions, the rungs climbed
history       one row an action, chained by hash, refusing UPDATE and DELETE
notice        what a post has to be told
phrase        what a person often writes into an opinion
serial        the numbers of cases and documents
fetch         reading the few rows an action begins with
rows          writing what changed, in as few statements as it takes
"""

from workflows.models.base import Base
from workflows.models.case import Case, CaseItem, CaseMaterial
from workflows.models.deadline import Deadline, DeadlinePause, DeadlineRung
from workflows.models.history import HistoryEvent
from workflows.models.notice import Notice
from workflows.models.organisation import Absence, Department, Organisation, Person, Post
from workflows.models.phrase import Phrase
from workflows.models.process import ProcessInstance, ProcessVersion
from workflows.models.serial import Serial
from workflows.models.task import Task

__all__ = [
    "Absence",
    "Base",
    "Case",
    "CaseItem",
    "CaseMaterial",
    "Deadline",
    "DeadlinePause",
    "DeadlineRung",
    "Department",
    "HistoryEvent",
    "Notice",
    "Organisation",
    "Person",
    "Phrase",
    "Post",
    "ProcessInstance",
    "ProcessVersion",
    "Serial",
    "Task",
]
