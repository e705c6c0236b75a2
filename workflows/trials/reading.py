"""A test case from its file: every fault at its line, as in a catalogue."""

from collections.abc import Collection, Iterator, Mapping

from pydantic import ValidationError

from workflows.catalogue import AnswerInvalid, Catalogue, Fault
from workflows.catalogue.faults import CatalogueInvalid, Path
from workflows.catalogue.reading import explained
from workflows.catalogue.source import Source
from workflows.errors import N_, WorkflowError
from workflows.trials.records import TestCase

#: The steps that are drawn for each item, by element.
Steps = Mapping[str, Collection[str]]

NO_ITEM = N_("没有编号为“%(code)s”的事项，请您核对编号。")
NO_STEP = N_("事项 %(item)s 没有环节“%(step)s”，请您按流程图中的环节填写。")
NO_MATERIAL = N_("没有编号为“%(code)s”的材料，请您核对编号，或者先在材料中登记。")
NO_PROCEDURE = N_("事项 %(item)s 没有可以停表的特别程序“%(procedure)s”，请您按目录填写。")


class TestCaseInvalid(CatalogueInvalid):
    """A test case that cannot be run; `faults` holds everything found, by line."""

    __test__ = False
    sentence = N_("试办用例 %(name)s 有 %(count)s 处错误，请您改正后再运行。")


def read(text: str, name: str, catalogue: Catalogue, steps: Steps) -> TestCase:
    """Read a test case; raises TestCaseInvalid with all its faults, by line."""
    source = Source(text)
    if source.value is None or source.faults:
        raise TestCaseInvalid(name, source.faults)
    try:
        found = TestCase.model_validate(source.value)
    except ValidationError as invalid:
        faults = [source.fault(path, words, **more) for path, words, more in explained(invalid)]
        raise TestCaseInvalid(name, faults) from None
    faults = list(_faults(found, source, catalogue, steps))
    if faults:
        raise TestCaseInvalid(name, faults)
    return found


def _faults(found: TestCase, source: Source, catalogue: Catalogue, steps: Steps) -> Iterator[Fault]:
    for key, value in found.answers.items():
        try:
            catalogue.answers({key: value})
        except AnswerInvalid as wrong:
            yield _said(source, ("answers", key), wrong)
    for path, code in _items(found):
        if code not in steps:
            yield source.fault(path, NO_ITEM, code=code)
    for key in found.steps:
        item, dot, step = key.partition(".")
        if dot and item in steps and step not in steps[item]:
            yield source.fault(("steps", key), NO_STEP, item=item, step=step)
    yield from _of_the_catalogue(found, source, catalogue)


def _items(found: TestCase) -> Iterator[tuple[Path, str]]:
    """Every use of the code of an item, and where it stands."""
    for key in found.steps:
        yield ("steps", key), key.partition(".")[0]
    for at, halt in enumerate(found.pauses):
        yield ("pauses", at, "item"), halt.item
    expected = found.expect
    for section in ("paths", "states", "due", "statutory"):
        for code in getattr(expected, section):
            if code != "case":
                yield ("expect", section, code), code
    for section in ("items", "documents"):
        for code in getattr(expected, section) or ():
            yield ("expect", section, code), code


def _of_the_catalogue(found: TestCase, source: Source, catalogue: Catalogue) -> Iterator[Fault]:
    known = {material.code for material in catalogue.materials}
    for code in found.supplement.materials if found.supplement else ():
        if code not in known:
            yield source.fault(("supplement", "materials", code), NO_MATERIAL, code=code)
    for at, halt in enumerate(found.pauses):
        item = next((item for item in catalogue.items if item.code == halt.item), None)
        stops = {one.name for one in item.special if one.stops_clock} if item else set()
        if item is not None and halt.procedure not in stops:
            params = {"item": halt.item, "procedure": halt.procedure}
            yield source.fault(("pauses", at, "procedure"), NO_PROCEDURE, **params)


def _said(source: Source, path: Path, refused: WorkflowError) -> Fault:
    return source.fault(path, refused.sentence, **refused.params)
