"""流程上传: a version comes in whole and checked, and waits for a second person."""

from dataclasses import replace

from tests.drafting import begun, revisions, there, write
from tests.evidence import one_row, only, path, refused
from tests.hall import Hall
from workflows.catalogue import CatalogueInvalid
from workflows.drawing.drafts import DraftChanged, DraftGone
from workflows.engine import ProcessInvalid
from workflows.permissions import Role
from workflows.states import ProcessState


def test_an_upload_is_a_draft_with_the_next_number_and_changes_no_case(hall: Hall) -> None:
    upload = hall.upload(("promised: 13wd", "promised: 12wd"))
    row = one_row(hall, "designer1", "restaurant", replace(upload, note=" 提速 "))
    assert (row.subject, path(row)) == ("restaurant@2", ("new", "draft"))
    assert row.details["note"] == "提速"
    assert row.details["files"] == sorted(upload.sources)
    assert len(row.details["sha256"]) == 64
    assert hall.case(hall.receive()).version.version == 1


def test_the_fingerprint_covers_diagrams_catalogue_and_forms(hall: Hall) -> None:
    upload = hall.upload()
    same = hall.act("designer1", "restaurant", upload)
    forms = {**upload.forms, "opinion": {}}
    other = hall.act("designer1", "restaurant", replace(upload, forms=forms))
    assert len({same.sha256, other.sha256}) == 2
    assert (same.version, other.version) == (2, 3)
    assert same.state is ProcessState.DRAFT


def test_a_faulty_diagram_is_refused_with_all_its_faults(hall: Hall) -> None:
    upload = hall.upload()
    diagram = upload.sources["item_instant.bpmn"]
    broken = diagram.replace('duty="handler"', 'duty="boss"').replace('kind="confirm"', 'kind="x"')
    sources = {**upload.sources, "item_instant.bpmn": broken}
    with refused(hall, ProcessInvalid) as caught:
        hall.act("designer1", "restaurant", replace(upload, sources=sources))
    faults = [(fault.file, fault.element) for fault in caught.value.faults]
    assert faults == [("item_instant.bpmn", "decide"), ("item_instant.bpmn", "confirm_refusal")]


def test_an_unreadable_diagram_is_refused(hall: Hall) -> None:
    upload = hall.upload()
    sources = {**upload.sources, "item_instant.bpmn": "<not a diagram"}
    with refused(hall, ProcessInvalid, "item_instant.bpmn"):
        hall.act("designer1", "restaurant", replace(upload, sources=sources))


def test_a_faulty_catalogue_is_refused_with_all_its_faults(hall: Hall) -> None:
    upload = hall.upload(
        ("statutory: 10wd, extension: 5wd, promised: 5wd", "statutory: 10wd, promised: 11wd"),
        ("name: 公司章程", "name: 其他材料"),
        ("needed: sells_tobacco", "needed: sells_whales"),
    )
    with refused(hall, CatalogueInvalid) as caught:
        hall.act("designer1", "restaurant", upload)
    assert {fault.line for fault in caught.value.faults} >= {
        line
        for line, text in enumerate(upload.catalogue.splitlines(), start=1)
        if "promised: 11wd" in text or "其他材料" in text or "sells_whales" in text
    }


def test_diagram_and_catalogue_name_the_same_items(hall: Hall) -> None:
    upload = hall.upload()
    diagram = upload.sources["restaurant.bpmn"].replace('code="R13"', 'code="R99"')
    with refused(hall, ProcessInvalid) as caught:
        hall.act(
            "designer1",
            "restaurant",
            replace(upload, sources={**upload.sources, "restaurant.bpmn": diagram}),
        )
    assert {fault.element for fault in caught.value.faults} == {"R13", "R99"}


def test_the_diagram_of_the_process_itself_is_there(hall: Hall) -> None:
    with refused(hall, ProcessInvalid, "moon_landing"):
        hall.act("designer1", "moon_landing", replace(hall.upload(), process="moon_landing"))


def test_only_designers_upload(hall: Hall) -> None:
    only(hall, "restaurant", hall.upload(), Role.DESIGNER)


def test_handed_in_from_the_draft_it_is_a_version_and_no_draft_any_more(hall: Hall) -> None:
    begun(hall)
    read = revisions(hall)
    write(hall, "catalogue.yaml", "promised: 13wd", "promised: 12wd")
    upload = hall.upload(("promised: 13wd", "promised: 12wd"))
    with refused(hall, DraftChanged) as caught:
        hall.act("designer1", "restaurant", replace(upload, revisions=read))
    assert caught.value.params == {"by": "郑复核", "file": "catalogue.yaml"}
    action = replace(upload, note="提速", revisions=revisions(hall))
    row = one_row(hall, "designer1", "restaurant", action)
    assert row.details["drafted_by"]["catalogue.yaml"] == "郑复核"
    assert row.details["drafted_by"]["restaurant.bpmn"] == "吴设计"
    assert not there(hall)
    with refused(hall, DraftGone):
        hall.act("designer1", "restaurant", action)
