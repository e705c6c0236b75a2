"""What is refused in a catalogue: each fault with its line, all of them at once."""

import pytest

from workflows.catalogue import CatalogueInvalid, Fault, load

GOOD = """\
theme: {code: T-01, name: 开店, name_en: Shop, lead: SJ, region: cn, promised: 10wd, cap: 45wd,
  promised_rules: [{when: is_big, promised: 12wd}],
  cap_extension: 15wd, source: D}
rules:
  notice: 5wd
  extension: 10wd
  supplement: 15wd
  on_supplement_expiry: withdrawn
  delivery: 10wd
  sign_for: 4h
  commitment_check: 60wd
  warn: {before_days: 1, ratio: 0.9, before_hours: 1}
  escalation:
    - {after: 0wd, light: red, to: checker}
    - {after: 1wd, light: red, to: approver}
  on_refusal: continue
  decision_mode: separate
  source: D
questionnaire:
  - {key: is_big, label: 是否大, label_en: Big, type: boolean, default: false}
departments:
  - {code: SJ, name: 市场监督管理局, name_en: Market, enforcement_subject: true}
  - {code: YH, name: 银行, name_en: Bank, enforcement_subject: false}
onsite_groups:
  - {code: G1, name: 联合勘验, leader: SJ, within: 3wd}
items:
  - {code: A1, name: 登记, name_en: Registration, department: SJ, kind: 承诺件, process: two_step,
     statutory: 20wd, promised: 5wd, materials: [M1], result: 执照, source: D}
  - {code: A2, name: 开户, name_en: Account, department: YH, kind: 公共服务, process: instant,
     promised: 1wd, needed: is_big, materials: [M1, M2], result: 账户, source: D,
     after: [{item: A1, gate: start}],
     special: [{name: 检测, kind: testing, cap: 3wd, stops_clock: true}],
     fee: {amount: 10 元, basis: 价目表}}
materials:
  - {code: M1, name: 申请表, source: 申请人, need: required, criterion: 填写完整并签名}
  - {code: M2, name: 委托书, source: 申请人, need: conditional, condition: 委托时, criterion: 签名}
"""


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(CatalogueInvalid) as caught:
        load(text, "店")
    return caught.value.faults


def only(old: str, new: str) -> Fault:
    """The one fault that a change makes in the good catalogue."""
    assert GOOD.count(old) == 1
    found = faults(GOOD.replace(old, new))
    assert len(found) == 1, [fault.text for fault in found]
    return found[0]


