"""A version of a material (材料版本): each time a document was handed in, by whom, how long valid.

The material itself (`CaseMaterial`) says what is owed and how the latest version stands; earlier
versions stay.  One that was handed in with an earlier case of the same applicant is a version
with an origin (沿用): nothing is copied, the origin is named.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base


class MaterialVersion(Base):
    __tablename__ = "material_versions"
    __table_args__ = (UniqueConstraint("material_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("case_materials.id"))
    #: Counted from one.
    number: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: The last day on which it is valid; none when it does not run out.
    valid_until: Mapped[date | None]
    #: The version of an earlier case that this one is.
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("material_versions.id"))
