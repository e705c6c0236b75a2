"""模板里可以写什么: every name a template may use, with what it means and what it says."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from server.document_sources import example_data
from workflows.catalogue import Catalogue
from workflows.documents.template import Template, When
from workflows.drawing.bundle import Bundle
from workflows.errors import N_

PAPER = (
    ("document.title", N_("文书的名称，即模板第一行")),
    ("document.name", N_("模板的文件名，不带 .typ")),
    ("document.number", N_("文号；还没有的是 none")),
    ("document.mark", N_("印在页面上的“预览件”字样；收件凭证没有，是 none")),
    ("document.printed_on", N_("今天的日期")),
    ("hall.name", N_("大厅或牵头部门的名称")),
    ("hall.code", N_("大厅的区划代码")),
    ("hall.seal", N_("印章的名称")),
)
CASE = (
    ("case.number", N_("办件号")),
    ("case.query_code", N_("查询码；只给窗口和申请人，其他人看的是 none")),
    ("case.theme", N_("一件事的名称")),
    ("case.state", N_("办件的状态")),
    ("case.received_on", N_("收件日期")),
    ("case.received_at", N_("收件的日期和时刻")),
    ("case.received_by", N_("收件人；申请人自己打开时是 none")),
    ("case.accepted_on", N_("受理日期；没有受理的是 none")),
    ("case.decided_on", N_("全部决定作出的日期，或者 none")),
    ("case.due_on", N_("承诺办结的日期，或者 none")),
    ("case.statutory_on", N_("法定期限届满的日期，或者 none")),
    ("case.promised", N_("承诺的总时限")),
    ("case.cap", N_("法定的总时限")),
    ("case.notice_limit", N_("告知是否受理的时限")),
    ("case.delivery_limit", N_("送达决定的时限")),
    ("case.check_limit", N_("事后核查承诺的时限")),
)
PEOPLE = (
    ("applicant.name", N_("申请人")),
    ("applicant.number", N_("申请人的证件号码")),
    ("applicant.phone", N_("申请人的联系电话")),
    ("applicant.address", N_("申请表的 contact_address，没有这一问的是 none")),
    ("applicant.contact", N_("申请表的 contact_name，没有这一问的是 none")),
    ("agent.name", N_("代理人：申请表的 agent_name，没有这一问的是 none")),
    ("agent.number", N_("代理人的证件号码：申请表的 agent_number，或者 none")),
    ("agent.phone", N_("代理人的电话：申请表的 agent_phone，或者 none")),
)
ITEM = (
    ("code", N_("事项编号")),
    ("name", N_("事项名称")),
    ("department", N_("办理部门")),
    ("kind", N_("事项类型")),
    ("licence", N_("是不是行政许可，true 或 false")),
    ("state", N_("事项的状态")),
    ("decision", N_("准予、不予，还没有决定的是 none")),
    ("granted", N_("是不是已经准予，true 或 false")),
    ("committed", N_("是不是以告知承诺方式准予，true 或 false")),
    ("reason", N_("决定的意见、理由，或者 none")),
    ("number", N_("决定的文号，或者 none")),
    ("statutory", N_("法定时限，或者 none")),
    ("promised", N_("承诺时限；不计时的是 none")),
    ("due_on", N_("承诺办结的日期，或者 none")),
    ("decided_on", N_("决定日期，或者 none")),
    ("result", N_("办理结果的名称")),
    ("fee", N_("收费；不收费的是 none")),
)
MATERIAL = (
    ("code", N_("材料编号")),
    ("name", N_("材料名称")),
    ("form", N_("材料的形式和份数，或者 none")),
    ("criterion", N_("受理标准")),
    ("required", N_("是不是必须提交，true 或 false")),
    ("received", N_("收到没有，true 或 false")),
    ("received_on", N_("收到的日期，或者 none")),
    ("standing", N_("收件情况，用文字说")),
    ("valid_until", N_("有效期至，或者 none")),
    ("promised_on", N_("容缺的材料承诺补交的日期，或者 none")),
    ("fault", N_("要补正什么，或者 none")),
    ("items", N_("共用这份材料的事项编号")),
)
NOTICES = (
    ("supplement.number", N_("补正告知书的文号")),
    ("supplement.told_on", N_("告知的日期")),
    ("supplement.due_on", N_("补正的期限，或者 none")),
    ("supplement.expiry", N_("逾期不补正的后果")),
    ("supplement.materials", N_("要补正的材料：与 materials 一样的记录，fault 是要补正什么")),
    ("decline.number", N_("不予受理的文号")),
    ("decline.ground", N_("不予受理的情形")),
    ("decline.not_required", N_("是不是依法不需要许可，true 或 false")),
    ("decline.basis", N_("所依据的行政许可法条款")),
    ("decline.reason", N_("不予受理的理由")),
    ("decline.where_to", N_("应当向谁申请，或者 none")),
    ("decline.decided_on", N_("决定不予受理的日期")),
)
MORE = (
    ("application", N_("申请表按顺序的每一问：label 问题，answer 回答")),
    ("answers", N_("情形问卷的每一问：question 问题，answer 回答")),
    ("qr", N_("进度查询的二维码：text 网址，svg 图；系统不知道公开网址时是 none")),
)


@dataclass(frozen=True)
class Described:
    """One name: how it is written, what it means, what it says in an example."""

    name: str
    meaning: str
    says: str


@dataclass(frozen=True)
class Group:
    """Names that belong together."""

    title: str
    note: str
    rows: list[Described]


def described(bundle: Bundle, catalogue: Catalogue) -> list[Group]:
    """Every name with what it says of the example case of this catalogue."""
    granted = example_data(_as(When.GRANTED), bundle, catalogue)
    told = example_data(_as(When.SUPPLEMENTING), bundle, catalogue)
    declined = example_data(_as(When.DECLINED), bundle, catalogue)
    data = {**granted, "supplement": told["supplement"], "decline": declined["decline"]}
    form = [
        Described(f"form.{key}", next(
            row["label"] for row, each in zip(data["application"], data["form"], strict=True)
            if each == key
        ), text)
        for key, text in data["form"].items()
    ]  # fmt: skip
    each = _("一份一条的列表，写法：#for each in items [ #each.name ]")
    same = _("一份一条的列表，写法：#for each in materials [ #each.name ]")
    return [
        Group(_("文书和大厅"), "", _rows(PAPER, data)),
        Group(_("办件"), "", _rows(CASE, data)),
        Group(_("申请人和代理人"), "", _rows(PEOPLE, data)),
        Group("items", each, _rows(ITEM, data["items"][0])),
        Group("item", _("准予、不予的决定书说的那一个事项；其他文书是 none"), []),
        Group("materials", same, _rows(MATERIAL, data["materials"][0])),
        Group(_("补正和不予受理"), _("没有发生的，supplement、decline 是 none"),
              _rows(NOTICES, data)),
        Group(_("申请表的回答，按字段的 key"), _("这次没有问到的，form 里没有"), form),
        Group(_("其他"), "", _rows(MORE, data)),
    ]  # fmt: skip


def _as(when: When) -> Template:
    return Template(f"{when}.typ", False, _("文书名称"), "", when)


def _rows(table: tuple[tuple[str, str], ...], data: dict[str, Any]) -> list[Described]:
    return [Described(name, _(meaning), says(data, name)) for name, meaning in table]


def says(data: dict[str, Any], name: str) -> str:
    """What a name says, as it is printed; a list or a record says how large it is."""
    value: Any = data
    for key in name.split("."):
        value = value[key]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return f"… × {len(value)}" if isinstance(value, list) else "…"
    return "none" if value is None else str(value)
