"""A process with a step that several posts sign together: the check of the three-step item.

After it the approver decides, whatever was said; who reviewed does not sign.
"""

from server.bundles import read_bundle
from server.settings import ROOT
from tests.hall import Hall
from tests.moving import rows
from workflows.actions.give_opinion import GiveOpinion
from workflows.actions.publish_process import PublishProcess
from workflows.actions.upload_process import UploadProcess
from workflows.models import Task

ITEM = "R08"
ALONE = 'duty="checker" kind="review" conclusions="agree disagree return"'
ALL = 'signers="checker approver chief" rule="all"'
ANY = ALL.replace("all", "any")
VOTE = 'signers="checker approver:2 chief:3" rule="vote" pass="4"'
MARKER = "<bpmn:multiInstanceLoopCharacteristics />"


def upload(attributes: str, conclusions: str = "agree disagree") -> UploadProcess:
    """The restaurant with that check."""
    bundle = read_bundle(ROOT / "bpmn", "restaurant")
    sources = dict(bundle.sources)
    drawn = sources["item_three_step.bpmn"]
    drawn = drawn.replace(ALONE, f'{attributes} kind="review" conclusions="{conclusions}"')
    drawn = drawn.replace('differentFrom="check"', 'differentFrom="review"')
    end = "<bpmn:outgoing>check_done</bpmn:outgoing>"
    sources["item_three_step.bpmn"] = drawn.replace(end, end + MARKER)
    return UploadProcess("restaurant", sources, bundle.catalogue, bundle.forms)


def publish(hall: Hall, attributes: str, conclusions: str = "agree disagree") -> None:
    """Publish a version of the restaurant with that check."""
    version = hall.act("designer1", "restaurant", upload(attributes, conclusions))
    hall.act("designer2", version.key, PublishProcess())


def council(hall: Hall, attributes: str, conclusions: str = "agree disagree") -> str:
    """A case whose food licence has come to those who sign together; returns its number."""
    publish(hall, attributes, conclusions)
    number = hall.accepted()
    hall.sign_for(number, ITEM)
    hall.opine(number, ITEM)
    return number


def part(hall: Hall, number: str, duty: str) -> Task:
    """The task of one of those who sign, the latest."""
    return [row for row in rows(hall, number, ITEM) if row.element == "check" and row.duty == duty][
        -1
    ]


def sign(hall: Hall, number: str, duty: str, word: str = "agree", who: str = "") -> None:
    """One of those who sign gives an opinion."""
    task = part(hall, number, duty)
    hall.act(who or hall.holder(task), number, GiveOpinion(task.id, word, f"{duty}的意见"))
