"""Conditions, scripts and limits, written in one small safe language and compiled once.

An expression decides a branch, whether an item is needed, how long something may take:
``area_m2 > 300 or invest_wan > 30``, ``R01 == "granted" and "R02" in items``,
``"5wd" if urgent else "10wd"``.  A script is lines ``name = expression``.

It has names, text, numbers, true, false and none, lists, comparisons, ``and or not in if else``,
arithmetic on numbers and the functions of `values.FUNCTIONS`, and nothing else: no attributes, no
loops, nothing that makes a text or a list longer.  So it cannot reach the program, always ends,
and needs time in proportion to what it reads.  The text is read by Python's parser and turned
into closures; nothing is ever evaluated as Python.
"""

import ast
import keyword
import re
import unicodedata
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from workflows.engine.values import ARITHMETIC, COMPARE, FUNCTIONS, MAX_NUMBER, fits, number
from workflows.errors import N_, WorkflowError

Scope = Mapping[str, Any]
Evaluate = Callable[[Scope], Any]

MAX_LENGTH = 1000
MAX_LINES = 50
MAX_DEPTH = 50
CONSTANTS = {"true": True, "false": False, "none": None}
#: Names the engine sets itself; nobody else may.
RESERVED = {
    "outcome", "loopCounter", "numberOfInstances", "numberOfActiveInstances",
    "numberOfCompletedInstances", "numberOfTerminatedInstances",
}  # fmt: skip


class ExpressionInvalid(WorkflowError):
    """A text that is not written in this language."""

    sentence = N_("表达式“%(text)s”写得不对：%(why)s")


class ExpressionFailed(WorkflowError):
    """An expression that met a missing variable, or compared what cannot be compared."""

    sentence = N_("表达式“%(text)s”无法计算：%(why)s")


@dataclass(frozen=True)
class Expression:
    """A compiled expression; call it with the variables to get its value.

    Two are the same when they say the same.
    """

    text: str
    names: frozenset[str]
    evaluate: Evaluate = field(compare=False, repr=False)

    def __call__(self, scope: Scope) -> Any:
        try:
            return self.evaluate(scope)
        except KeyError as missing:
            raise ExpressionFailed(text=self.text, why=f"没有变量 {missing.args[0]}") from None
        except ZeroDivisionError:
            raise ExpressionFailed(text=self.text, why=N_("除数为零")) from None
        except OverflowError:
            raise ExpressionFailed(text=self.text, why=N_("数值或内容过大")) from None
        except (TypeError, ValueError, RecursionError):
            raise ExpressionFailed(text=self.text, why=N_("值的类型不合")) from None


@dataclass(frozen=True)
class Script:
    """Assignments in order; call it with the variables to get what it sets.

    ``reads`` are the variables that must be there before; ``writes`` those it sets.
    """

    lines: tuple[tuple[str, Expression], ...]
    reads: frozenset[str]
    writes: frozenset[str]

    def __call__(self, scope: Scope) -> dict[str, Any]:
        written: dict[str, Any] = {}
        seen = ChainMap(written, cast(dict[str, Any], scope))  # which is only read
        for name, expression in self.lines:
            value = expression(seen)
            if not fits(value):
                raise ExpressionFailed(text=expression.text, why=N_("数值或内容过大"))
            written[name] = value
        return written


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """Compile an expression; raise ExpressionInvalid with the reason when it is not one."""
    if len(text) > MAX_LENGTH:
        raise ExpressionInvalid(text=text[:40] + "…", why=f"超过 {MAX_LENGTH} 个字符")
    if "\\" in text:
        raise ExpressionInvalid(text=text, why=N_("不能用反斜线"))
    try:
        body = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionInvalid(text=text, why=N_("语法有误")) from None
    names: set[str] = set()
    evaluate = _Compiler(text, names).compile(body, 0)
    return Expression(text, frozenset(names), evaluate)


@lru_cache(maxsize=1024)
def compile_script(text: str) -> Script:
    """Compile lines ``name = expression``; raise ExpressionInvalid naming the line that is none."""
    lines: list[tuple[str, Expression]] = []
    reads: set[str] = set()
    for line in filter(None, map(str.strip, text.splitlines())):
        name, sign, value = line.partition("=")
        if line.startswith("#"):
            continue
        if not sign or value.startswith("=") or not assignable(name.strip()):
            shown = line if len(line) <= MAX_LENGTH else line[:40] + "…"
            raise ExpressionInvalid(text=shown, why=N_("应写作“变量 = 表达式”，变量名不能是保留字"))
        expression = compile_expression(value.strip())
        reads |= expression.names - {written for written, _ in lines}
        lines.append((name.strip(), expression))
    if not 0 < len(lines) <= MAX_LINES:
        raise ExpressionInvalid(text=text[:40], why=f"脚本应有 1 到 {MAX_LINES} 行")
    return Script(tuple(lines), frozenset(reads), frozenset(name for name, _ in lines))


