"""Empty sheets: new diagrams, tables and forms; which processes a draft contains."""

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from workflows.catalogue.sheet import Arrow, Shape, write
from workflows.engine.xml import DiagramUnreadable, read, tag


def diagram(process: str, name: str) -> str:
    """A process that begins and ends, and does nothing in between."""
    first = Shape("startEvent", "begin", "", (200, 200))
    last = Shape("endEvent", "done", "", (400, 200))
    return write(process, name or process, "", (first, last), [Arrow("to_done", first, last)])


TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" \
xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" \
xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" \
id="{key}_file" name={name} namespace="urn:lianban:{key}">
  <decision id="{key}" name={name}>
    <decisionTable id="{key}_table" hitPolicy="UNIQUE">
      <input id="{key}_input">
        <inputExpression id="{key}_asked" typeRef="string"><text></text></inputExpression>
      </input>
      <output id="{key}_output" typeRef="string" />
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram>
      <dmndi:DMNShape dmnElementRef="{key}">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""


def table(key: str, name: str) -> str:
    """A decision with one question and one answer, and no rule yet."""
    return TABLE.format(key=key, name=quoteattr(name))


def processes(sources: Mapping[str, str]) -> list[dict[str, str]]:
    """Id, name and file of every process; a file that cannot be read has none."""
    return [found for file, text in sources.items() for found in _inside(file, text)]


def _inside(file: str, text: str) -> Iterator[dict[str, str]]:
    try:
        root = read(text, file)
    except DiagramUnreadable:
        return
    for process in root.iterfind(tag("process")):
        yield {"id": process.get("id", ""), "name": process.get("name", ""), "file": file}


def form(name: str, title: str) -> dict[str, Any]:
    """A form that asks for an opinion; the one of an application asks who applies."""
    asked = APPLICANT if name == "application" else (OPINION,)
    heading = {"type": "text", "id": "title", "text": f"### {title}"}
    return {"type": "default", "id": name, "components": [heading, *asked]}


OPINION = {
    "type": "textarea", "id": "opinion_field", "key": "opinion", "label": "意见",
    "validate": {"required": True, "maxLength": 1000},
}  # fmt: skip
#: What every case is received with.
APPLICANT = (
    {"type": "textfield", "id": "applicant_name_field", "key": "applicant_name",
     "label": "申请人名称（姓名）",
     "validate": {"required": True, "minLength": 2, "maxLength": 100}},
    {"type": "textfield", "id": "applicant_number_field", "key": "applicant_number",
     "label": "统一社会信用代码或居民身份证号",
     "validate": {"required": True, "maxLength": 40}},
    {"type": "textfield", "id": "contact_phone_field", "key": "contact_phone",
     "label": "联系电话",
     "validate": {"required": True, "maxLength": 40, "validationType": "telephone"}},
)  # fmt: skip
