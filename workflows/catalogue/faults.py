"""What is wrong with a catalogue, each fault with its line, so that all are mended in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workflows.errors import N_, WorkflowError

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One fault: the line it stands on, the place (``items.R03.promised``), and a sentence.

    The sentence is a message id with ``%(name)s`` parameters; `text` is the Chinese sentence.
    `path` is the place as a program finds it: section, code or position, field, ….
    """

    line: int
    where: str
    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)
    path: Path = ()

    @property
    def text(self) -> str:
        return self.sentence % self.params if self.params else self.sentence


class CatalogueInvalid(WorkflowError):
    """A catalogue that may not be published; `faults` holds everything found, by line."""

    sentence = N_("事项目录 %(name)s 有 %(count)s 处错误，请您逐条改正后再发布。")

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        super().__init__(name=name, count=len(faults))
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
