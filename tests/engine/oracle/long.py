"""Runs many models and sums up what happened."""

from collections import Counter
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field

from tests.engine.oracle.blocks import Model, every
from tests.engine.oracle.models import model
from tests.engine.oracle.play import Deviation, Play

#: Runs of each model, each with other choices.
RUNS = 2


@dataclass
class Tally:
    """What a number of models came to."""

    models: int = 0
    runs: int = 0
    steps: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    blocks: Counter[str] = field(default_factory=Counter)
    deviations: list[tuple[int, int, Deviation]] = field(default_factory=list)

    def summary(self) -> str:
        return (
            f"{self.models} models, {self.runs} runs, {self.steps} steps, "
            f"{len(self.deviations)} deviations; runs ended: {told(self.ends)}"
        )

    def coverage(self) -> str:
        lines = ["in the models:", *listed(self.blocks), "in the runs:", *listed(self.met)]
        return "\n".join(lines)


def told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))


def listed(counts: Counter[str]) -> list[str]:
    return [f"  {count:>9}  {name}" for name, count in sorted(counts.items())]


def count(found: Model) -> Counter[str]:
    """How often each construct occurs in a model."""
    met: Counter[str] = Counter()
    for body in found.processes.values():
        for block in every(body):
            mixed = block.kind in ("and", "or", "xor") and block.join != block.kind
            met[f"{block.kind} joined by {block.join or 'nothing'}" if mixed else block.kind] += 1
            if block.many:
                met[f"{'sequential' if block.many.sequential else 'parallel'} {block.kind}"] += 1
            for border in block.borders:
                sign = "interrupting" if border.interrupting else "not interrupting"
                met[f"{border.kind} boundary event on {block.kind}, {sign}"] += 1
    return met


def examine(
    seeds: Iterable[int],
    kinds: Set[str],
    tell: Callable[[Tally], None] | None = None,
    runs: int = RUNS,
) -> Tally:
    """Play the models of these seeds; `tell` is called after each."""
    tally = Tally()
    for seed in seeds:
        found = model(seed, kinds)
        tally.models += 1
        tally.blocks += count(found)
        for run in range(runs):
            tally.runs += 1
            try:
                outcome = Play(found, seed * RUNS + run).run()
            except Deviation as deviation:
                tally.deviations.append((seed, seed * RUNS + run, deviation))
                break
            tally.steps += outcome.steps
            tally.ends[outcome.end] += 1
            tally.met += outcome.met
        if tell:
            tell(tally)
    return tally
