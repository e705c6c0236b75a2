"""Conditions, written in a small safe language and compiled once.

A condition decides a branch or whether an item is needed: ``area_m2 > 300 or invest_wan > 30``,
``R01 == "granted" and "R02" in items``.  It has names, text, numbers, true and false, lists,
comparisons, ``and or not in``, arithmetic on numbers, and nothing else: no calls, no attributes,
no loops, so it always ends and cannot reach the program.  The text is read by Python's parser
and turned into closures; nothing is ever evaluated as Python.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workflows.errors import N_, WorkflowError

Scope = Mapping[str, Any]
Evaluate = Callable[[Scope], Any]

MAX_LENGTH = 1000
MAX_DEPTH = 20
MAX_NUMBER = 10**15
CONSTANTS = {"true": True, "false": False, "none": None}

COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda item, group: item in group,
    ast.NotIn: lambda item, group: item not in group,
}
ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class ExpressionInvalid(WorkflowError):
    """A condition that is not written in the language of conditions."""

    sentence = N_("条件“%(text)s”写得不对：%(why)s")


class ExpressionFailed(WorkflowError):
    """A condition that met a missing variable, or compared what cannot be compared."""

    sentence = N_("条件“%(text)s”无法计算：%(why)s")


@dataclass(frozen=True)
class Expression:
    """A compiled condition; call it with the variables to get its value."""

    text: str
    names: frozenset[str]
    evaluate: Evaluate

    def __call__(self, scope: Scope) -> Any:
        try:
            return self.evaluate(scope)
        except KeyError as missing:
            raise ExpressionFailed(text=self.text, why=f"没有变量 {missing.args[0]}") from None
        except (TypeError, ValueError, ArithmeticError):
            raise ExpressionFailed(text=self.text, why="值的类型不合") from None


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """Compile a condition; raise ExpressionInvalid with the reason when it is not one."""
    if len(text) > MAX_LENGTH:
        raise ExpressionInvalid(text=text[:40] + "…", why=f"超过 {MAX_LENGTH} 个字符")
    try:
        body = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionInvalid(text=text, why="语法有误") from None
    names: set[str] = set()
    evaluate = _Compiler(text, names).compile(body, 0)
    return Expression(text, frozenset(names), evaluate)


class _Compiler:
    """Turns one parsed condition into closures and collects the names it reads."""

    def __init__(self, text: str, names: set[str]) -> None:
        self.text = text
        self.names = names

    def refuse(self, why: str) -> ExpressionInvalid:
        return ExpressionInvalid(text=self.text, why=why)

    def compile(self, node: ast.expr, depth: int) -> Evaluate:
        if depth > MAX_DEPTH:
            raise self.refuse("嵌套过深")
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise self.refuse(f"不支持“{ast.unparse(node)}”这种写法")
        evaluate: Evaluate = method(node, depth + 1)
        return evaluate

    def _constant(self, node: ast.Constant, depth: int) -> Evaluate:
        value = node.value
        if not isinstance(value, str | int | float | None):
            raise self.refuse("只能用文字、数字和 true/false")
        if isinstance(value, int | float) and abs(value) > MAX_NUMBER:
            raise self.refuse("数字过大")
        return lambda scope: value

    def _name(self, node: ast.Name, depth: int) -> Evaluate:
        name = node.id
        if name in CONSTANTS:
            value = CONSTANTS[name]
            return lambda scope: value
        if name.startswith("_"):
            raise self.refuse(f"变量名 {name} 不能以下划线开头")
        self.names.add(name)
        return lambda scope: scope[name]

    def _list(self, node: ast.List | ast.Tuple, depth: int) -> Evaluate:
        members = [self.compile(member, depth) for member in node.elts]
        return lambda scope: [member(scope) for member in members]

    _tuple = _list

    def _boolop(self, node: ast.BoolOp, depth: int) -> Evaluate:
        parts = [self.compile(part, depth) for part in node.values]
        if isinstance(node.op, ast.And):
            return lambda scope: all(part(scope) for part in parts)
        return lambda scope: any(part(scope) for part in parts)

    def _unaryop(self, node: ast.UnaryOp, depth: int) -> Evaluate:
        operand = self.compile(node.operand, depth)
        if isinstance(node.op, ast.Not):
            return lambda scope: not operand(scope)
        if isinstance(node.op, ast.USub):
            return lambda scope: -operand(scope)
        raise self.refuse("只支持 not 和负号")

    def _binop(self, node: ast.BinOp, depth: int) -> Evaluate:
        act = ARITHMETIC.get(type(node.op))
        if act is None:
            raise self.refuse("只支持加减乘除")
        left, right = self.compile(node.left, depth), self.compile(node.right, depth)
        return lambda scope: act(_number(left(scope)), _number(right(scope)))

    def _compare(self, node: ast.Compare, depth: int) -> Evaluate:
        if any(type(op) not in COMPARE for op in node.ops):
            raise self.refuse("不支持 is 比较")
        first = self.compile(node.left, depth)
        rest = [
            (COMPARE[type(op)], self.compile(right, depth))
            for op, right in zip(node.ops, node.comparators, strict=True)
        ]

        def compare(scope: Scope) -> bool:
            left = first(scope)
            for holds, side in rest:
                right = side(scope)
                if not holds(left, right):
                    return False
                left = right
            return True

        return compare


def _number(value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return value
