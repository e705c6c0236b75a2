"""The restaurant with a decision table: small premises are decided without the checker.

In the three-step procedure a rule task behind the review asks how deep to look (审核方式): up to
300 m² the approver decides at once, above that the checker looks first.
"""

from dataclasses import replace

from server.bundles import read_bundle
from server.settings import ROOT
from tests.engine.tables import ask, table
from tests.hall import Hall
from workflows.actions.publish_process import PublishProcess
from workflows.actions.upload_process import UploadProcess
from workflows.drawing.bundle import Bundle
from workflows.models import ProcessVersion

DEPTH = table(
    "depth", [("area_m2", "number")], [("depth", "string"), ("reason", "string")],
    [["<= 300", '"direct"', '"面积小"'], ["> 300", '"checked"', '"面积大"']], name="审核方式",
)  # fmt: skip
FILE = "depth.dmn"
FLOW = '<bpmn:sequenceFlow id="{0}" sourceRef="{1}" targetRef="{2}"{3}'
#: What is drawn behind the review.
DRAWN = (
    ask("how_deep", "depth").replace("<businessRule", "<bpmn:businessRule")
    .replace("</businessRule", "</bpmn:businessRule")
    .replace("extensionElements", "bpmn:extensionElements")
    + '<bpmn:exclusiveGateway id="deep" default="to_check"/>'
    + FLOW.format("asked", "how_deep", "deep", "/>")
    + FLOW.format("to_check", "deep", "check", "/>")
    + FLOW.format("at_once", "deep", "to_decide", ">")
    + '<bpmn:conditionExpression>depth == "direct"</bpmn:conditionExpression></bpmn:sequenceFlow>'
)  # fmt: skip


def ruled(text: str = DEPTH, file: str = FILE) -> Bundle:
    """The files of the restaurant with that drawn into them."""
    bundle = read_bundle(ROOT / "bpmn", "restaurant")
    drawn = bundle.sources["item_three_step.bpmn"]
    for old, new in (
        ('sourceRef="review" targetRef="check"', 'sourceRef="review" targetRef="how_deep"'),
        ("<bpmn:incoming>reviewed</bpmn:incoming>", "<bpmn:incoming>to_check</bpmn:incoming>"),
        ("</bpmn:process>", DRAWN + "</bpmn:process>"),
    ):
        assert old in drawn
        drawn = drawn.replace(old, new)
    sources = {**bundle.sources, "item_three_step.bpmn": drawn}
    return replace(bundle, sources=sources, others={**bundle.others, file: text})


def upload(bundle: Bundle) -> UploadProcess:
    """These files, to be handed in."""
    return UploadProcess(
        "restaurant", bundle.sources, bundle.catalogue, bundle.forms, others=bundle.others
    )


def publish(hall: Hall, bundle: Bundle | None = None) -> ProcessVersion:
    """The restaurant with the table, or these files, in force."""
    version = hall.act("designer1", "restaurant", upload(bundle or ruled()))
    published: ProcessVersion = hall.act("designer2", version.key, PublishProcess())
    return published
