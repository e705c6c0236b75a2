"""Decision files for the tests, written by the words that matter."""

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from workflows.decisions import Decisions, Outcome, read

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
Row = tuple[Sequence[str], Sequence[str]]


def file(*parts: str, namespace: str = NAMESPACE) -> str:
    """A whole file."""
    inside = "".join(parts)
    return f'<definitions xmlns="{namespace}" id="_f" name="f" namespace="n">{inside}</definitions>'


def text(name: str, words: str) -> str:
    """An element with a text in it; nothing when there are no words."""
    return f"<{name}><text>{escape(words)}</text></{name}>" if words else ""


def column(asked: str, kind: str = "", allowed: str = "") -> str:
    """An input column."""
    typed = f" typeRef={quoteattr(kind)}" if kind else ""
    return (
        f"<input id={quoteattr('in ' + asked)}><inputExpression{typed}><text>{escape(asked)}</text>"
        f"</inputExpression>{text('inputValues', allowed)}</input>"
    )


def answer(name: str, allowed: str = "", default: str = "") -> str:
    """An output column."""
    inside = text("outputValues", allowed) + text("defaultOutputEntry", default)
    return f"<output id={quoteattr('out ' + name)} name={quoteattr(name)}>{inside}</output>"


def needs(*keys: str, decisions: Iterable[str] = (), functions: Iterable[str] = ()) -> str:
    """What a decision requires, by ids."""
    information = "".join(
        f'<informationRequirement><{kind} href="#{key}"/></informationRequirement>'
        for kind, found in (("requiredInput", keys), ("requiredDecision", decisions))
        for key in found
    )
    return information + "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{key}"/></knowledgeRequirement>'
        for key in functions
    )


def data(key: str, name: str, kind: str = "") -> str:
    """Input data."""
    typed = f" typeRef={quoteattr(kind)}" if kind else ""
    return (
        f"<inputData id={quoteattr(key)} name={quoteattr(name)}>"
        f"<variable name={quoteattr(name)}{typed}/></inputData>"
    )


def decision(key: str, inside: str, required: str = "", name: str = "") -> str:
    """A decision with an expression in it."""
    return (
        f"<decision id={quoteattr(key)} name={quoteattr(name or key)}>{required}{inside}</decision>"
    )


def literal(words: str) -> str:
    """An expression."""
    return f"<literalExpression><text>{escape(words)}</text></literalExpression>"


def table(columns: Iterable[str], answers: Iterable[str], rows: Iterable[Row], **how: str) -> str:
    """A decision table; ``how`` are its attributes."""
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in how.items())
    rules = "".join(
        f'<rule id="r{number}">'
        + "".join(f"<inputEntry><text>{escape(one)}</text></inputEntry>" for one in tests)
        + "".join(f"<outputEntry><text>{escape(one)}</text></outputEntry>" for one in results)
        + "</rule>"
        for number, (tests, results) in enumerate(rows, 1)
    )
    inside = "".join([*columns, *answers, rules])
    return f'<decisionTable id="t"{attributes}>{inside}</decisionTable>'


def one_table(rows: Iterable[Row], policy: str = "UNIQUE", **how: Any) -> str:
    """A file with one table of one column ``x`` and one result ``y``, the decision ``d``."""
    columns = how.pop("columns", [column("x")])
    answers = how.pop("answers", [answer("y")])
    return file(decision("d", table(columns, answers, rows, hitPolicy=policy, **how)))


def feel(words: str, **variables: Any) -> Any:
    """The value of an expression, as JSON has it."""
    keys = {name: f"i{at}" for at, name in enumerate(variables)}
    inputs = [data(key, name) for name, key in keys.items()]
    drawn = file(*inputs, decision("d", literal(words), needs(*keys.values())))
    return read("f.dmn", drawn).evaluate("d", variables).value


def opened(drawn: str) -> Decisions:
    """A file that has been read."""
    return read("f.dmn", drawn)


def asked(drawn: str, **variables: Any) -> Outcome:
    """What the decision ``d`` of a file comes to."""
    return opened(drawn).evaluate("d", variables)
