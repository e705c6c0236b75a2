"""What differs between two files of decision tables (规则表): decisions, and rules one by one.

A rule is known by its id, so one that was only moved is told as moved; what order means depends
on the hit policy.
"""

from collections.abc import Iterator

from workflows.decisions import Decision, Decisions, read
from workflows.drawing.differences import Change, Record, compared


def ruled(old: str, new: str, name: str) -> Iterator[Change]:
    """Every decision and every rule that differs; raises DecisionInvalid."""
    before, after = (read(name, text) if text.strip() else None for text in (old, new))
    yield from compared("decisions", _decisions(before), _decisions(after))
    for key in dict.fromkeys([*_known(before), *_known(after)]):
        one, other = _known(before).get(key), _known(after).get(key)
        yield from compared("rules", _rules(one), _rules(other))


def _known(found: Decisions | None) -> dict[str, Decision]:
    return dict(found.by_id) if found else {}


def _decisions(found: Decisions | None) -> dict[str, Record]:
    return {key: Record(one.name, "", _facts(one)) for key, one in _known(found).items()}


def _facts(one: Decision) -> dict[str, object]:
    columns = [each.label or each.expression for each in one.inputs]
    answers = [each.label or each.name for each in one.outputs]
    facts = {
        "name": one.name, "hitPolicy": one.hit_policy, "aggregation": one.aggregation,
        "inputs": columns, "outputs": answers, "literal": one.literal,
        "requires": list(one.requires),
    }  # fmt: skip
    return {key: value for key, value in facts.items() if value}


def _rules(one: Decision | None) -> dict[str, Record]:
    if one is None:
        return {}
    heads = [each.label or each.expression for each in one.inputs]
    answers = [each.label or each.name or one.name for each in one.outputs]
    found = {}
    for number, rule in enumerate(one.rules, start=1):
        cells = zip([*heads, *answers], [*rule.tests, *rule.results], strict=False)
        facts = {head: cell for head, cell in cells if cell}
        note = {"note": rule.note} if rule.note else {}
        key = rule.id or f"{one.id}#{number}"
        found[key] = Record(f"{one.name} {number}", "", {**facts, **note})
    return found
