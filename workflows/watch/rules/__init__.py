"""The rules of the watch (监察规则), one file each; whoever adds a file adds a rule.

Limits (时限) W01, W02, R01–R06; course (流程) R07–R15; content (内容) R16, R17; ratings (满意) R20.
"""

from importlib import import_module
from pkgutil import iter_modules

from workflows.watch.rule import Rule


def _found() -> dict[str, Rule]:
    """Every module of this package, and the rule in it."""
    rules = {}
    for module in iter_modules(__path__):
        rule = import_module(f"{__name__}.{module.name}").RULE
        assert rule.id.lower() == module.name, f"{module.name} holds the rule {rule.id}"
        rules[rule.id] = rule
    return dict(sorted(rules.items(), key=lambda pair: (pair[0][0] != "W", pair[0])))


#: Rule by its id: the warnings first, then in order.
RULES: dict[str, Rule] = _found()