def assignable(name: str) -> bool:
    """Whether a diagram may give this name to a variable of its own."""
    taken = name in RESERVED or name in CONSTANTS or name in FUNCTIONS or keyword.iskeyword(name)
    plain = re.fullmatch(r"[^\W\d_]\w{0,63}", name) and name.isidentifier()
    return bool(plain and not taken and unicodedata.normalize("NFKC", name) == name)


class _Compiler:
    """Turns one parsed expression into closures and collects the names it reads."""

    def __init__(self, text: str, names: set[str]) -> None:
        self.text = text
        self.names = names

    def refuse(self, why: str) -> ExpressionInvalid:
        return ExpressionInvalid(text=self.text, why=why)

    def compile(self, node: ast.expr, depth: int) -> Evaluate:
        if depth > MAX_DEPTH:
            raise self.refuse(N_("嵌套过深"))
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise self.refuse(f"不支持“{self._source(node)}”这种写法")
        evaluate: Evaluate = method(node, depth + 1)
        return evaluate

    def _source(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.text.strip(), node) or type(node).__name__

    def _constant(self, node: ast.Constant, depth: int) -> Evaluate:
        value = node.value
        if not isinstance(value, str | int | float | None):
            raise self.refuse(N_("只能用文字、数字和 true/false"))
        if isinstance(value, int | float) and abs(value) > MAX_NUMBER:
            raise self.refuse(N_("数字过大"))
        return lambda scope: value

    def _name(self, node: ast.Name, depth: int) -> Evaluate:
        name = node.id
        if name in CONSTANTS:
            value = CONSTANTS[name]
            return lambda scope: value
        if name.startswith("_"):
            raise self.refuse(f"变量名 {name} 不能以下划线开头")
        if name in FUNCTIONS:
            raise self.refuse(f"{name} 是函数，要写作 {name}(…)")
        self.names.add(name)
        return lambda scope: scope[name]

    def _list(self, node: ast.List | ast.Tuple, depth: int) -> Evaluate:
        members = [self.compile(member, depth) for member in node.elts]
        return lambda scope: [member(scope) for member in members]

    _tuple = _list

    def _call(self, node: ast.Call, depth: int) -> Evaluate:
        found = FUNCTIONS.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if found is None:
            raise self.refuse(f"不支持“{self._source(node)}”，只有函数 {' '.join(FUNCTIONS)}")
        takes, act = found
        if node.keywords or len(node.args) != takes:
            raise self.refuse(f"函数的参数应为 {takes} 个")
        first, *more = [self.compile(argument, depth) for argument in node.args]
        if not more:
            return lambda scope: act(first(scope))
        (second,) = more
        return lambda scope: act(first(scope), second(scope))

    def _ifexp(self, node: ast.IfExp, depth: int) -> Evaluate:
        test, body = self.compile(node.test, depth), self.compile(node.body, depth)
        other = self.compile(node.orelse, depth)
        return lambda scope: body(scope) if test(scope) else other(scope)

    def _boolop(self, node: ast.BoolOp, depth: int) -> Evaluate:
        parts = [self.compile(part, depth) for part in node.values]
        first, second = parts[:2]
        if len(parts) == 2 and isinstance(node.op, ast.And):
            return lambda scope: bool(first(scope) and second(scope))
        if len(parts) == 2:
            return lambda scope: bool(first(scope) or second(scope))
        if isinstance(node.op, ast.And):
            return lambda scope: all(part(scope) for part in parts)
        return lambda scope: any(part(scope) for part in parts)

    def _unaryop(self, node: ast.UnaryOp, depth: int) -> Evaluate:
        operand = self.compile(node.operand, depth)
        if isinstance(node.op, ast.Not):
            return lambda scope: not operand(scope)
        if isinstance(node.op, ast.USub):
            return lambda scope: -number(operand(scope))
        raise self.refuse(N_("只支持 not 和负号"))

    def _binop(self, node: ast.BinOp, depth: int) -> Evaluate:
        act = ARITHMETIC.get(type(node.op))
        if act is None:
            raise self.refuse(N_("只支持加减乘除"))
        left, right = self.compile(node.left, depth), self.compile(node.right, depth)
        return lambda scope: number(act(number(left(scope)), number(right(scope))))

    def _compare(self, node: ast.Compare, depth: int) -> Evaluate:
        if any(type(op) not in COMPARE for op in node.ops):
            raise self.refuse(N_("不支持 is 比较"))
        first = self.compile(node.left, depth)
        rest = [
            (COMPARE[type(op)], self.compile(right, depth))
            for op, right in zip(node.ops, node.comparators, strict=True)
        ]
        if len(rest) == 1:
            ((only, other),) = rest
            return lambda scope: only(first(scope), other(scope))

        def compare(scope: Scope) -> bool:
            left = first(scope)
            for holds, side in rest:
                right = side(scope)
                if not holds(left, right):
                    return False
                left = right
            return True

        return compare
