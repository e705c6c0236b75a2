"""Instants as SQL sees them: the day and the month of the hall, and whole seconds.

The hall's clock has stood eight hours before UTC without a break since 1991.
"""

from typing import Any

from sqlalchemy import DateTime, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class DayOf(FunctionElement[str]):
    """The day it was at the counter, written 2026-03-02."""

    inherit_cache = True
    type = String()


class WholeSecond(FunctionElement[Any]):
    """The instant without what is less than a second, as `clock.passed` compares it."""

    inherit_cache = True
    type = DateTime(timezone=True)


@compiles(DayOf, "sqlite")
def _day_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, '+8 hours')"


@compiles(DayOf)
def _day(element: Any, compiler: Any, **more: Any) -> str:
    moment = compiler.process(element.clauses, **more)
    return f"to_char({moment} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')"


@compiles(WholeSecond, "sqlite")
def _second_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"strftime('%Y-%m-%d %H:%M:%S.000000', {compiler.process(element.clauses, **more)})"


@compiles(WholeSecond)
def _second(element: Any, compiler: Any, **more: Any) -> str:
    return f"date_trunc('second', {compiler.process(element.clauses, **more)})"
