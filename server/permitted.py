"""Who may do what, and when: the table of permissions and the tables of states, side by side."""

from argparse import Namespace
from dataclasses import dataclass

from server.action_words import ACTIONS as WORDS
from server.commands import answer
from server.labels import CASE_STATES, PROCESS_STATES, ROLES
from workflows.actions import ACTIONS
from workflows.permissions import ACTIONS as PERMITTED
from workflows.permissions import Role


@dataclass(frozen=True)
class Permitted:
    """One action: the roles that may perform it, and from which state it leads where."""

    action: str
    roles: tuple[Role, ...]
    steps: tuple[tuple[str, tuple[str, ...]], ...]


def permitted() -> list[Permitted]:
    """Every action there is, in the order in which a case meets them."""
    return [
        Permitted(
            name,
            tuple(role for role in Role if role in PERMITTED[name]),
            tuple(
                (str(state), tuple(map(str, leads)))
                for (state, action), leads in kind.table.items()
                if action == name
            ),
        )
        for name, kind in ACTIONS.items()
    ]


def print_actions(options: Namespace) -> int:
    """Print the table: for people, or as JSON."""
    rows = permitted()
    data = [
        {"action": row.action, "roles": list(row.roles), "steps": [
            {"from": state, "to": list(leads)} for state, leads in row.steps
        ]}
        for row in rows
    ]  # fmt: skip
    answer(options, {"actions": data}, "\n".join(map(_lines, rows)))
    return 0


def _lines(row: Permitted) -> str:
    roles = "、".join(ROLES[role] for role in row.roles)
    steps = [f"    {_word(state)} → {'、'.join(map(_word, leads))}" for state, leads in row.steps]
    return "\n".join([f"{WORDS[row.action]}（{row.action}）：{roles}", *steps])


def _word(state: str) -> str:
    words = [*CASE_STATES.items(), *PROCESS_STATES.items()]
    return next((word for known, word in words if known == state), state)
