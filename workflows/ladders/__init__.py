"""The ladder (预警阶梯) as data: who is told when, on which paper, and by when they answer.

    table      one row a rung; what a table must keep to, with the place of every fault
    default    the rungs where nothing else was decided, from default.toml, with their sources

A clock climbs the rows of its kind (`item.promised`, `case.statutory` …): they tell people.  What
follows by law when a time is over (视为受理, 逾期未补正 …) is no row and cannot be edited.  A card
of the watch climbs the rows of what it was raised as (`card.yellow`, `card.red`): they send papers
that ask for an answer.  Cards are raised by rules, never by a rung, so that one matter has one.

What holds for a clock or a card is the table that was in force when it began: a table takes
effect on a day to come and is never changed afterwards, so that nothing has to be written down
beside a clock for it to remember its ladder.  Where nobody has decided on a table, the default
holds, and with it what the catalogue of the theme says of warnings and escalation.
"""

from workflows.ladders.default import DEFAULT
from workflows.ladders.table import (
    Ladders,
    LadderTable,
    LadderUnfit,
    Paper,
    Row,
    When,
    as_plain,
    from_plain,
)

__all__ = [
    "DEFAULT",
    "LadderTable",
    "LadderUnfit",
    "Ladders",
    "Paper",
    "Row",
    "When",
    "as_plain",
    "from_plain",
]
