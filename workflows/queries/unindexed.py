"""A column that SQLite shall not look up in an index.

What is open is little, however much is closed; SQLite's planner knows averages only, and would go
through all that ever had a value.  PostgreSQL knows the difference, and sees the plain column.
"""

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Unindexed(FunctionElement[Any]):
    """The column as it is, but for the planner of SQLite."""

    inherit_cache = True

    def __init__(self, column: Any) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(Unindexed)
def _plain(element: Unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(Unindexed, "sqlite")
def _hidden(element: Unindexed, compiler: SQLCompiler, **options: Any) -> str:
    """A unary plus changes no value; SQLite's manual names it for this."""
    return f"+{compiler.process(element.clauses, **options)}"
