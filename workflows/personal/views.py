"""Saved views (视图): a person's own, and those that a lead shares."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from workflows.errors import N_, WorkflowError
from workflows.models import SavedView

MOST = 30
LONGEST_NAME = 40
LONGEST_QUERY = 2000

With = Literal["", "department", "hall"]


class ViewNameMissing(WorkflowError):
    """A view is found by its name."""

    sentence = N_("请给视图起一个名称，不超过 %(most)s 个字。")


class ViewTooLong(WorkflowError):
    """More is asked for than an address holds."""

    sentence = N_("这个视图的条件太长，请减少一些再保存。")


class TooManyViews(WorkflowError):
    """So many names are no help any more."""

    sentence = N_("最多保存 %(most)s 个视图，请先删去不用的。")


class ViewNotFound(WorkflowError):
    """There is no such view of this person's own."""

    sentence = N_("没有这个视图，或者它是别人的。")


class SharingRefused(WorkflowError):
    """Only a lead decides what everyone is shown."""

    sentence = N_("只有负责人可以把视图共享给部门或大厅。")


@dataclass(frozen=True)
class Owner:
    """Who keeps views: the person, and with whom they may share."""

    person_id: int
    department_code: str | None
    leads_department: bool = False
    leads_hall: bool = False

    def may_share(self, whom: With) -> bool:
        """Whether this person leads those with whom a view would be shared."""
        return {
            "": True,
            "department": self.leads_department and self.department_code is not None,
            "hall": self.leads_hall,
        }[whom]


@dataclass(frozen=True)
class Kept:
    """What a view keeps: its list and the rest of the address, and who sees it besides."""

    name: str
    list: str
    query: str
    shared: With = ""


def keep(session: Session, owner: Owner, kept: Kept) -> SavedView:
    """Save a view; one of the same name is replaced, so that twice is once."""
    name = " ".join(kept.name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise ViewNameMissing(most=LONGEST_NAME)
    if len(kept.query) > LONGEST_QUERY:
        raise ViewTooLong
    if not owner.may_share(kept.shared):
        raise SharingRefused
    mine = SavedView.owner_id == owner.person_id
    view = session.scalar(select(SavedView).where(mine, SavedView.name == name))
    if view is None:
        count = session.scalar(select(func.count()).select_from(SavedView).where(mine)) or 0
        if count >= MOST:
            raise TooManyViews(most=MOST)
        view = SavedView(owner_id=owner.person_id, name=name)
        session.add(view)
    view.list = kept.list
    view.query = kept.query
    view.department_code = owner.department_code if kept.shared == "department" else None
    view.hall = kept.shared == "hall"
    session.flush()
    return view


def forget(session: Session, person_id: int, view_id: int) -> None:
    """Delete one of a person's own views."""
    view = session.get(SavedView, view_id)
    if view is None or view.owner_id != person_id:
        raise ViewNotFound
    session.delete(view)
    session.flush()


def views_of(session: Session, owner: Owner, lists: Collection[str]) -> list[SavedView]:
    """The views a person sees of these lists: their own first, then those shared with them."""
    seen = or_(
        SavedView.owner_id == owner.person_id,
        SavedView.department_code == owner.department_code,
        SavedView.hall,
    )
    query = select(SavedView).where(seen, SavedView.list.in_(lists))
    own_first = SavedView.owner_id != owner.person_id
    return list(session.scalars(query.order_by(own_first, SavedView.id).limit(MOST)))
