"""A document set in a process of its own: run by `setting`, with limits on time and memory.

It reads what to set from its input, a line of JSON each, and answers with a line.  It knows
nothing but the files it is given: no database, no settings, an empty folder, no network.
"""

import json
import resource
import sys
import tempfile
from base64 import b64encode
from functools import cache
from typing import Any, Literal

import typst

from workflows.documents.faults import MAIN, TOO_MANY
from workflows.documents.offline import go_offline

CPU_SECONDS = 4
MEMORY_BYTES = 3 << 29
#: Nobody is sent more than this; a template that sets more has lost its way.
MOST_PAGES = 40
MOST_BYTES = 20 << 20
STANDARD: Literal["a-2b"] = "a-2b"

#: The mark of a document that was not issued lies over it; the last line counts the pages.
WRAPPER = """
#set page(foreground: {{
  let mark = json(bytes(sys.inputs.data)).at("document", default: (:)).at("mark", default: none)
  if mark != none {{
    rotate(-35deg, text(44pt, fill: rgb(160, 30, 30, 36), weight: "bold", mark))
  }}
}})
#include "{name}"
#context if here().page() > {pages} {{ panic("{too_many}") }}
"""


def set_in_type(files: dict[str, str], name: str, data: str, ppi: int, at: int) -> dict[str, Any]:
    """The PDF, and the pages as pictures when ``ppi`` is given; or what the compiler says."""
    wrapper = WRAPPER.format(name=name, pages=MOST_PAGES, too_many=TOO_MANY)
    sources: Any = {each: text.encode() for each, text in {**files, MAIN: wrapper}.items()}
    with tempfile.TemporaryDirectory() as folder:
        compiler = typst.Compiler(
            sources, root=folder, font_paths=fonts(), sys_inputs={"data": data},
            package_path=folder, package_cache_path=folder,
        )  # fmt: skip
        try:
            pdf = compiler.compile(sources, format="pdf", pdf_standards=STANDARD, timestamp=at)
            pages = compiler.compile(sources, format="png", ppi=ppi) if ppi else []
        except typst.TypstError as error:
            return {"message": error.message, "diagnostic": error.diagnostic, "hints": error.hints}
    pictures = pages if isinstance(pages, list) else [pages]
    return {"pdf": _text(pdf), "pages": [_text(page) for page in pictures]}


@cache
def fonts() -> typst.Fonts:
    """The fonts of this machine, looked for once."""
    return typst.Fonts()


def _text(content: Any) -> str:
    return b64encode(content).decode("ascii")


def main() -> None:
    """Set what stands in each line of the input; give up, loudly, when it takes too much."""
    go_offline()
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    for line in sys.stdin:
        said = json.dumps(set_in_type(**json.loads(line)))
        if len(said) > MOST_BYTES:
            sys.exit("more than anyone is sent")
        print(said, flush=True)


if __name__ == "__main__":
    main()
