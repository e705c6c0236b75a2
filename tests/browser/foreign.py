"""Diagrams as other programs write them: their extensions, attributes and habits."""

from tests.engine.drawing import process, sub

SPACES = (
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:flowable="http://flowable.org/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:modeler="http://camunda.org/schema/modeler/1.0" xmlns:own="urn:own" '
)
CAMUNDA = (
    '<userTask id="a" name="审核" camunda:assignee="demo" camunda:candidateGroups="g1,g2" '
    'camunda:formKey="embedded:app:forms/a.html"><documentation>说明 &lt;b&gt;</documentation>'
    '<extensionElements><camunda:formData><camunda:formField id="x" label="X" type="long" '
    'defaultValue="1"><camunda:validation><camunda:constraint name="min" config="0"/>'
    "</camunda:validation></camunda:formField></camunda:formData>"
    '<camunda:taskListener event="create"><camunda:script scriptFormat="js">a &lt; b;\n  c()'
    "</camunda:script></camunda:taskListener><camunda:properties>"
    '<camunda:property name="k" value="v"/></camunda:properties></extensionElements></userTask>'
)
FLOWABLE = (
    '<userTask id="a" flowable:assignee="${initiator}" flowable:skipExpression="${x}">'
    '<extensionElements><flowable:formProperty id="p" type="string"><flowable:value id="v" '
    'name="一"/></flowable:formProperty><modeler:initiator-can-complete><![CDATA[false]]>'
    "</modeler:initiator-can-complete></extensionElements></userTask>"
)
ZEEBE = (
    '<serviceTask id="a" zeebe:modelerTemplate="t" zeebe:modelerTemplateVersion="2">'
    '<extensionElements><zeebe:taskDefinition type="http" retries="3"/><zeebe:ioMapping>'
    '<zeebe:input source="=a" target="b"/><zeebe:output source="=c" target="d"/>'
    '</zeebe:ioMapping><zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders>'
    "</extensionElements></serviceTask>"
)
SPIFF = (
    '<scriptTask id="a"><extensionElements><spiffworkflow:preScript>x = 1\ny = [z for z in q]'
    '</spiffworkflow:preScript><spiffworkflow:properties><spiffworkflow:property name="n" '
    'value="v"/></spiffworkflow:properties></extensionElements><script>x = {"a": 1}\n'
    "y = x['a'] &gt; 0</script></scriptTask>"
)
UNKNOWN = (
    '<userTask id="a" own:priority="5"><extensionElements><own:thing deep="1"><own:inner>文字'
    '<own:leaf/></own:inner></own:thing><lb:approval duty="handler" kind="review" '
    'conclusions="agree" own:more="kept" later="kept"/></extensionElements></userTask>'
)
DATA = (
    '<userTask id="a"><ioSpecification id="io"><dataInput id="in" name="In"/><inputSet id="is">'
    '<dataInputRefs>in</dataInputRefs></inputSet><outputSet id="os"/></ioSpecification>'
    '<dataInputAssociation id="dia"><sourceRef>papers</sourceRef><targetRef>in</targetRef>'
    "</dataInputAssociation></userTask>"
)
OBJECTS = (
    '<dataObject id="obj"/><dataObjectReference id="papers" name="材料" dataObjectRef="obj"/>'
    '<textAnnotation id="note"><text>注：\n两行</text></textAnnotation>'
    '<association id="tie" sourceRef="a" targetRef="note" associationDirection="One"/>'
    '<laneSet id="lanes"><lane id="lane" name="窗口"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
)
#: References to what is not in the file.
ELSEWHERE = (
    '<receiveTask id="a" messageRef="elsewhere" operationRef="out"/>'
    '<userTask id="b"><multiInstanceLoopCharacteristics isSequential="true">'
    '<loopDataInputRef>people</loopDataInputRef><loopDataOutputRef>said</loopDataOutputRef>'
    '<inputDataItem id="one" name="person"/></multiInstanceLoopCharacteristics></userTask>'
)  # fmt: skip

NESTED = sub("a", ["s1 c x2 e1", "x2 again x2"], {"x2 again": "more"})


def _foreign(a: str, extra: str = "") -> str:
    text = process("p", ["s a e"], elements={"a": a}, extra=extra)
    return text.replace("<definitions ", f"<definitions {SPACES}exporter='他人' ", 1)


FOREIGN = {
    "camunda": _foreign(CAMUNDA),
    "flowable": _foreign(FLOWABLE),
    "zeebe": _foreign(ZEEBE),
    "spiffworkflow": _foreign(SPIFF),
    "unknown": _foreign(UNKNOWN),
    "data": _foreign(DATA, OBJECTS),
    "elsewhere": _foreign(ELSEWHERE),
    "nested": _foreign(NESTED),
    "colours": _foreign(UNKNOWN).replace(
        "</definitions>",
        '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
        'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" id="D"><bpmndi:BPMNPlane id="P" '
        'bpmnElement="p"><bpmndi:BPMNShape id="S" bpmnElement="a" bioc:fill="#fff" '
        'bioc:stroke="#00f"><dc:Bounds x="10.5" y="-20" width="100" height="80"/>'
        '<bpmndi:BPMNLabel><dc:Bounds x="1" y="2" width="3" height="4"/></bpmndi:BPMNLabel>'
        "</bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>",
    ),
}
