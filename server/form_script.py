"""A form's conditions as data that a browser can ask by itself, so that pages change as one writes.

The expressions become trees in JSON (frontend/src/live.js walks them); what a posted form comes to
is decided here all the same.  Nothing of it is text that a browser would run.
"""

import ast
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from server.form_fields import COMPUTED, GROUP, Field, Form
from server.form_logic import Scope, put, settled
from workflows.engine.expressions import CONSTANTS, Expression

SIGNS: dict[type[ast.AST], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in",
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.And: "and", ast.Or: "or",
}  # fmt: skip


def live(
    form: Form, prefix: str = "", known: Mapping[str, Any] | None = None
) -> dict[str, Any] | None:
    """What the page of a form needs to settle it; None when nothing in it depends on answers.

    ``known`` are the answers that stand on no field of the page: a condition that reads anything
    else is left to the server.
    """
    here = {name.removeprefix(prefix) for field in form.fields for name in field.names}
    readable = here | set(known or {})
    fields = [_field(field, prefix, readable) for field in form.fields]
    if not any(_depends(field) for field in fields):
        return None
    return {"fields": fields, "known": dict(known or {})}


def known_answers(
    form: Form, data: Mapping[str, Any], asked: Iterable[Field], hidden: Collection[str]
) -> dict[str, Any]:
    """Of the answers that are kept, those that the conditions of these fields read.

    What the step may not see is not among them.
    """
    wanted = {name for field in asked for one in _expressions(field) for name in one.names}
    computed, unasked = settled(form, data)
    scope: Scope = {}
    for field in form.fields:
        if field.key not in hidden:
            value = computed.get(field.key, data.get(field.key, field.blank))
            put(scope, field, field.blank if field.key in unasked else value)
    return {name: scope[name] for name in wanted if name in scope}


def _expressions(field: Field) -> list[Expression]:
    found = [field.hidden_when, field.required_when, field.compute]
    return [one for one in found if one is not None]


def _field(field: Field, prefix: str, readable: Collection[str]) -> dict[str, Any]:
    def tree(expression: Expression | None) -> Any:
        readily = expression is not None and expression.names <= set(readable)
        return tree_of(expression) if expression and readily else None

    found = {
        "key": field.key.removeprefix(prefix),
        "name": field.key,
        "type": field.type,
        "hide": tree(field.hidden_when),
        "require": None if field.required else tree(field.required_when),
    }
    if field.type == COMPUTED:
        found["compute"] = tree(field.compute)
    if field.type == GROUP:
        inside = {cell.key for cell in field.cells}
        found["cells"] = [_field(cell, "", inside) for cell in field.cells]
    return found


def _depends(field: dict[str, Any]) -> bool:
    inside = any(_depends(cell) for cell in field.get("cells", ()))
    return inside or any(field.get(name) for name in ("hide", "require", "compute"))


def tree_of(expression: Expression) -> list[Any]:
    """An expression, which was compiled before, as lists: its kind, then its parts."""
    return _tree(ast.parse(expression.text.strip(), mode="eval").body)


def _tree(node: ast.expr) -> list[Any]:
    match node:
        case ast.Constant():
            return ["is", node.value]
        case ast.Name():
            return ["is", CONSTANTS[node.id]] if node.id in CONSTANTS else ["name", node.id]
        case ast.List() | ast.Tuple():
            return ["list", *map(_tree, node.elts)]
        case ast.Call(func=ast.Name(id=name)):
            return ["call", name, *map(_tree, node.args)]
        case ast.IfExp():
            return ["if", _tree(node.test), _tree(node.body), _tree(node.orelse)]
    return _operation(node)


def _operation(node: ast.expr) -> list[Any]:
    match node:
        case ast.BoolOp():
            return [SIGNS[type(node.op)], *map(_tree, node.values)]
        case ast.UnaryOp():
            return ["not" if isinstance(node.op, ast.Not) else "minus", _tree(node.operand)]
        case ast.BinOp():
            return ["reckon", SIGNS[type(node.op)], _tree(node.left), _tree(node.right)]
        case ast.Compare():
            rest = zip(node.ops, node.comparators, strict=True)
            return ["compare", _tree(node.left), *([SIGNS[type(op)], _tree(x)] for op, x in rest)]
    raise AssertionError(f"compiled, and yet unknown: {ast.dump(node)}")
