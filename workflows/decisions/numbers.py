"""The functions of numbers."""

import re
from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Any

from workflows.decisions.values import NUMBERS, NoValue, want, whole

MAX_SCALE = 6111


def rounded(mode: str) -> Callable[..., Decimal]:
    """A function that rounds to a number of places, none when it is not given."""

    def act(value: Any, places: Any = Decimal(0)) -> Decimal:
        number, scale = want(value, Decimal), whole(places)
        if abs(scale) > MAX_SCALE:
            raise NoValue
        unit = Decimal(1).scaleb(-scale)
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= -scale:
            return number  # nothing stands behind the last place
        return number.quantize(unit, rounding=mode, context=NUMBERS)

    return act


def modulo(dividend: Any, divisor: Any) -> Decimal:
    """What is left of a division; it has the sign of the divisor."""
    of, by = want(dividend, Decimal), want(divisor, Decimal)
    rest = NUMBERS.remainder(of, by)
    return NUMBERS.add(rest, by) if rest and (rest < 0) != (by < 0) else rest


def parsed(text: Any, grouping: Any = None, point: Any = None) -> Decimal:
    """A number from text, such as ``1 000,5`` with a space and a comma."""
    if isinstance(text, Decimal):
        return text
    written = want(text, str)
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        raise NoValue
    if grouping is not None and grouping == point:
        raise NoValue
    if grouping:
        written = written.replace(grouping, "")
    if point:
        written = written.replace(point, ".")
    if not re.fullmatch(r"-?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?", written):
        raise NoValue
    return NUMBERS.create_decimal(written)


def _one(act: Callable[[Decimal], Any]) -> Callable[[Any], Any]:
    return lambda value: act(want(value, Decimal))


TABLE: dict[str, tuple[str, Callable[..., Any]]] = {
    "number": ("from | from, grouping separator, decimal separator", parsed),
    "decimal": ("n, scale", rounded(ROUND_HALF_EVEN)),
    "floor": ("n | n, scale", rounded(ROUND_FLOOR)),
    "ceiling": ("n | n, scale", rounded(ROUND_CEILING)),
    "round up": ("n, scale", rounded(ROUND_UP)),
    "round down": ("n, scale", rounded(ROUND_DOWN)),
    "round half up": ("n, scale", rounded(ROUND_HALF_UP)),
    "round half down": ("n, scale", rounded(ROUND_HALF_DOWN)),
    "modulo": ("dividend, divisor", modulo),
    "sqrt": ("number", _one(NUMBERS.sqrt)),
    "log": ("number", _one(lambda number: NUMBERS.ln(number) if number > 0 else None)),
    "exp": ("number", _one(NUMBERS.exp)),
    "odd": ("number", _one(lambda number: number % 2 in (1, -1))),
    "even": ("number", _one(lambda number: number % 2 == 0)),
}