def test_the_good_catalogue_is_accepted() -> None:
    assert len(load(GOOD, "店").items) == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "says"),
    [
        ("lead: SJ", "lead: XX", 1, "theme.lead", "没有编号为“XX”的部门"),
        ("department: YH", "department: XX", 29, "items.A2.department", "没有编号为“XX”的部门"),
        ("leader: SJ", "leader: XX", 25, "onsite_groups.G1.leader", "没有编号为“XX”的部门"),
        ("[M1, M2]", "[M1, M2, M9]", 30, "items.A2.materials.M9", "没有编号为“M9”的材料"),
        ("{item: A1, gate", "{item: A9, gate", 31, "items.A2.after.A9", "没有编号为“A9”的事项"),
        ("promised: 1wd,", "promised: 1wd, onsite: G9,", 30, "items.A2.onsite", "踏勘组"),
        ("promised: 1wd,", "promised: 1wd, consult: [X],", 30, "items.A2.consult.X", "“X”的部门"),
        ("onsite_groups:", "onsite_groups:\n  - {code: G1, name: 勘验, leader: SJ, within: 1wd}",
         26, "onsite_groups.G1", "编号“G1”用了两次"),
        ("[M1, M2]", "[M1, M2, M2]", 30, "items.A2.materials.M2", "列了两次"),
        ("statutory: 20wd", "statutory: 4wd", 28, "items.A1.promised", "5wd 超过法定时限 4wd"),
        ("statutory: 20wd", "statutory: 1d", 28, "items.A1.promised", "5wd 超过法定时限 1d"),
        ("promised: 12wd", "promised: 50wd", 2, "theme.promised_rules.0", "50wd 超过法定时限 45wd"),
        ("promised: 10wd", "promised: 46wd", 1, "theme.promised", "46wd 超过法定时限 45wd"),
        ("promised: 10wd", "promised: 4wd", 1, "theme.promised", "也要 5 个工作日"),
        ("cap: 45wd", "cap: 60wd", 1, "theme.cap", "超过行政许可法第42条"),
        ("notice: 5wd", "notice: 6wd", 5, "rules.notice", "超过行政许可法第32条"),
        ("extension: 10wd", "extension: 11wd", 6, "rules.extension", "超过行政许可法第42条"),
        ("delivery: 10wd", "delivery: 11wd", 9, "rules.delivery", "超过行政许可法第44条"),
        ("department: SJ,", "department: YH,", 27, "items.A1.department", "没有行政执法主体资格"),
        (", criterion: 填写完整并签名", "", 35, "materials.M1.criterion", "没有受理标准"),
        ("criterion: 填写完整并签名", "criterion: ''", 35, "materials.M1.criterion", "受理标准"),
        ("name: 委托书", "name: 其他有关材料", 36, "materials.M2.name", "兜底性的材料"),
        ("name: 委托书", "name: 身份证等材料", 36, "materials.M2.name", "兜底性的材料"),
        ("[M1, M2]", "[M1]", 36, "materials.M2", "没有事项需要材料“委托书”"),
        (", condition: 委托时", "", 36, "materials.M2", "写明是什么情形"),
        ("needed: is_big", "needed: is_big or", 30, "items.A2.needed", "语法有误"),
        ("needed: is_big", "needed: exit()", 30, "items.A2.needed", "不支持“exit()”"),
        ("needed: is_big", "needed: is_small", 30, "items.A2.needed", "“is_small”不是问卷中的问题"),
        ("needed: is_big", "needed: is_big * 2 > 1", 30, "items.A2.needed", "无法计算"),
        ("needed: is_big", "needed: true", 30, "items.A2.needed", "应当是一段文字"),
        ("when: is_big", "when: no", 2, "theme.promised_rules.0.when", "应当是一段文字"),
        ("kind: testing", "kind: lunch", 32, "items.A2.special.检测.kind", "第四十五条"),
        (", basis: 价目表", "", 33, "items.A2.fee.basis", "收费没有依据"),
        ("after: 1wd", "after: 0wd", 15, "rules.escalation.1", "一级比一级晚"),
        ("to: approver", "to: checker", 15, "rules.escalation.1", "一级比一级高"),
        ("default: false", "default: 0", 20, "questionnaire.is_big.default", "与问题的类型不一致"),
        ("default: false", "default: .nan", 20, "questionnaire.is_big.default", "不小于零"),
        ("departments:", "  - {key: items, label: 项, label_en: x, type: boolean, default: true}\n"
         "departments:", 21, "questionnaire.items.key", "不能作问题的键"),
        ("promised: 5wd", "promised: 五天", 28, "items.A1.promised", "无法识别"),
        ("promised: 5wd", "promised: 5", 28, "items.A1.promised", "应当是一段文字"),
        ("enforcement_subject: true", "enforcement_subject: 'x'", 22,
         "departments.SJ.enforcement_subject", "只能填 true 或 false"),
        ("name: 开户", "name: 开户, colour: red", 29, "items.A2.colour", "不认识“colour”"),
        ("name: 开户", 'name: "开\\a户"', 29, "items.A2.name", "值不合要求"),
        ("code: A2", "code: a2", 29, "items.a2.code", "值不合要求"),
        ("process: instant", "process: magic", 29, "items.A2.process", "instant、two_step"),
        ("promised: 1wd, ", "", 29, "items.A2", "没有承诺时限"),
        ("promised: 1wd", "promised: 1wd, merged_into: A1", 29, "items.A2", "删去它自己的时限"),
        ("promised: 1wd", "merged_into: A2", 30, "items.A2.merged_into", "也并入其他事项"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line_and_place(
    old: str, new: str, line: int, where: str, says: str
) -> None:
    fault = only(old, new)
    assert (fault.line, fault.where) == (line, where)
    assert says in fault.text


def test_a_circle_of_gates_is_named() -> None:
    fault = only("statutory: 20wd,", "statutory: 20wd, after: [{item: A2, gate: decision}],")
    assert "A1 → A2 → A1" in fault.text or "A2 → A1 → A2" in fault.text


def test_an_item_that_waits_for_itself_is_a_circle() -> None:
    assert "A2 → A2" in only("{item: A1, gate", "{item: A2, gate").text


def test_two_separate_circles_are_both_named() -> None:
    text = GOOD.replace("{item: A1, gate", "{item: A2, gate")
    text = text.replace("statutory: 20wd,", "statutory: 20wd, after: [{item: A1, gate: start}],")
    assert [fault.line for fault in faults(text)] == [28, 31]


def test_all_faults_are_found_at_once_in_the_order_of_their_lines() -> None:
    text = GOOD.replace("lead: SJ", "lead: XX").replace("kind: testing", "kind: lunch")
    text = text.replace("name: 委托书", "name: 相关证明").replace("notice: 5wd", "notice: 9wd")
    assert [fault.line for fault in faults(text)] == [1, 5, 32, 36]


def test_a_record_that_cannot_be_read_is_still_known_by_its_code() -> None:
    fault = only("name: 申请表, ", "")
    assert fault.where == "materials.M1.name"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "目录是空的"),
        ("- a\n- b\n", 1, "目录是空的"),
        ("a: [1\nb: 2\n", 2, "不合 YAML 写法"),
        ("a: 1\n--- \nb: 2\n", 2, "不合 YAML 写法"),
        ("a: \x00", 1, "不合 YAML 写法"),
        ("a: &x 1\n", 1, "锚点"),
        ("a: &x [1]\nb: *x\n", 2, "锚点"),
        ("a: 1\nb: !!python/object:os.system {}\n", 2, "标签"),
        ("a: 1\nb: {<<: {c: 1}}\n", 2, "标签"),
        ("a: 1\nb: 2\na: 3\n", 3, "“a”写了两次"),
        ("a: 1\n5: 2\n", 1, "键不是文字"),
        ("a:\n  " + "[" * 60_000, 2, "嵌套超过"),
        ("a: " + "长" * 400_000, 1, "文件过大"),
        ("a:\n" + "- 1\n" * 90_000, 59_999, "文件过大"),
        ("a: " + "9" * 5000, 1, "无法识别"),
    ],
)
def test_text_that_is_no_plain_catalogue_is_refused(text: str, line: int, says: str) -> None:
    assert any(fault.line == line and says in fault.text for fault in faults(text))


def test_a_small_file_cannot_unfold_into_a_huge_one() -> None:
    layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    assert all("锚点" in fault.text for fault in faults(f"l0: &l0 [x]\n{layers}"))


def test_a_missing_section_is_named() -> None:
    assert "缺少“rules”" in "".join(fault.text for fault in faults("theme: {}\n"))


def test_a_section_that_should_be_a_list_is_named() -> None:
    text = GOOD.split("materials:\n")[0] + "materials: none\n"
    assert any("应当是列表" in fault.text for fault in faults(text))


def test_the_refusal_counts_the_faults_and_names_the_catalogue() -> None:
    with pytest.raises(CatalogueInvalid, match="店 有 1 处错误"):
        load(GOOD.replace("notice: 5wd", "notice: 6wd"), "店")


def test_a_specific_material_is_not_taken_for_a_catch_all() -> None:
    for name in ("其他股东的身份证", "平等互利协议", "学历等级证书", "有关部门批准的移植方案"):
        assert load(GOOD.replace("name: 委托书", f"name: {name}"), "店")
