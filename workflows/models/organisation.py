"""Departments, their posts, and the people who fill them.

Work belongs to a post (岗位) until somebody takes it.  Each post has a holder (A角) and a deputy
(B角) with the same powers while the holder is away, and may have members (岗位成员) who take up
tasks as well.  A person whose 执法资格 has run out or is suspended counts as away.
"""

from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, ForeignKey, Table, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base
from workflows.models.subject import Subject


class Organisation(Subject, Base):
    """The organisation as a whole: the one subject that changes to people and posts lock."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]

    @property
    def key(self) -> str:
        """How history names it."""
        return "organisation"

    @classmethod
    def named(cls, key: str) -> ColumnElement[bool] | None:
        return true() if key == "organisation" else None


class Department(Base):
    """A department that takes part in joint approval."""

    __tablename__ = "departments"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]
    enforcement_subject: Mapped[bool]


class Person(Base):
    """Someone who signs in."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    roles: Mapped[list[Any]]
    department_code: Mapped[str | None] = mapped_column(ForeignKey("departments.code"))
    qualification_number: Mapped[str | None]
    qualified_until: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)

    absences: Mapped[list["Absence"]] = relationship(back_populates="person")

    def qualified_on(self, day: date) -> bool:
        """Whether the 执法资格 is valid that day."""
        return self.qualified_until is not None and day <= self.qualified_until


class Absence(Base):
    """The days a person is away, both ends included; the deputy takes over by itself."""

    __tablename__ = "absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str]

    person: Mapped[Person] = relationship(back_populates="absences")


#: Who may take up tasks of a post besides its holder and its deputy.
post_members = Table(
    "post_members",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True, index=True),
)


class Post(Base):
    """A duty within a department, with holder, deputy and members."""

    __tablename__ = "posts"
    __table_args__ = (UniqueConstraint("department_code", "duty"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    duty: Mapped[str]
    holder_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    department: Mapped[Department] = relationship()
    holder: Mapped[Person] = relationship(foreign_keys=holder_id)
    deputy: Mapped[Person | None] = relationship(foreign_keys=deputy_id)
    members: Mapped[list[Person]] = relationship(secondary=post_members, order_by=Person.id)
