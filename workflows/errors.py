"""Everything that can be refused: a name, a stable code, and a sentence that a clerk can read.

The sentence is Chinese, the language of the hall; the web translates it (its text is a message id).
Words in ``%(name)s`` are filled from the keywords given when the refusal is raised.
"""

import re


def N_(sentence: str) -> str:
    """Mark a sentence for translation; the web looks the translation up."""
    return sentence


class WorkflowError(Exception):
    """A request that was refused; nothing has been changed."""

    sentence = N_("这项请求不能办理。")

    def __init__(self, **params: object) -> None:
        super().__init__(self.sentence % params if params else self.sentence)
        self.params = params

    @property
    def code(self) -> str:
        """The class name in snake_case: stable, for programs."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()
