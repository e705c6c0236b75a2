"""What an action would come to can be seen, and then nothing has happened."""

from tests.hall import Hall
from tests.moving import past
from workflows.actions import rehearse
from workflows.actions.roll_back import RollBack
from workflows.models import Case, HistoryEvent, Task
from workflows.states import ItemState


def test_a_rehearsal_leaves_no_trace_in_either_database(hall: Hall) -> None:
    number = hall.accepted()
    hall.grant(number, "R01")
    before = rows(hall, number)
    target = past(hall, number, "R01", "decide").id
    context = hall.services.context(hall.actor("lead"))

    def look(case: Case, details: dict[str, object]) -> ItemState:
        item = case.item("R01")
        assert item is not None and details["reopened"]
        return item.state

    with context.session:
        assert rehearse(number, RollBack(target, "依据有误"), context, look) == "reviewing"
    assert rows(hall, number) == before
    hall.act("lead", number, RollBack(target, "依据有误"))


def rows(hall: Hall, number: str) -> list[object]:
    """Everything that a move could change."""
    with hall.read() as session:
        case = session.query(Case).filter_by(number=number).one()
        tasks = session.query(Task).filter_by(case_id=case.id).order_by(Task.id)
        events = session.query(HistoryEvent).filter_by(subject=number).count()
        return [
            case.history_hash, events, [(item.code, item.state) for item in case.items],
            [(task.id, task.closed_at, task.void_at) for task in tasks],
        ]  # fmt: skip
