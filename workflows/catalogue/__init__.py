"""The catalogue of items (事项目录): what may be applied for, as data that is checked before use.

In the order a text passes them:

    source     YAML with a line number for everything, and nothing of YAML that could surprise
    faults     a fault: line, place, sentence; a catalogue with faults is refused with all of them
    records    one model per kind of record: theme, rules, question, department, item, material …
    contents   the `Catalogue` and what a case asks of it: needed items, materials, gates, limits
    checks     what must hold between the records
    reading    text in, `Catalogue` out
    editing    one place of the text changed, every other character as it was
    fields     what may be written into each kind of record, and its words (words, skeleton)
    tables     the catalogue as sheets and back, cell by cell (columns, cells, places)
    sheet      a BPMN 2.0 diagram with its drawing
    plan       where everything stands in the diagram of a joint approval
    draw       the first diagram of a joint approval (并联审批), from its catalogue
"""

from workflows.catalogue.contents import AnswerInvalid, Catalogue
from workflows.catalogue.draw import draw
from workflows.catalogue.faults import CatalogueInvalid, Fault
from workflows.catalogue.reading import load

__all__ = ["AnswerInvalid", "Catalogue", "CatalogueInvalid", "Fault", "draw", "load"]
