"""The history, read by somebody who has nothing else: what became of every case and item.

Only rows of history, the text of the catalogue and the calendar file; no table of the program and
none of its arithmetic.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from tests.watch.days import DAY, Calendar, day

FOREVER = date(9999, 1, 1)
DUTIES = ("handler", "checker", "approver", "chief")
WRITTEN = ("承办人", "审核人", "批准人")


@dataclass
class Pause:
    """Days that do not count: from the first on, up to but not the day it ended."""

    kind: str
    first: date
    cap: int | None = None
    end: date = FOREVER

    def takes(self, one: date, start: date, calendar: Calendar) -> bool:
        if self.cap is None or not self.first <= one < self.end:
            return self.first <= one < self.end
        before = calendar.between(max(self.first, start + DAY) - DAY, one)
        return len(before) <= self.cap


@dataclass
class Item:
    """What became of an item."""

    code: str
    started: datetime | None = None
    signed: datetime | None = None
    decided: datetime | None = None
    granted: bool | None = None
    by: str | None = None
    #: Ended without a decision.
    ended: datetime | None = None
    pauses: list[Pause] = field(default_factory=list)
    longer: dict[str, int] = field(default_factory=dict)
    #: Whose turn it is, as a place among DUTIES; and whether nobody's, until another is decided.
    turn: int = 0
    held: bool = False

    @property
    def over(self) -> datetime | None:
        return self.decided or self.ended

    def freezes(self, one: date, calendar: Calendar) -> bool:
        assert self.started is not None
        return any(pause.takes(one, day(self.started), calendar) for pause in self.pauses)

    def stop(self, moment: datetime, kind: str | None = None) -> None:
        """Every pause that is open, or of one kind, ends."""
        for pause in self.pauses:
            if pause.end == FOREVER and kind in (None, pause.kind):
                pause.end = day(moment)


@dataclass
class Story:
    """What became of a case."""

    number: str
    process: str
    window: str
    received: datetime
    items: dict[str, Item]
    state: str = "submitted"
    told: datetime | None = None
    supplemented: datetime | None = None
    accepted: datetime | None = None
    decided: datetime | None = None
    closed: datetime | None = None
    pauses: list[Pause] = field(default_factory=list)
    longer: dict[str, int] = field(default_factory=dict)


class Reader:
    """Reads the lines of an export, one after another."""

    def __init__(self, catalogues: dict[str, Any], calendar: Calendar) -> None:
        self.catalogues, self.calendar = catalogues, calendar
        self.stories: dict[str, Story] = {}

    def read(self, lines: Iterable[str]) -> dict[str, Story]:
        for line in lines:
            row = json.loads(line)
            if row["action"] == "receive":
                self._receive(row)
            elif row["subject"] in self.stories:
                self._follow(self.stories[row["subject"]], row)
        return self.stories

    def entry(self, story: Story, code: str) -> dict[str, Any]:
        """What the catalogue says of an item."""
        items = self.catalogues[story.process]["items"]
        found: dict[str, Any] = next(item for item in items if item["code"] == code)
        return found

    def post(self, story: Story, item: Item) -> str:
        """Where it was decided: by its process, and one duty higher when it was refused."""
        if item.granted is None:
            return "-"
        entry = self.entry(story, item.code)
        place = ("instant", "two_step", "three_step").index(entry["process"])
        duty = DUTIES[place + (not item.granted)]
        return f"{entry['department']}/{duty}"

    def gates(self, story: Story, code: str, kind: str | None = None) -> list[Item]:
        after = self.entry(story, code).get("after", [])
        found = [gate["item"] for gate in after if kind in (None, gate["gate"])]
        return [story.items[other] for other in found if other in story.items]

    def _receive(self, row: dict[str, Any]) -> None:
        facts = row["details"]
        self.stories[row["subject"]] = Story(
            row["subject"], facts["version"].partition("@")[0], row["actor"], _at(row),
            {code: Item(code) for code in facts["items"]},
        )  # fmt: skip

    def _follow(self, story: Story, row: dict[str, Any]) -> None:
        facts, at = row["details"], _at(row)
        item = story.items.get(facts.get("item") or "")
        name = f"_{row['action']}"
        if hasattr(self, name):
            getattr(self, name)(story, item, facts, at, row)
        self._take_back(story, facts)
        if row["to_state"] == "decided" and story.decided is None:
            story.decided = at
        elif row["to_state"] == "in_review":
            story.decided = None
        if row["to_state"] in ("withdrawn", "refused", "not_required", "terminated", "closed"):
            story.closed = story.closed or at
            for one in story.items.values():
                one.stop(at)
                if one.over is None and row["to_state"] != "closed":
                    one.ended = at
        story.state = row["to_state"]

    def _take_back(self, story: Story, facts: dict[str, Any]) -> None:
        """What a return has opened again, or taken away until another is decided."""
        for back in facts.get("reopened", []):
            again = story.items[back["item"]]
            again.decided = again.ended = again.granted = again.by = None
            again.turn, again.held = 0, True
        for code in (words.split()[0] for words in facts.get("withdrawn", [])):
            story.items[code].held = True
        for code, step in (words.split() for words in facts.get("opened", [])):
            story.items[code].held = False
            story.items[code].turn = next(n for n, who in enumerate(WRITTEN) if who in step)

    # -- before acceptance --------------------------------------------------------------------

    def _return_for_supplement(self, story: Story, *rest: Any) -> None:
        story.told = rest[2]

    def _supplement(self, story: Story, *rest: Any) -> None:
        if rest[3]["to_state"] == "submitted":
            story.supplemented = rest[2]

    def _accept(self, story: Story, _item: Any, facts: Any, *_rest: Any) -> None:
        story.accepted = datetime.fromisoformat(facts["accepted_at"])
        for code, item in story.items.items():
            if not self.gates(story, code, "start"):
                item.started = story.accepted

    _deem_accepted = _accept

    # -- under review -------------------------------------------------------------------------

    def _sign_for(self, _story: Story, item: Item, _facts: Any, at: datetime, _row: Any) -> None:
        item.signed = at

    def _give_opinion(self, _story: Story, item: Item, *_rest: Any) -> None:
        item.turn += 1

    def _decide(self, story: Story, item: Item, facts: Any, at: datetime, row: Any) -> None:
        item.stop(at, "predecessor")
        if facts["decision"] == "granted":
            self._over(story, item, True, at, row["actor"])
        item.turn = 0 if facts["decision"] == "returned" else item.turn + 1

    def _confirm_refusal(
        self, story: Story, item: Item, facts: Any, at: datetime, row: Any
    ) -> None:
        if facts["confirmed"]:
            self._over(story, item, False, at, row["actor"])

    def _conclude_item(self, story: Story, item: Item, *rest: Any) -> None:
        item.ended = rest[1]
        item.stop(rest[1])
        self._next(story, rest[1])

    def _over(self, story: Story, item: Item, granted: bool, at: datetime, by: str) -> None:
        item.decided, item.granted, item.by = at, granted, by
        item.stop(at)
        self._next(story, at)

    def _next(self, story: Story, at: datetime) -> None:
        """What waited for others begins, lapses, or may go on."""
        for code, item in story.items.items():
            before = self.gates(story, code, "start")
            if item.started is None and item.over is None and before:
                if all(other.granted for other in before):
                    item.started = at
                elif any(other.over and not other.granted for other in before):
                    item.ended = at
            if item.held and all(other.granted for other in self.gates(story, code)):
                item.held = False
            if all(other.over for other in self.gates(story, code, "decision")):
                item.stop(at, "predecessor")

    def _pre_review(self, _story: Story, item: Item, _facts: Any, at: datetime, _row: Any) -> None:
        item.pauses.append(Pause("predecessor", day(at)))

    def _approve_pause(
        self, _story: Story, item: Item, facts: Any, at: datetime, _row: Any
    ) -> None:
        if facts["granted"]:
            item.pauses.append(Pause(facts["procedure"], day(at), facts["cap_days"]))

    def _resume_deadline(
        self, _story: Story, item: Item, facts: Any, at: datetime, _row: Any
    ) -> None:
        item.stop(at, facts["procedure"])

    def _extend_deadline(self, story: Story, item: Item | None, facts: Any, *_rest: Any) -> None:
        (item or story).longer.update(dict.fromkeys(facts["due"], facts["days"]))

    def _suspend_case(self, story: Story, _item: Any, facts: Any, at: datetime, _row: Any) -> None:
        if facts["limits"] == "stopped":
            for pauses in (story.pauses, *(story.items[code].pauses for code in facts["frozen"])):
                pauses.append(Pause("suspended_case", day(at), facts["planned_days"]))

    def _resume_case(self, story: Story, _item: Any, facts: Any, at: datetime, _row: Any) -> None:
        for pauses in (story.pauses, *(item.pauses for item in story.items.values())):
            for pause in pauses:
                if pause.kind == "suspended_case" and pause.end == FOREVER:
                    pause.end = day(at)


def _at(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["at"])


def catalogue(path: Path) -> Any:
    """The catalogue as it is written."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))
