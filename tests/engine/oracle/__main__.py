"""The long run: ``python -m tests.engine.oracle --seed 1 --models 20000``."""

import argparse
import sys

from tests.engine.oracle.long import Tally, examine
from tests.engine.oracle.models import ALL, model
from tests.engine.oracle.report import arrows
from tests.engine.oracle.shrink import shrink
from tests.engine.oracle.stock import summary

EVERY = 500
MOST_SHRUNK = 10


def tell(tally: Tally) -> None:
    if tally.models % EVERY == 0:
        print(tally.summary(), file=sys.stderr, flush=True)


def main() -> int:
    """Run, print every deviation made small, and a summary; 1 when there was any."""
    parser = argparse.ArgumentParser(prog="python -m tests.engine.oracle", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--models", type=int, default=1000, help="how many models")
    parser.add_argument("--only", default="", help=f"comma-separated: {','.join(sorted(ALL))}")
    parser.add_argument("--stock", action="store_true", help="also plain SpiffWorkflow, beside")
    chosen = parser.parse_args()
    kinds = set(chosen.only.split(",")) if chosen.only else set(ALL)
    if not kinds <= ALL:
        parser.error(f"unknown: {', '.join(sorted(kinds - ALL))}")
    seeds = range(chosen.seed, chosen.seed + chosen.models)
    tally = examine(seeds, kinds, tell)
    for seed, run, deviation in tally.deviations[:MOST_SHRUNK]:
        print(f"\nseed {seed}: {deviation.what}")
        try:
            small, found = shrink(model(seed, kinds), run)
        except AssertionError:
            print("not seen again; the run was", *deviation.actions, sep="\n  ")
        else:
            print(arrows(small), *found.actions, f"-> {found.what}", sep="\n")
    print(tally.coverage())
    print(tally.summary())
    if chosen.stock:
        print(summary(seeds))
    return 1 if tally.deviations else 0


if __name__ == "__main__":
    raise SystemExit(main())
