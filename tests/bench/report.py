"""How measurements are told: the machine, a line of JSON for every row, and a table at the end.

A program of measurements is a function from `quick` to its rows; `tell` makes a command of it.
Times are in milliseconds, sizes in bytes; ``ratio`` columns say how many times cheaper ours is.
"""

import argparse
import json
import os
import platform
import sqlite3
import statistics
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from time import perf_counter
from typing import TypeVar

Row = dict[str, str | int | float | None]
Result = TypeVar("Result")

PACKAGES = ("spiffworkflow", "sqlalchemy", "flask", "psycopg", "waitress")


def tell(program: str, rows: Callable[[bool], Iterable[Row]]) -> None:
    """Run a program as a command; ``--quick`` takes small sizes and a few seconds."""
    parser = argparse.ArgumentParser(description=rows.__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, a few seconds")
    quick = parser.parse_args().quick
    print(f"\n== {program}: {machine()}", flush=True)
    told = []
    for row in rows(quick):
        told.append(row)
        print(json.dumps({"bench": program, **row}, ensure_ascii=False), flush=True)
    print(table(told), flush=True)


def machine() -> str:
    """Cores, load, Python and the versions that matter."""
    packages = " ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}"
    )


def table(rows: Sequence[Row]) -> str:
    """The rows below each other, a column for every name that occurs."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([_shown(row.get(name)) for name in names] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )


def _shown(figure: str | int | float | None) -> str:
    if isinstance(figure, float):
        return f"{figure:.0f}" if figure >= 1000 else f"{figure:.3g}"
    return "" if figure is None else str(figure)


def rounded(figure: float) -> float:
    """A figure to four places that mean something."""
    return float(f"{figure:.4g}")


def elapsed(act: Callable[[], object]) -> float:
    """How long one call takes, in milliseconds on the clock of the wall."""
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def median(times: Iterable[float]) -> float:
    """The middle of some times; one disturbed by a neighbour on the machine does not count."""
    return rounded(statistics.median(times))


def ratio(dear: float, cheap: float) -> float:
    """How many times cheaper the second is."""
    return float(f"{dear / cheap:.3g}") if cheap else 0.0
