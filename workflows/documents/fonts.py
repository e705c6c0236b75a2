"""Whether this machine has a font for Chinese: asked by `make set-up`, by setting two characters.

python -m workflows.documents.fonts     ends with 1 when there is none
"""

import sys
from datetime import UTC, datetime

from workflows.documents.setting import Copy, DocumentInvalid, print_pdf

SAMPLE = Copy("sample.typ", {"sample.typ": "许可"}, {}, datetime(2026, 1, 1, tzinfo=UTC))


def prints_chinese() -> bool:
    """Whether a document in Chinese can be set here."""
    try:
        print_pdf(SAMPLE)
    except DocumentInvalid:
        return False
    return True


if __name__ == "__main__":
    sys.exit(not prints_chinese())
