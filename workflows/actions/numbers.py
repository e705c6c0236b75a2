"""The numbers of cases and documents.

A case number is 21 digits: division code of the hall (6), day (8), running number of the day (6)
and a check digit (Luhn), so that a slip of the pen is noticed.
"""

import secrets

from workflows.actions.base import Context
from workflows.clock import office_time
from workflows.ladders import Paper
from workflows.models import Case
from workflows.models.serial import next_value

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def case_number(ctx: Context) -> str:
    """A new case number."""
    day = f"{ctx.hall}{ctx.today:%Y%m%d}"
    digits = f"{day}{next_value(ctx.session, f'case {day}'):06d}"
    return digits + check_digit(digits)


def complaint_number(ctx: Context) -> str:
    """A new number for a complaint: counted by day, as cases are."""
    day = f"{ctx.today:%Y%m%d}"
    return f"TS{day}{next_value(ctx.session, f'complaint {ctx.hall}{day}'):05d}"


def new_code() -> str:
    """A query code: six letters and figures that nobody mistakes for each other."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))


def check_digit(digits: str) -> str:
    """The Luhn digit that completes a number."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def card_number(ctx: Context) -> str:
    """A new number of a card, and of the 督办单 it is sent on; counted by year."""
    year = office_time(ctx.now).year
    return f"督〔{year}〕{next_value(ctx.session, f'card {year}')}号"


#: How the other papers of the watch are numbered.
SERIES = {Paper.RECTIFICATION: "整", Paper.ADVICE: "建", Paper.CIRCULAR: "通"}


def paper_number(ctx: Context, paper: Paper) -> str:
    """A new number of a paper of the watch; counted by kind and year."""
    year = office_time(ctx.now).year
    return f"{SERIES[paper]}〔{year}〕{next_value(ctx.session, f'{paper} {year}')}号"


def document_number(ctx: Context, case: Case, item: str) -> str:
    """A number for a decision or notice, counted by item and year."""
    year = office_time(ctx.now).year
    series = f"{case.version.process} {item} {year}"
    return f"{item}〔{year}〕第{next_value(ctx.session, series):06d}号"
