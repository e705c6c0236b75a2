"""Collecting garbage more rarely, for processes that stay.

A request leaves thousands of objects behind, nearly all of them freed at once, without the
collector.  With the usual thresholds it still goes through what the whole program consists of
again and again, and takes an eighth of the time of every action.
"""

import gc

#: Objects that outlive their function, before the youngest, and so on, are gone through.
THRESHOLDS = (20_000, 20, 50)


def settle() -> None:
    """After everything is loaded: leave it alone from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
