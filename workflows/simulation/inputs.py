"""What a simulation is asked: numbers that a designer can know or guess."""

from datetime import date
from math import exp, log
from random import Random
from typing import Annotated, Literal

from pydantic import Field, model_validator

from workflows.catalogue import Catalogue
from workflows.catalogue.records import Record

MOST_CASES = 5000
Share = Annotated[float, Field(ge=0, le=1)]
#: Beyond nine in ten nothing would ever come to an end.
Often = Annotated[float, Field(ge=0, le=0.9)]
Figure = Annotated[float, Field(ge=0, le=10**9)]

#: How far a normal distribution reaches to leave out one in twenty.
ONE_IN_TWENTY = 1.645


class Spread(Record):
    """How long something takes, in hours of work, or how large an answer is.

    Triangular between the least and the most; or lognormal, where one in twenty is beyond `most`.
    """

    least: Figure
    likely: Figure
    most: Figure
    shape: Literal["triangular", "lognormal"] = "triangular"

    @model_validator(mode="after")
    def _in_order(self) -> "Spread":
        if not self.least <= self.likely <= self.most:
            raise ValueError("least, likely, most")
        return self

    @property
    def mean(self) -> float:
        if self.shape == "triangular" or not self.likely:
            return (self.least + self.likely + self.most) / 3
        return self.likely * exp(self._sigma**2 / 2)

    @property
    def _sigma(self) -> float:
        return log(self.most / self.likely) / ONE_IN_TWENTY

    def draw(self, chance: Random) -> float:
        """One of them."""
        if self.least == self.most:
            return self.least
        if self.shape == "triangular" or not self.likely:
            return chance.triangular(self.least, self.most, self.likely)
        return max(self.least, chance.lognormvariate(log(self.likely), self._sigma))


class Inputs(Record):
    """Everything a simulation depends on besides the files of the process."""

    cases: Annotated[int, Field(ge=1, le=MOST_CASES)]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)]
    #: Cases a working day, and the day of the first.
    per_day: Annotated[float, Field(gt=0, le=1000)]
    begins: date
    #: How many in a hundred answer yes; how large the answers in numbers are.
    shares: dict[str, Share]
    numbers: dict[str, Spread]
    #: Of decisions and reviews: refused, given back; of applications: something is missing.
    refuse: Share
    give_back: Often
    supplement: Share
    #: At the window; and what the applicant needs to bring what was missing.
    acceptance: Spread
    bringing: Spread
    #: "R08.review" → how long it takes; "SJ.handler" → how many people; "window" as well.
    work: dict[str, Spread]
    people: dict[str, Annotated[int, Field(ge=1, le=999)]]

    def answers(self, catalogue: Catalogue, chance: Random) -> dict[str, bool | int | float]:
        """What one applicant answers."""
        found: dict[str, bool | int | float] = {}
        for question in catalogue.questionnaire:
            if question.type == "boolean":
                found[question.key] = chance.random() < self.shares.get(question.key, 0)
            elif question.key in self.numbers:
                found[question.key] = round(self.numbers[question.key].draw(chance), 1)
        return found
