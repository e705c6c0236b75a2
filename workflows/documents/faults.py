"""What the compiler complains of, as our own sentences with file and line.

The compiler speaks English, to people who write programs; its words stand behind ours, for whoever
can use them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.errors import N_

#: The file around a template: the compiler begins there.
MAIN = "main.typ"
#: What that file says at the first page that is too many.
TOO_MANY = "lianban: too many pages"
STOPPED = N_("排版超过了允许的时间、内存或篇幅，已经停止：请检查有没有没完没了的循环。")
OTHER = N_("这里排不出来。")
#: The beginning of what the compiler says → our sentence; a group is the word it is about.
KNOWN = (
    (f"panicked with: {TOO_MANY}", N_("排出来的页数太多。")),
    (r"unknown variable: (.+)", N_("没有叫“%(word)s”的名字：请看“模板里可以写什么”，检查拼写。")),
    (r'dictionary does not contain key "(.+)"', N_("数据里没有“%(word)s”这一项。")),
    (
        r"(?:failed to download|package|failed to load) ",
        N_("不能使用外部的包，只能引入流程自己的文件。"),
    ),
    (r"file not found", N_("没有这个文件：只能引入流程自己的和系统自带的 .typ 文件。")),
    (r"path .+ would escape", N_("不能读流程以外的文件。")),
    (r"cannot access file system", N_("不能读流程以外的文件。")),
    (
        r"cannot access fields on type none",
        N_("前面的值是 none，没有下一级：请先判断是不是 none。"),
    ),
    (r"cannot (?:add|subtract|join|multiply|divide) ", N_("两边的值不是一类，不能合在一起。")),
    (r"expected .+, found none", N_("这里的值是 none：请先判断是不是 none，或者用 or-dash。")),
    (r"expected .+, found .+", N_("这里的值不是所要的那一类。")),
    (r"(?:unclosed delimiter|unexpected closing)", N_("括号、引号或 * _ 没有成对。")),
    (r"expected |unexpected |the character ", N_("这里写得不完整，或者多了什么。")),
    (r"maximum .+ depth exceeded", N_("自己调用自己，没有尽头。")),
    (r"(?:condition is always true|loop seems to be infinite)", N_("循环没有尽头。")),
    (r"array index out of bounds", N_("列表没有这么多项。")),
    (r"missing argument|unexpected argument", N_("少了参数，或者多了参数。")),
    (r"(?:panicked with|assertion failed): (.+)", N_("模板自己停了下来：%(word)s")),
    (r"failed to decode image|unknown image format", N_("图片读不出来。")),
    (
        r"PDF/A.*the text `\"(.+)\"` could not be displayed",
        N_("没有字体可以印出“%(word)s”：请在服务器上安装有这个字的中文字体（如 fonts-noto-cjk）。"),
    ),
    (r"PDF/A", N_("这样的内容不能存入长期保存的 PDF（PDF/A）。")),
)  # fmt: skip
_BLOCK = re.compile(r"^error: (.+?)\n +┌─ (.+?):(\d+):\d+$", re.MULTILINE | re.DOTALL)
_SEARCHED = re.compile(r" \(.*\)$", re.DOTALL)
#: More than anyone mends at once.
MOST = 20
LONGEST = 200


@dataclass(frozen=True)
class Fault:
    """One fault: the file, the line (counted from one), our sentence, the word it is about.

    ``said`` is what the compiler said; nothing, when it was not the compiler that complained.
    """

    file: str
    line: int
    sentence: str
    word: str = ""
    said: str = ""

    @property
    def params(self) -> Mapping[str, str]:
        """What the sentence is filled with."""
        return {"word": self.word} if self.word else {}


def faults_of(said: Mapping[str, Any], file: str) -> tuple[Fault, ...]:
    """The faults in an answer of the press about a template; an empty answer: it was stopped."""
    if not said:
        return (Fault(file, 1, STOPPED),)
    found = tuple(dict.fromkeys(_read(said["diagnostic"], file)))[:MOST]
    return found or (_fault(said["message"], file, 1),)


def _read(diagnostic: str, file: str) -> Iterator[Fault]:
    for message, path, line in _BLOCK.findall(diagnostic):
        name = path.rpartition("/")[2]
        if name == MAIN:  # ours, around the template
            yield _fault(message, file, 1)
        else:
            yield _fault(message, name, int(line))


def _fault(message: str, file: str, line: int) -> Fault:
    plain = _SEARCHED.sub("", message)[:LONGEST]
    for pattern, sentence in KNOWN:
        if found := re.match(pattern, message):
            word = found[1][:LONGEST] if found.groups() else ""
            return Fault(file, line, sentence, word, plain)
    return Fault(file, line, OTHER, "", plain)
