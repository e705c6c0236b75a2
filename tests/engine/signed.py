"""A step that several posts sign together, as the engine runs it."""

from collections.abc import Sequence

from tests.engine.drawing import process
from tests.engine.moving import Desk, timed
from workflows.engine.reading import Reading, Signatures

MARKER = "<multiInstanceLoopCharacteristics/>"


def signed(key: str, attributes: str, more: str = 'kind="review"', marker: str = MARKER) -> str:
    """A user task with these attributes of ``lb:approval``."""
    said = "" if "conclusions=" in attributes else 'conclusions="agree disagree"'
    return (
        f'<userTask id="{key}" name="{key}"><extensionElements>'
        f"<lb:approval {more} {said} {attributes}/></extensionElements>{marker}</userTask>"
    )


def posts(votes: Sequence[int], rule: str, mark: str = "60%") -> str:
    """``d1:3 d2 d3``: so many posts, with these votes, under a rule."""
    names = " ".join(f"d{place}:{count}" for place, count in enumerate(votes, 1))
    return f'signers="{names}" rule="{rule}"' + (f' pass="{mark}"' if rule == "vote" else "")


def drawn(attributes: str) -> tuple[str, ...]:
    """Received, prepared, signed; what is agreed is decided, what is not is refused."""
    elements, more = timed("prepare", "dept")
    elements["dept"] = signed("dept", attributes)
    arrows = ["s receive prepare dept x1 decide e", "x1 refuse e", *more]
    return (process("p", arrows, {"x1 decide": 'conclusion == "agree"'}, elements=elements),)


class Council(Desk):
    """A case that has come to those who sign together."""

    def __init__(self, attributes: str, seed: int = 0) -> None:
        super().__init__(drawn(attributes), seed, conclusion="none")
        self.do("receive", "prepare")

    def sign(self, *words: str) -> None:
        """The next of those who have not signed say these words."""
        for word in words:
            self.do(min(self.open(), key=lambda name: int(name.partition("#")[2])), conclusion=word)

    def say(self, place: int, word: str) -> None:
        """One of them says something."""
        self.do(f"dept#{place}", conclusion=word)

    def signatures(self) -> Signatures:
        found = Reading(self.definition, self.step.state).signatures(self.numbers["dept#1"])
        assert found is not None
        return found

    @property
    def conclusion(self) -> str:
        """What the process goes by."""
        return str(self.step.variables["conclusion"])
