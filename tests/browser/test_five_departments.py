"""Five departments push one case about on its pages: nothing that anyone said is lost by it.

After every act the page of the case is read as the lead of the window reads it: who has what in
hand, what waits for others, and every opinion that was ever given.
"""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.browser.site import Site, press
from workflows.models.deadline import Clock
from workflows.states import CaseState

#: What they decide: five departments, of which one has two items.
NAMES = {
    "R01": "企业设立登记", "R02": "公章刻制", "R03": "税务信息确认", "R08": "食品经营许可",
    "R12": "烟草专卖零售", "R13": "健康证明",
}  # fmt: skip
WAITS = "（等待）"
GRANTED = "准予"


@dataclass
class Told:
    """The case, the browser of whoever acts, and what they have written."""

    site: Site
    number: str
    page: Page
    lead: Page
    said: list[str] = field(default_factory=list)

    def open(self, who: str, item: str, among: str = "") -> None:
        """Someone finds the task of an item on their desk, and opens it."""
        self.site.become(self.page, who)
        self.page.goto(f"/{among}")
        row = self.page.get_by_role("row").filter(has_text=NAMES[item])
        row.get_by_role("link").first.click()
        expect(self.page.locator("h1")).to_contain_text(NAMES[item])

    def press(self, button: str) -> None:
        """Press a button and wait for the answer: what was said of the act before is no answer."""
        self.page.evaluate("document.querySelectorAll('[data-flash]').forEach((it) => it.remove())")
        press(self.page, button)
        expect(self.page.locator("[data-flash=success]")).to_be_visible()

    def say(self, button: str) -> None:
        """Write an opinion that nobody has written yet, and conclude."""
        self.said.append(f"第{len(self.said) + 1}号意见。")
        self.page.get_by_label("意见", exact=True).fill(self.said[-1])
        self.press(button)

    def does(self, who: str, item: str, *buttons: str) -> None:
        """Open, sign for it if need be, conclude."""
        self.open(who, item)
        for button in buttons[:-1]:
            self.press(button)
        self.say(buttons[-1])

    def part(self, summary: str, **choices: str) -> None:
        """Unfold a form of the task page and write into it."""
        self.page.locator("summary", has_text=summary).click()
        for label, answer in choices.items():
            box = self.page.get_by_label(label, exact=True)
            box.fill(answer) if label.endswith(("理由", "内容")) else box.select_option(answer)

    def stands(self, **expected: str) -> None:
        """Who has each item in hand, or what became of it; and that nothing said is gone."""
        self.lead.goto(f"/cases/{self.number}")
        found = {}
        for row in self.lead.locator(".matrix tbody tr").all():
            item, _time, person, state = row.locator("td").all_inner_texts()
            code = re.search(r"R\d+", item)
            assert code
            found[code[0]] = GRANTED if state.startswith(GRANTED) else person.strip()
        assert found == {item: self._named(who) for item, who in expected.items()}
        history = self.lead.locator("aside").inner_text() + "".join(
            self.lead.locator("aside details .timeline").all_text_contents()
        )
        assert not [words for words in self.said if words not in history]

    def _named(self, who: str) -> str:
        return self.site.hall.actor(who).name if "." in who else who


def test_five_departments_push_a_case_about_and_nothing_is_lost(site: Site) -> None:
    number = site.hall.accepted({"sells_tobacco": True})
    lead = site.staff("lead", java_script_enabled=False)  # only reads
    told = Told(site, number, site.staff("sj.handler"), lead)
    everyone_begins(told)
    signers_are_asked_and_let_go(told)
    back_across_the_branches_and_straight_again(told)
    back_with_everyone_waiting_and_what_they_said_kept(told)
    back_in_ones_own_branch_and_the_way_again(told)
    decided_once(told)


def everyone_begins(told: Told) -> None:
    """Three decide; the fourth has pressed too early, and takes it back."""
    told.does("sj.handler", "R01", "签收", "准予")
    told.stands(R01=GRANTED, R02="ga.handler", R03="sw.handler", R08="sj.handler",
                R12="yc.handler", R13="wj.handler")  # fmt: skip
    told.does("wj.handler", "R13", "签收", "准予")
    told.does("ga.handler", "R02", "签收", "准予")
    told.does("yc.handler", "R12", "签收", "同意")
    told.open("yc.handler", "R12", "?list=done")
    told.press("拿回重办")
    told.stands(R01=GRANTED, R02=GRANTED, R03="sw.handler", R08="sj.handler",
                R12="yc.handler", R13=GRANTED)  # fmt: skip
    told.does("yc.handler", "R12", "同意")


