"""The templates of a process, checked as at publication: each is set with an example case."""

from collections.abc import Iterable, Iterator, Mapping

from server.document_sources import built_in, example_copy, own
from workflows.catalogue import load
from workflows.documents.faults import MAIN, Fault
from workflows.documents.setting import DocumentInvalid, check
from workflows.documents.template import Template, templates
from workflows.drawing.bundle import Bundle
from workflows.errors import N_, WorkflowError

#: More templates than any process needs.
MOST = 40
TAKEN = N_("这个文件名留给系统自己用，请换一个。")
WHEN_UNKNOWN = N_("开头的 when: 后面不能写“%(word)s”，能写的见“模板里可以写什么”。")


class TooManyDocuments(WorkflowError):
    """More templates than anyone would check."""

    sentence = N_("一个流程最多 %(most)s 份文书模板。")


def check_documents(bundle: Bundle) -> None:
    """Refuse templates that cannot be set; raises DocumentInvalid with every fault.

    A process that changes what documents share answers for the built-in ones as well.  Nothing
    can be said while catalogue or forms cannot be read: that is refused for itself.
    """
    texts = own(bundle.others)
    shared = any(file.startswith("_") for file in texts)
    found = [each for each in templates(texts, built_in()).values() if each.own or shared]
    if len(found) > MOST:
        raise TooManyDocuments(most=MOST)
    if faults := [*_of_names(texts, found), *_of_texts(bundle, found)]:
        raise DocumentInvalid(tuple(dict.fromkeys(faults)))


def _of_names(texts: Mapping[str, str], found: Iterable[Template]) -> Iterator[Fault]:
    if MAIN in texts:
        yield Fault(MAIN, 1, TAKEN)
    for each in found:
        if each.when is None:
            yield Fault(each.file, each.line, WHEN_UNKNOWN, each.word)


def _of_texts(bundle: Bundle, found: Iterable[Template]) -> list[Fault]:
    try:
        catalogue = load(bundle.catalogue, "catalogue.yaml")
        copies = [example_copy(template, bundle, catalogue) for template in found]
    except WorkflowError:
        return []
    return check(copies)
