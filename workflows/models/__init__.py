"""What is stored.  One file per noun; no model imports an action.

organisation  departments, posts with holder, deputy (AB角) and members, people, absences
card          a card of the watch (监察卡), its answer and appeal, the rungs it has climbed
ladder        the ladder (预警阶梯) of a region and theme, revision by revision
calendar      what was imported of a calendar, and how far deadlines were counted again
process       a version of a process: diagrams, catalogue and forms, published by two people
process_draft a process that is being designed, shared file by file
trial         what was tried with the files of a process
case          a case (办件), its items (事项) and its materials (材料)
material      the versions of a material (材料版本), and where one was taken over from (沿用)
task          a user task of a running process, waiting for a post or done
offer         a task that one person hands to another (转办, 委派)
deadline      the ledger of every clock: limits, pauses, extensions, the rungs climbed
consultation  a question to another department, and its answer
meeting       a joint visit or meeting, and each department's own conclusion
inspection    a visit to an enterprise (涉企检查), filed and approved before it
subject       whatever has a history
clock_request a pause or an extension that waits for a superior
history       one row an action, chained by hash, refusing UPDATE and DELETE
rating        what somebody said of a case (好差评), and the invitation to at a window
complaint     what somebody says went wrong (投诉), the diagram it runs on, who said so
follow_up     the clocks of ratings and complaints
notice        what a post or a person has to be told
attachment    a file beside a case
personal      copies of cases, followed cases, drafts
outgoing      what leaves the system, and where people want to be told
phrase        what a person often writes into an opinion
lookup        what cases are found by: words, and answers declared searchable
watch         how far the watch has looked
view          a list with filter and columns, kept under a name
serial        the numbers of cases, documents and tickets
ticket        a number in the queue of the hall (取号叫号), and the case received for it
intake_draft  what a clerk has written into the form of intake and not sent yet
bulletin      a bulletin of the watch (监察通报): frozen figures, what is said of them
fetch         reading the few rows an action begins with
rows          writing what changed, in as few statements as it takes
"""

from workflows.models.attachment import Attachment
from workflows.models.base import Base
from workflows.models.bulletin import Bulletin
from workflows.models.calendar import Calendar, CalendarYear
from workflows.models.card import Card, CardRung
from workflows.models.case import Case, CaseItem, CaseMaterial
from workflows.models.clock_request import ClockRequest, RequestKind
from workflows.models.complaint import Complainant, Complaint, ComplaintDiagram, Finding, Way
from workflows.models.consultation import Answer, Consultation
from workflows.models.deadline import Deadline, DeadlinePause, DeadlineRung
from workflows.models.follow_up import FollowUp, FollowUpClock
from workflows.models.history import HistoryEvent
from workflows.models.inspection import Inspection, InspectionKind
from workflows.models.intake_draft import IntakeDraft
from workflows.models.ladder import Ladder, LadderVersion
from workflows.models.lookup import CaseField, LookupGram, LookupPlace, LookupText, LookupUse
from workflows.models.material import MaterialVersion
from workflows.models.meeting import Attendance, Meeting, MeetingKind
from workflows.models.notice import Notice
from workflows.models.offer import OfferKind, TaskOffer
from workflows.models.organisation import Absence, Department, Organisation, Person, Post
from workflows.models.outgoing import NoticeChoice, OutboxPosition, Outgoing
from workflows.models.personal import Copy, Draft, Follow
from workflows.models.phrase import Phrase
from workflows.models.process import ProcessInstance, ProcessVersion
from workflows.models.process_draft import DraftFile, ProcessDraft
from workflows.models.rating import Channel, Rating, RatingInvitation
from workflows.models.serial import Serial
from workflows.models.task import Task
from workflows.models.ticket import Ticket, TicketCase, TicketState
from workflows.models.trial import RunState, SimulationRun, TrialRun
from workflows.models.view import SavedView
from workflows.models.watch import WatchPlace

__all__ = [
    "Absence",
    "Answer",
    "Attachment",
    "Attendance",
    "Base",
    "Bulletin",
    "Calendar",
    "CalendarYear",
    "Card",
    "CardRung",
    "Case",
    "CaseField",
    "CaseItem",
    "CaseMaterial",
    "Channel",
    "ClockRequest",
    "Complainant",
    "Complaint",
    "ComplaintDiagram",
    "Consultation",
    "Copy",
    "Deadline",
    "DeadlinePause",
    "DeadlineRung",
    "Department",
    "Draft",
    "DraftFile",
    "Finding",
    "Follow",
    "FollowUp",
    "FollowUpClock",
    "HistoryEvent",
    "Inspection",
    "InspectionKind",
    "IntakeDraft",
    "Ladder",
    "LadderVersion",
    "LookupGram",
    "LookupPlace",
    "LookupText",
    "LookupUse",
    "MaterialVersion",
    "Meeting",
    "MeetingKind",
    "Notice",
    "NoticeChoice",
    "OfferKind",
    "Organisation",
    "OutboxPosition",
    "Outgoing",
    "Person",
    "Phrase",
    "Post",
    "ProcessDraft",
    "ProcessInstance",
    "ProcessVersion",
    "Rating",
    "RatingInvitation",
    "RequestKind",
    "RunState",
    "SavedView",
    "Serial",
    "SimulationRun",
    "Task",
    "TaskOffer",
    "Ticket",
    "TicketCase",
    "TicketState",
    "TrialRun",
    "WatchPlace",
    "Way",
]
