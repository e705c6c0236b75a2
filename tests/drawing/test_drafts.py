"""Drafts of processes: shared, and nobody overwrites another."""

from datetime import datetime

import pytest

from tests.hall import Hall
from workflows.drawing import drafts
from workflows.drawing.bundle import Bundle, FileUnreadable, from_files
from workflows.drawing.drafts import DraftChanged, DraftGone, DraftTooLarge, Edit

FILES = {
    "cafe.bpmn": "<a/>",
    "item_instant.bpmn": "<b/>",
    "catalogue.yaml": "theme: {}",
    "opinion.form.json": '{\n  "components": []\n}\n',
    "usual.test.yaml": "name: 平常",
}


def begun(hall: Hall, process: str = "cafe") -> datetime:
    now = hall.clock.now()
    with hall.services.database.writers() as session, session.begin():
        drafts.start(session, process, from_files(FILES), None, "吴设计", now)
    return now


def test_a_bundle_is_its_files_and_the_files_are_the_bundle() -> None:
    bundle = from_files(FILES)
    assert bundle.files() == FILES
    assert from_files(bundle.files()) == bundle
    assert (set(bundle.sources), set(bundle.others)) == (
        {"cafe.bpmn", "item_instant.bpmn"}, {"usual.test.yaml"},
    )  # fmt: skip


@pytest.mark.parametrize("name", ["a/b.bpmn", "..bpmn", "x.exe", "catalogue.yml", ".form.json"])
def test_a_file_that_no_process_has_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        from_files({name: ""})
    assert refused.value.params["file"] == name


def test_a_form_that_is_no_json_is_refused_by_its_name() -> None:
    with pytest.raises(FileUnreadable) as refused:
        from_files({"opinion.form.json": "{"})
    assert refused.value.params["file"] == "opinion.form.json"


def test_who_saves_second_is_told_who_was_first_and_overwrites_nothing(hall: Hall) -> None:
    now = begun(hall)
    with hall.services.database.writers() as session, session.begin():
        first = Edit("catalogue.yaml", "theme: 甲", 1)
        assert drafts.save(session, "cafe", first, "吴设计", now) == 2
    with hall.services.database.writers() as session, pytest.raises(DraftChanged) as refused:
        drafts.save(session, "cafe", Edit("catalogue.yaml", "theme: 乙", 1), "郑复核", now)
    assert refused.value.params == {"by": "吴设计", "file": "catalogue.yaml"}
    with hall.services.database.writers() as session, session.begin():
        again = Edit("catalogue.yaml", "theme: 甲", 1)
        assert drafts.save(session, "cafe", again, "郑复核", now) == 2, "the same text is no change"
        other = Edit("cafe.bpmn", "<c/>", 1)
        assert drafts.save(session, "cafe", other, "郑复核", now) == 2, "another file, no conflict"
        assert drafts.bundle(session, "cafe").catalogue == "theme: 甲"


def test_a_draft_is_begun_once_and_gone_when_it_is_dropped(hall: Hall) -> None:
    now = begun(hall)
    with hall.services.database.writers() as session, session.begin():
        there = drafts.start(session, "cafe", Bundle({}, "", {}), 3, "郑复核", now)
        assert (there.begun_by, there.based_on) == ("吴设计", None)
        assert len(drafts.files(session, "cafe")) == len(FILES)
        drafts.save(session, "cafe", Edit("new.dmn", "<d/>"), "郑复核", now)
        with pytest.raises(DraftChanged):
            drafts.remove(session, "cafe", "new.dmn", 7)
        drafts.remove(session, "cafe", "new.dmn", 1)
        assert "new.dmn" not in drafts.files(session, "cafe")
        with pytest.raises(DraftTooLarge):
            drafts.save(session, "cafe", Edit("big.dmn", "x" * 2_000_001), "郑复核", now)
        drafts.drop(session, "cafe")
        for missing in (drafts.find, drafts.files):
            with pytest.raises(DraftGone):
                missing(session, "cafe")
        with pytest.raises(DraftGone):
            drafts.save(session, "cafe", Edit("cafe.bpmn", "", 1), "郑复核", now)
