"""The time between two moments, worked out by the database."""

from typing import Any

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Seconds(FunctionElement[float]):
    """How many seconds lie between a moment and a later one."""

    inherit_cache = True
    type = Float()

    def __init__(self, earlier: Any, later: Any) -> None:
        super().__init__(earlier, later)


def _both(element: Seconds, compiler: SQLCompiler, options: Any) -> list[str]:
    return [compiler.process(clause, **options) for clause in element.clauses]


@compiles(Seconds)
def _of_instants(element: Seconds, compiler: SQLCompiler, **options: Any) -> str:
    earlier, later = _both(element, compiler, options)
    return f"EXTRACT(EPOCH FROM ({later} - {earlier}))"


@compiles(Seconds, "sqlite")
def _of_days(element: Seconds, compiler: SQLCompiler, **options: Any) -> str:
    """SQLite counts in days, as a number with a fraction: exact to the millisecond."""
    earlier, later = _both(element, compiler, options)
    return f"((julianday({later}) - julianday({earlier})) * 86400.0)"