def signers_are_asked_and_let_go(told: Told) -> None:
    """The head of the office signs beside; another is asked and let go again."""
    told.open("sj.handler", "R08")
    told.press("签收")
    told.part("请其他岗位会签", 本部门岗位="chief", 会签内容="请看选址")
    told.press("请求会签")
    told.open("sj.handler", "R08")
    told.part("请其他岗位会签", 本部门岗位="approver", 会签内容="请看证件")
    told.page.get_by_label("先由其会签").check()
    told.press("请求会签")
    told.does("sj.chief", "R08", "同意")
    told.site.become(told.page, "sj.handler")
    told.page.goto(f"/cases/{told.number}")
    told.page.get_by_role("link", name="R08").click()
    told.page.locator("summary", has_text="已请“批准”会签").click()
    told.page.get_by_label("撤回理由").fill("已当面说明")
    told.press("撤回会签")
    told.does("sj.handler", "R08", "同意")
    told.stands(R01=GRANTED, R02=GRANTED, R03="sw.handler", R08="sj.checker",
                R12="yc.checker", R13=GRANTED)  # fmt: skip


def back_across_the_branches_and_straight_again(told: Told) -> None:
    """Tobacco sends the licence back; seal and tax wait, and what the seal said is void."""
    told.open("yc.checker", "R12")
    told.part("退回给前面的环节", 退回理由="经营范围不符")
    told.page.get_by_label("退回到").select_option(label="R01 承办人决定 · 准予 · 王建国")
    for choice in ("下面勾选的事项也等待", "R02 公章刻制备案", "作废，重新给出"):
        told.page.get_by_label(choice).check()
    told.page.get_by_label("R03 税务信息确认与首次发票领用").check()
    told.page.locator("form[action$=send_back]").get_by_role("button", name="先看结果").click()
    expect(told.page.locator(".foretold tbody tr")).to_have_count(4)
    told.press("确认退回")
    told.stands(R01="sj.handler", R02=WAITS, R03=WAITS, R08="sj.checker", R12=WAITS, R13=GRANTED)
    told.does("sj.handler", "R01", "准予")
    told.stands(R01=GRANTED, R02="ga.handler", R03="sw.handler", R08="sj.checker",
                R12="yc.checker", R13=GRANTED)  # fmt: skip
    told.does("ga.handler", "R02", "准予")


def back_with_everyone_waiting_and_what_they_said_kept(told: Told) -> None:
    """Tax sends it back once more; what would ask others again who keep their word is refused."""
    told.open("sw.handler", "R03")
    told.press("签收")
    told.part("退回给前面的环节", 退回理由="登记住所有误")
    told.page.get_by_label("退回到").select_option(index=1)
    for choice in ("从那里起重新走一遍流程", "全部并行的事项都等待"):
        told.page.get_by_label(choice).check()
    press(told.page, "退回")
    expect(told.page.get_by_role("alert").first).to_contain_text("请选择直接送回")
    told.page.get_by_label("直接送回到本环节").check()
    told.press("退回")
    told.stands(R01="sj.handler", R02=GRANTED, R03=WAITS, R08="sj.checker", R12=WAITS,
                R13=GRANTED)  # fmt: skip
    told.does("sj.handler", "R01", "准予")


def back_in_ones_own_branch_and_the_way_again(told: Told) -> None:
    """The checker of the food licence sends it back: its steps are walked again."""
    told.open("sj.checker", "R08")
    told.part("退回给前面的环节", 退回理由="缺少平面图")
    told.page.get_by_label("从那里起重新走一遍流程").check()
    told.page.get_by_label("退回到").select_option(index=1)
    told.press("退回")
    told.stands(R01=GRANTED, R02=GRANTED, R03="sw.handler", R08="sj.handler",
                R12="yc.checker", R13=GRANTED)  # fmt: skip
    told.does("sj.handler", "R08", "同意")


def decided_once(told: Told) -> None:
    """Whoever is left decides; the case is decided, and its delivery is due once."""
    told.stands(R01=GRANTED, R02=GRANTED, R03="sw.handler", R08="sj.checker",
                R12="yc.checker", R13=GRANTED)  # fmt: skip
    told.does("sw.handler", "R03", "准予")
    told.does("sj.checker", "R08", "同意")
    told.does("yc.checker", "R12", "准予")
    told.does("sj.approver", "R08", "准予")
    told.stands(**dict.fromkeys(NAMES, GRANTED))
    expect(told.lead.locator(".case-state")).to_have_text("已决定")
    case = told.site.hall.case(told.number)
    assert case.state is CaseState.DECIDED
    running = [row.clock for row in case.deadlines if row.closed_at is None]
    assert running == [Clock.DELIVERY], "the join fires once"
    void = {task.opinion for task in case.tasks if task.void_at}
    assert void == {told.said[place] for place in (0, 2, 3, 6, 7)}
    told.open("yc.handler", "R12", "?list=done")
    mine = told.page.locator("aside .timeline").first
    assert all(words in mine.inner_text() for words in (*told.said[3:5], told.said[-2]))
    expect(mine.get_by_text("（已作废）")).to_have_count(1)
