"""`lianban tidy`: what nothing needs any more goes; what an attachment refers to stays."""

import json
import os
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from server.cli import main
from server.outbox.forgetting import forget_sent
from server.settings import Settings
from server.store import Store
from tests.files import attach
from tests.hall import Hall
from workflows.actions.give_opinion import GiveOpinion
from workflows.models import Draft, Outgoing
from workflows.personal.drafts import save_draft


def test_orphans_and_drafts_of_closed_tasks_go(
    hall: Hall, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    number = hall.accepted()
    for item in ("R08", "R13"):
        hall.sign_for(number, item)
    store = Store(settings.attachments)
    kept, orphan = store.put(b"kept"), store.put(b"orphan")
    hall.act("window1", number, replace(attach(), sha256=kept))
    for path in (store.path(kept), store.path(orphan)):
        os.utime(path, (0, 0))
    done, open_ = hall.task(number, "R08"), hall.task(number, "R13")
    me = hall.actor("sj.handler").person_id or 0
    with hall.services.database.writers() as session, session.begin():
        for task in (done, open_):
            assert save_draft(session, me, task.id, {"opinion": "符合"}, hall.clock.now())
    hall.act("sj.handler", number, GiveOpinion(done.id, "agree", "符合"))
    monkeypatch.setenv("LIANBAN_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("LIANBAN_VAR_FOLDER", str(settings.var_folder))
    assert main(["tidy", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"files": 1, "drafts": 1, "messages": 0}
    assert store.path(kept).exists()
    with hall.read() as session:
        assert list(session.scalars(select(Draft.task_id))) == [open_.id]


def test_what_arrived_long_ago_is_forgotten_and_dead_letters_stay(hall: Hall) -> None:
    now = hall.clock.now()
    old, fresh = now - timedelta(days=91), now - timedelta(days=89)
    states: dict[str, dict[str, datetime]] = {
        "arrived long ago": {"sent_at": old}, "arrived": {"sent_at": fresh},
        "given up long ago": {"dead_at": old}, "waits": {"next_at": old},
    }  # fmt: skip
    words = dict.fromkeys(("channel", "address", "lane", "light", "subject", "text"), "x")
    with hall.services.database.writers() as session, session.begin():
        for key, state in states.items():
            session.add(Outgoing(key=key, at=old, not_before=old, **words, **state))
        session.flush()
    assert forget_sent(hall.services) == 1
    with hall.read() as session:
        left = set(session.scalars(select(Outgoing.key)))
    assert left == states.keys() - {"arrived long ago"}
