"""Every page of the house: one blueprint a kind of user, or a subject."""

from server.actions import actions
from server.admin import admin
from server.applicant import applicant
from server.auditor import auditor
from server.bulk import bulk
from server.bulletins import bulletins
from server.calendars import calendars
from server.cards import cards
from server.cases import cases
from server.cataloguing import cataloguing
from server.comparing import comparing
from server.complaint import complaint
from server.complaint_figures import complaint_figures
from server.complaints import complaints
from server.dashboard import dashboard
from server.designer import designer
from server.desk import desk
from server.document_room import document_room
from server.documents import documents
from server.draft_files import draft_files
from server.drafting import drafting
from server.drafts import drafts
from server.explained import explained
from server.export import export
from server.files import files
from server.form_designer import form_designer
from server.form_trial import form_trial
from server.guide import guide
from server.inspections import inspections
from server.intake_drafts import intake_drafts
from server.ladders import ladders
from server.listed import listed
from server.moving_cases import moving_cases
from server.parcels import parcels
from server.personal import personal
from server.phrases import phrases
from server.promising import promising
from server.publishing import publishing
from server.queue import queue
from server.rating import rating
from server.rating_figures import rating_figures
from server.ratings import ratings
from server.reminders import reminders
from server.review import review
from server.ruling import ruling
from server.scanning import scanning
from server.scores import board_of_scores
from server.simulation import simulation
from server.statistics import statistics
from server.supervisor import supervisor
from server.tabulating import tabulating
from server.trials import trials
from server.views import views
from server.watch_rules import watch_rules
from server.window import window

BLUEPRINTS = (
    actions, desk, window, review, phrases, cases, supervisor, auditor, designer, admin,
    applicant, bulk, views, export, files, personal, reminders, queue, intake_drafts, scanning,
    drafts, draft_files, drafting, form_designer, form_trial, promising, listed, publishing,
    comparing, parcels, moving_cases, trials, simulation, cataloguing, tabulating, guide,
    explained, documents, document_room, ruling, calendars, inspections,
    rating, ratings, rating_figures, complaint, complaints,
    complaint_figures,
    cards, ladders, watch_rules,
    statistics, dashboard, bulletins, board_of_scores,
)  # fmt: skip
