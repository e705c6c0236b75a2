"""A draft of a shipped process, written as designers write it."""

from tests.hall import Hall
from workflows.drawing import drafts
from workflows.drawing.bundle import Bundle
from workflows.drawing.drafts import Edit


def begun(hall: Hall, process: str = "restaurant", bundle: Bundle | None = None) -> None:
    """Somebody begins a draft with the shipped files, or with these."""
    upload = hall.upload(process=process)
    bundle = bundle or Bundle(upload.sources, upload.catalogue, upload.forms)
    with hall.services.database.writers() as session, session.begin():
        drafts.start(session, process, bundle, 1, "吴设计", hall.clock.now())


def write(hall: Hall, file: str, old: str, new: str, by: str = "郑复核") -> None:
    """Somebody replaces these words of a file."""
    with hall.services.database.writers() as session, session.begin():
        row = drafts.files(session, "restaurant")[file]
        assert old in row.text
        edit = Edit(file, row.text.replace(old, new), row.revision)
        drafts.save(session, "restaurant", edit, by, hall.clock.now())


def there(hall: Hall) -> set[str]:
    """The processes that have a draft."""
    with hall.read() as session:
        return {row.process for row in drafts.drafts(session)}


def revisions(hall: Hall) -> dict[str, int]:
    """The revision of every file of the draft."""
    with hall.read() as session:
        return {name: row.revision for name, row in drafts.files(session, "restaurant").items()}


def rename_check(hall: Hall) -> None:
    """The check of the three-step procedure gets another id, wherever it is named."""
    for attribute in ("id", "sourceRef", "targetRef", "differentFrom", "bpmnElement"):
        write(hall, "item_three_step.bpmn", f'{attribute}="check"', f'{attribute}="second_look"')
