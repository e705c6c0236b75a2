"""Where a person wants to be told, besides the desk, and what (我的提醒)."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from workflows.models import NoticeChoice

#: Light → channels.
Channels = Mapping[str, Sequence[str]]


def parsed(text: str) -> dict[str, list[str]]:
    """The channels for those who have not chosen, from "yellow:mail red:mail,sms"."""
    pairs = [part.partition(":") for part in text.split()]
    return {light: [name for name in names.split(",") if name] for light, _, names in pairs}


def choice_of(session: Session, person_id: int, defaults: Channels) -> NoticeChoice:
    """What a person has chosen, or what holds until then."""
    return session.get(NoticeChoice, person_id) or unchosen(person_id, defaults)


def unchosen(person_id: int, defaults: Channels) -> NoticeChoice:
    """What holds for who has not chosen: no address is known, so nothing leaves the house."""
    channels = {light: list(names) for light, names in defaults.items()}
    return NoticeChoice(
        person_id=person_id, mail="", sms="", webhook="", language="zh", channels=channels
    )


def choose(session: Session, choice: NoticeChoice) -> None:
    """Keep what a person has chosen."""
    session.merge(choice)
    session.flush()
