"""Examines an upload in a process of its own, so that it cannot hang or kill this one.

The process knows nothing but the diagrams: no database, no settings, an empty environment.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workflows.engine.checks import Fault
from workflows.engine.examination import Trials
from workflows.errors import N_, WorkflowError

WALL_SECONDS = 30
#: Where the packages of this program are found.
HOME = Path(__file__).resolve().parents[2]


class ExaminationStopped(WorkflowError):
    """An upload that takes more time or memory than any diagram of an approval needs."""

    sentence = N_("流程图太大或太复杂，检查超过了允许的时间或内存，不能发布。请拆分后再上传。")


@dataclass(frozen=True)
class Examination:
    """What was found: faults of the diagrams; else failures of a trial run."""

    faults: tuple[Fault, ...]
    failures: tuple[Fault, ...]


def examine(
    sources: Mapping[str, str],
    names: Set[str] | None,
    trials: Trials,
    tables: Mapping[str, str] | None = None,
    answers: Set[str] = frozenset(),
) -> Examination:
    """Check diagrams and tables (file name → XML), and start the processes of ``trials``.

    ``names`` are the variables that conditions may ask for; any, when it is not given.
    ``answers`` are those that only tables may ask for besides.
    The last few results are kept: what was examined before a transaction is not examined
    again inside it.  Raises ExaminationStopped.
    """
    known = None if names is None else sorted(names)
    asked = {"sources": dict(sources), "names": known, "trials": trials}
    asked |= {"tables": dict(tables or {}), "answers": sorted(answers)}
    return _examined(json.dumps(asked))


@lru_cache(maxsize=8)
def _examined(asked: str) -> Examination:
    try:
        ran = subprocess.run(
            [sys.executable, "-P", "-W", "ignore", "-m", "workflows.engine.examination"],
            input=asked.encode(),
            capture_output=True,
            timeout=WALL_SECONDS,
            check=True,
            cwd="/",
            env={"PYTHONPATH": str(HOME), "PYTHONUTF8": "1"},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise ExaminationStopped from None
    found = json.loads(ran.stdout)
    return Examination(
        faults=tuple(Fault(**fault) for fault in found["faults"]),
        failures=tuple(Fault(**fault) for fault in found["failures"]),
    )
