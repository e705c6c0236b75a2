"""Makes a model small while it still goes wrong."""

from collections.abc import Callable, Iterator
from copy import deepcopy

from tests.engine.oracle.blocks import Block, Many, Model, every
from tests.engine.oracle.play import MOST_STEPS, Deviation, Play

Change = Callable[[Block], None]
#: Runs that are tried on each smaller model.
TRIES = 12
MOST_ROUNDS = 400
FIXED = ("1 == 1", "1 == 0")


def fails(model: Model, seeds: range, steps: int = MOST_STEPS) -> Deviation | None:
    """The shortest deviation that a few runs of the model show."""
    found: Deviation | None = None
    for seed in seeds:
        try:
            Play(model, seed, steps).run()
        except Deviation as deviation:
            if found is None or len(deviation.actions) < len(found.actions):
                found = deviation
            if len(found.actions) <= 2:
                break
        except Exception:  # a smaller model that is none: gateways that nothing leads to
            return None
    return found


def shrink(model: Model, seed: int) -> tuple[Model, Deviation]:
    """The smallest model found, and its shortest wrong run."""
    seeds = range(seed, seed + TRIES)
    best, found = model, fails(model, seeds)
    assert found, "the model does not fail"
    for _ in range(MOST_ROUNDS):
        for smaller in candidates(best):
            if worse := fails(smaller, seeds):
                best, found = smaller, worse
                break
        else:
            break
    return best, fails(best, range(seed, seed + 20 * TRIES)) or found


def candidates(model: Model) -> Iterator[Model]:
    """The model with one thing less, the biggest first."""
    if model.shuffle is not None:
        yield Model(model.processes, model.variables)
    for key in list(model.processes):
        for number, block in enumerate(every(model.processes[key])):
            for change in changes(block):
                copy = deepcopy(model)
                change(every(copy.processes[key])[number])
                yield pruned(copy)


def pruned(model: Model) -> Model:
    """Without the processes that nothing calls any more."""
    used = {block.word for body in model.processes.values() for block in every(body)}
    model.processes = {key: b for key, b in model.processes.items() if key == "p" or key in used}
    return model


def changes(block: Block) -> Iterator[Change]:
    """What may be taken away from a block."""
    least = 1 if block.kind in ("sub", "event") else 2 if block.kind == "loop" else 0
    if block.kind not in ("seq", "end"):
        for part in range(len(block.parts)):
            yield lambda b, part=part: replace(b, b.parts[part])  # type: ignore[misc]
        if block.kind == "graph":
            yield lambda b: replace(b, Block("seq", parts=[arc.part for arc in b.arcs]))
        if block.kind not in ("task", "script"):
            yield lambda b: replace(b, Block("task", f"t{b.id}"))
    for name in ("parts", "borders", "arcs"):
        for number in range(len(getattr(block, name)) - (least if name == "parts" else 0)):
            yield lambda b, name=name, number=number: remove(b, name, number)  # type: ignore[misc]
    yield from details(block)


def details(block: Block) -> Iterator[Change]:
    """What may become plainer."""
    if block.item:
        yield lambda b: setattr(b, "item", "")
    if block.kind in ("timer", "date") and block.word != "5wd":
        yield lambda b: replace(b, Block("timer", b.id, word="5wd"))
    if block.kind == "end" and block.word:
        yield lambda b: setattr(b, "word", "")
    for number, text in enumerate(block.texts if block.kind in ("or", "xor") else []):
        for fixed in () if text in FIXED else FIXED:
            yield lambda b, n=number, fixed=fixed: b.texts.__setitem__(n, fixed)  # type: ignore[misc]
    for number in [n for n, border in enumerate(block.borders) if border.merges]:
        yield lambda b, n=number: setattr(b.borders[n], "merges", False)  # type: ignore[misc]
    if block.many:
        yield from fewer(block.many)


def fewer(many: Many) -> Iterator[Change]:
    """What of a multi-instance activity may become plainer."""
    yield lambda b: setattr(b, "many", None)
    for name in ("until", "output"):
        if getattr(many, name):
            yield lambda b, name=name: setattr(b.many, name, "")  # type: ignore[misc]
    if many.count != "2":
        plain = Many(many.sequential, "2", until=many.until)
        yield lambda b: setattr(b, "many", plain)


def replace(block: Block, other: Block) -> None:
    block.__dict__ = deepcopy(other).__dict__


def remove(block: Block, name: str, number: int) -> None:
    del getattr(block, name)[number]
    if name == "parts" and block.kind in ("or", "xor"):
        del block.texts[min(number, len(block.texts) - 1)]
