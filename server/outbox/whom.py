"""Who is told: the person who acts for the post that day, everyone with a role, the applicant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.channels.message import Channel
from workflows.actions.people import responsible
from workflows.models import Case, Notice, NoticeChoice, Person, Post
from workflows.personal.choices import parsed, unchosen
from workflows.queries.posts import staffed

#: Where an application form may ask for a mail address, and whether messages are wanted at all.
MAIL_FIELD, WANTED_FIELD = "contact_mail", "wants_messages"


@dataclass(frozen=True)
class Recipient:
    """One person over one channel."""

    person_id: int | None
    channel: str
    address: str
    language: str = "zh"

    @property
    def lane(self) -> str:
        return f"{self.channel} {self.address}"


@dataclass(frozen=True)
class Directory:
    """Everyone who can be told, read once for many messages."""

    posts: dict[tuple[str, str], Post]
    people: list[Person]
    choices: dict[int, NoticeChoice]
    defaults: dict[str, list[str]]
    channels: Mapping[str, Channel]

    def told(self, notice: Notice, day: date) -> Iterator[Recipient]:
        """The recipients of a notice that goes out on a day."""
        for person_id in self._people(notice, day):
            choice = self.choices.get(person_id) or unchosen(person_id, self.defaults)
            for channel in choice.channels.get(notice.level, ()):
                address = str(getattr(choice, channel, ""))
                if channel in self.channels and self.channels[channel].takes(address):
                    yield Recipient(person_id, channel, address, choice.language)

    def _people(self, notice: Notice, day: date) -> list[int]:
        if notice.person_id is not None:
            return [notice.person_id]
        if notice.role is not None:
            return [person.id for person in self.people if notice.role in person.roles]
        post = self.posts.get((notice.department_code or "", notice.duty or ""))
        if post is None:
            return []
        who = responsible(post, day)
        return [who.person.id if who else post.holder_id]  # both away: not lost, at least


def directory(session: Session, defaults: str, channels: Mapping[str, Channel]) -> Directory:
    """The people, posts and choices as they are now."""
    return Directory(
        posts={(post.department_code, post.duty): post for post in staffed(session)},
        people=list(session.scalars(select(Person).where(Person.active))),
        choices={choice.person_id: choice for choice in session.scalars(select(NoticeChoice))},
        defaults=parsed(defaults),
        channels=channels,
    )


def applicant(
    case: Case, wanted: tuple[str, ...], channels: Mapping[str, Channel]
) -> Iterator[Recipient]:
    """The applicant over each channel for which the case has an address."""
    if case.form.get(WANTED_FIELD) in (False, "false", "no"):
        return
    addresses = {"sms": case.phone, "mail": str(case.form.get(MAIL_FIELD, ""))}
    for channel in wanted:
        address = addresses.get(channel, "")
        if channel in channels and channels[channel].takes(address):
            yield Recipient(None, channel, address)
