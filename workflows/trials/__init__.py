"""Trying a process before it is published (试办): real actions in a hall that exists for a moment.

records   what stands in a test case: inputs, who says what when, what is expected
reading   a test case from its file, checked against the catalogue and the steps that are drawn
writing   a test case as a file
office    the hall of a trial: a database in memory, people invented from the catalogue
running   a case goes through it: people act by the plan, the clockwork sweeps in between
outcome   what came of it, and how that differs from what was expected
recording a real case as a test case, without anything personal
"""

from workflows.trials.office import Office, office_of
from workflows.trials.outcome import Line, Outcome, compare, expectations
from workflows.trials.reading import read
from workflows.trials.records import Act, Expected, TestCase
from workflows.trials.running import Doing, Plan, run, try_case
from workflows.trials.writing import write

__all__ = [
    "Act",
    "Doing",
    "Expected",
    "Line",
    "Office",
    "Outcome",
    "Plan",
    "TestCase",
    "compare",
    "expectations",
    "office_of",
    "read",
    "run",
    "try_case",
    "write",
]
