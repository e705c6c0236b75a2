"""Decision tables (DMN) and their language (FEEL): read, checked, evaluated; no web, no database.

A file is read once: every text in it is parsed into parts that become closures.

    model        what a file says, and what an evaluation leaves behind
    lexing, words, operators, parsing: from text to parts; names may be several words long
    syntax, binding, unary    the parts: values and operators, loops and contexts, tests of cells
    values, kinds, moments, arithmetic    what expressions compute with
    functions    what is built in, by subject: texts, patterns, numbers, lists, dates, ranges
    tables       rules that match, under each hit policy
    reader, rows, boxed, definitions, reading    from XML to decisions, noting every fault
    exchange     JSON outside, FEEL inside
    running, deciding    one evaluation: its budget, its record, one decision after another

What comes from outside is bounded: length, depth and number of what is read, size of values,
steps of an evaluation.
"""

from workflows.decisions.deciding import Decisions, DecisionUnknown
from workflows.decisions.model import (
    Decision,
    DecisionFailed,
    DecisionInvalid,
    Evaluated,
    Input,
    Outcome,
    Output,
    Rule,
)
from workflows.decisions.reading import read
from workflows.xml import Fault

__all__ = [
    "Decision",
    "DecisionFailed",
    "DecisionInvalid",
    "DecisionUnknown",
    "Decisions",
    "Evaluated",
    "Fault",
    "Input",
    "Outcome",
    "Output",
    "Rule",
    "read",
]
