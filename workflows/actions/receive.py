"""Receive an application at the window (收件): one form, one set of materials, one receipt.

一口受理: a material that several items need is handed in once (浙江“最多跑一次”规定 §7).  The
receipt starts the five working days in which everything missing must be told at once (§32(4)).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from workflows.actions.base import CaseAction, Context, ProcessNotFound
from workflows.actions.clocks import start_clock
from workflows.actions.files import files_of, keep_files
from workflows.actions.materials import Handed, hand_in
from workflows.actions.numbers import case_number, new_code
from workflows.catalogue import Catalogue
from workflows.catalogue.published import published
from workflows.catalogue.searchable import answers_of
from workflows.errors import N_, WorkflowError
from workflows.models import Case, CaseField, CaseItem, CaseMaterial, ProcessVersion
from workflows.models.deadline import Basis, Clock
from workflows.models.rows import add_last
from workflows.states import CaseState, ItemState, ProcessState

#: Without letters and digits that are mistaken for each other on paper.


class AlreadyReceived(WorkflowError):
    """The same receipt form was sent twice: a double click, or a page sent again."""

    sentence = N_("这份申请已经收件，办件号 %(number)s。")


class ApplicantMissing(WorkflowError):
    """An application needs an applicant."""

    sentence = N_("请填写申请人名称、证件号和联系电话。")


@dataclass(frozen=True)
class Receive(CaseAction):
    process: str
    token: str
    applicant: str
    applicant_number: str
    phone: str
    form: dict[str, Any] = field(default_factory=dict)
    answers: Mapping[str, bool | int | float] = field(default_factory=dict)
    materials: list[str] = field(default_factory=list)
    #: What stands on documents: until when they are valid, or when they were made out.
    dates: dict[str, date] = field(default_factory=dict)
    #: What is taken over from earlier cases of the applicant: code → the version.
    reuse: dict[str, int] = field(default_factory=dict)

    name = "receive"

    def find(self, key: str, ctx: Context) -> Case:
        # The day's running number is taken first: it lets one receipt in at a time, so that the
        # second of two clicks sees the first one's case.
        number = case_number(ctx)
        twice = ctx.session.scalar(select(Case).where(Case.intake_token == self.token))
        if twice is not None:
            raise AlreadyReceived(number=twice.number)
        version = ctx.session.scalar(
            select(ProcessVersion).where(
                ProcessVersion.process == self.process,
                ProcessVersion.state == ProcessState.PUBLISHED,
            )
        )
        if version is None:
            raise ProcessNotFound(key=self.process)
        case = self._new_case(number, version, ctx)
        ctx.session.add(case)
        ctx.session.flush()
        return case

    def _new_case(self, number: str, version: ProcessVersion, ctx: Context) -> Case:
        if not (self.applicant.strip() and self.applicant_number.strip() and self.phone.strip()):
            raise ApplicantMissing
        catalogue = published(version).catalogue
        return Case(
            number=number,
            query_code=new_code(),
            intake_token=self.token,
            version=version,
            region=catalogue.theme.region,
            title=version.name,
            applicant=self.applicant.strip(),
            applicant_number=self.applicant_number.strip(),
            phone=self.phone.strip(),
            form=self.form,
            answers=catalogue.answers(self.answers),
            state=CaseState.NEW,
            received_by=ctx.actor.name,
            received_by_id=ctx.actor.person_id,
            received_at=ctx.now,
            history_length=0,
            history_hash="",
        )

    def apply(self, case: Case, ctx: Context) -> dict[str, Any]:
        catalogue = published(case.version).catalogue
        self._add_items(case, catalogue)
        self._add_materials(case, catalogue)
        rows = {row.code: row for row in case.materials}
        handed = hand_in(case, rows, Handed(self.materials, self.dates, self.reuse), ctx)
        self._add_fields(case, ctx)
        if files_of(self.form):
            case.form = keep_files(case, self.form, ctx)
        start_clock(case, Clock.NOTICE, [(Basis.STATUTORY, catalogue.rules.notice)], ctx)
        return {
            "applicant": case.applicant,
            "version": case.version.key,
            "items": [item.code for item in case.items],
            **handed,
            **files_of(case.form),
        }

    def _add_items(self, case: Case, catalogue: Catalogue) -> None:
        for item in catalogue.needed_items(case.answers):
            case.items.append(
                CaseItem(
                    code=item.code,
                    name=item.name,
                    department_code=item.department,
                    commitment=catalogue.by_commitment(item, case.answers),
                    state=ItemState.WAITING,
                )
            )

    def _add_materials(self, case: Case, catalogue: Catalogue) -> None:
        needed = catalogue.needed_items(case.answers)
        for material, items in catalogue.materials_for(needed, case.answers):
            asked = material.need == "required" or material.when is not None
            case.materials.append(
                CaseMaterial(
                    code=material.code,
                    name=material.name,
                    required=asked or material.need == "deferrable",
                    deferrable=material.need == "deferrable",
                    fetched=material.fetched,
                    items=[item.code for item in items],
                    received_at=None,
                    deferred=False,
                    fault="",
                    version=0,
                )
            )

    def _add_fields(self, case: Case, ctx: Context) -> None:
        """What lists are filtered by: the answers to the questions declared searchable."""
        form = published(case.version).forms.get("application", {})
        rows = [
            CaseField(case_id=case.id, field=field.key, **{field.kind: answer})
            for field, answer in answers_of(form, self.form)
        ]
        add_last(ctx.session, *rows)
