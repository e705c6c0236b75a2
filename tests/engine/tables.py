"""Small decision tables for tests, written as rows."""

from collections.abc import Sequence

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="{key}_file" '
    'name="{key}" namespace="urn:test">'
)


def table(
    key: str,
    inputs: Sequence[tuple[str, str]],
    outputs: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[str]],
    policy: str = "UNIQUE",
    name: str = "",
) -> str:
    """A file with one decision: columns are (expression or name, type), rows are FEEL."""
    return (
        HEAD.format(key=key) + decision(key, inputs, outputs, rows, policy, name) + "</definitions>"
    )


def decision(
    key: str,
    inputs: Sequence[tuple[str, str]],
    outputs: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[str]],
    policy: str = "UNIQUE",
    name: str = "",
) -> str:
    """One decision of a file."""
    asked = "".join(
        f'<input id="{key}_i{n}" label="{text}"><inputExpression id="{key}_e{n}" typeRef="{kind}">'
        f"<text>{text}</text></inputExpression></input>"
        for n, (text, kind) in enumerate(inputs)
    )
    said = "".join(
        f'<output id="{key}_o{n}" name="{text}" typeRef="{kind}"/>'
        for n, (text, kind) in enumerate(outputs)
    )
    rules = "".join(_rule(f"{key}_r{n}", row, len(inputs)) for n, row in enumerate(rows, start=1))
    return (
        f'<decision id="{key}" name="{name or key}"><decisionTable id="{key}_t" '
        f'hitPolicy="{policy}">{asked}{said}{rules}</decisionTable></decision>'
    )


def _rule(key: str, row: Sequence[str], width: int) -> str:
    cells = [
        f'<{"inputEntry" if n < width else "outputEntry"} id="{key}_{n}"><text>{_text(cell)}</text>'
        f"</{'inputEntry' if n < width else 'outputEntry'}>"
        for n, cell in enumerate(row)
    ]
    return f'<rule id="{key}">{"".join(cells)}</rule>'


def _text(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;")


#: What a fee is, by the area: three rules.
FEE = table(
    "fee_table", [("area_m2", "number")], [("fee", "number")],
    [["<= 100", "60"], ["]100..300]", "80"], ["> 300", "120"]], name="收费标准",
)  # fmt: skip


def ask(element: str = "it", ref: str = "fee_table", result: str = "", more: str = "") -> str:
    """A business rule task."""
    named = f' result="{result}"' if result else ""
    return (
        f'<businessRuleTask id="{element}" name="{element}"><extensionElements>'
        f'<lb:decision ref="{ref}"{named}/></extensionElements>{more}</businessRuleTask>'
    )
