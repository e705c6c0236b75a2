"""The announcement is read sentence by sentence; what is not clear is given back, with a reason."""

import random
from datetime import date, timedelta

import pytest

from workflows.arrangement import Stretch, days_off, in_a_row, neighbours, stretches
from workflows.arrangement.notice import WEEKDAYS, Notice, read_notice
from workflows.calendar import Year, load

CN = load()

EXAMPLE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2027年元旦、春节等放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（农历正月初六、周四）放假调休，共7天。1月30日（周六）、2月20日（周六）上班。
三、清明节：4月5日（周一）放假，与周末连休。
四、劳动节：5月1日（星期六）至5日（星期三）放假调休，共5天。4月25日（星期日）、5月8日（星期六）上班。
五、端午节：6月9日前后放假。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日至7日放假调休，共7天。9月26日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
国务院办公厅
2026年11月10日
"""


def said(day: date, style: int) -> str:
    """A day with its weekday, as notices of several years write it."""
    weekday = WEEKDAYS[day.weekday()]
    ends = ("", f"（周{weekday}）", f"（星期{weekday}）", f"（农历某日、周{weekday}）")
    return f"{day.month}月{day.day}日{ends[style]}"


def off_sentence(one: Stretch, style: int) -> str:
    """One stretch off; of the last day the month is left out where it is the same."""
    length = (one.last - one.first).days + 1
    if length == 1:
        return f"{said(one.first, style)}放假，共1天。"
    last = said(one.last, style)
    if one.last.month == one.first.month:
        last = last.partition("月")[2]
    return f"{said(one.first, style)}至{last}放假调休，共{length}天。"


def announcement(number: int, year: Year, chance: random.Random) -> str:
    """The notice of a year, from the data alone."""
    names: dict[str, list[Stretch]] = {}
    for one in stretches(year.holidays):
        names.setdefault(one.name, []).append(one)
    worked = sorted(year.worked)
    lines = [f"国务院办公厅关于{number}年部分节假日安排的通知"]
    for place, (name, several) in enumerate(names.items()):
        style = chance.randrange(4)
        sentences = "".join(off_sentence(one, style) for one in several)
        taken = worked[place :: len(names)]
        if taken:
            sentences += "、".join(said(day, style) for day in taken) + "上班。"
        lines.append(f"{'一二三四五六七八'[place]}、{name}：{sentences}")
    return "\n".join([*lines, "节假日期间，请妥善安排好值班。"])


@pytest.mark.parametrize("number", range(2004, 2027))
def test_every_year_there_was_is_read_back_from_its_sentences(number: int) -> None:
    year = CN.year(number)
    notice = read_notice(announcement(number, year, random.Random(number)), number)
    assert notice.faults == []
    assert days_off(notice.off) == dict(year.holidays)
    assert set(notice.worked) == year.worked
    assert notice.title.endswith("的通知") and notice.silent == ["节假日期间，请妥善安排好值班"]


def test_a_whole_notice_is_read_and_its_other_sentences_are_shown() -> None:
    notice = read_notice(EXAMPLE, 2027)
    off = {one.name: (one.first, one.last) for one in notice.off}
    assert off["春节"] == (date(2027, 2, 5), date(2027, 2, 11))
    assert off["清明节"] == (date(2027, 4, 3), date(2027, 4, 5)), "with the weekend before it"
    assert off["劳动节"] == (date(2027, 5, 1), date(2027, 5, 5))
    assert len(off) == 6
    assert date(2027, 1, 30) in notice.worked and date(2027, 9, 26) not in notice.worked
    assert notice.title == "国务院办公厅关于2027年部分节假日安排的通知"
    unclear, wrong = notice.faults
    assert "6月9日前后放假" in unclear.text and "没有看懂" in unclear.why
    assert wrong.params == {"day": date(2027, 10, 10), "is": "周日", "said": "周六"}
    assert any("值班" in words for words in notice.silent)
    assert "2026年11月10日" in notice.silent, "the day it was issued is no holiday"
    assert_nothing_is_lost(EXAMPLE, notice)


def assert_nothing_is_lost(text: str, notice: Notice) -> None:
    """Every day of the text stands in the form, or in a sentence that is shown."""
    shown = "".join([*notice.silent, *(one.text for one in notice.faults)])
    known = {*days_off(notice.off), *notice.worked}
    for part in text.replace("\n", "。").split("。"):
        if "日" in part and any(sign.isdigit() for sign in part):
            assert part.strip() in shown or known


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("元旦：1月1日（周四）放假。", "周五"),
        ("元旦：1月1日至3日放假，共4天。", "共"),
        ("元旦：2月30日放假。", "没有"),
        ("1月1日放假。", "哪个节日"),
        ("元旦：1月3日至1日放假。", "早于"),
        ("元旦：1月1日至3月1日放假。", "一个月"),
        ("元旦：1月1日左右放假。", "没有看懂"),
        ("元旦：1月1日放假，但是窗口照常上班。", "没有看懂"),
        ("春节：2月10日（周三）上班。", "不是周末"),
        ("端午节：6月9日（周三）放假，与周末连休。", "周末"),
        ("国务院办公厅关于2026年部分节假日安排的通知", "通知"),
        ("元旦：2026年12月31日至1月1日放假。", ""),
    ],
)
def test_a_sentence_that_contradicts_itself_is_not_taken(sentence: str, words: str) -> None:
    notice = read_notice(sentence, 2027)
    assert notice.off == [] and notice.worked == []
    (fault,) = notice.faults
    assert fault.text in sentence and words in fault.why % fault.params


def test_a_day_is_not_off_twice_and_not_off_and_worked() -> None:
    notice = read_notice("元旦：1月1日至3日放假。1月2日（周六）上班。\n春节：1月3日放假。", 2027)
    assert len(notice.off) == 1 and not notice.worked
    assert ["既放假又上班" in fault.why for fault in notice.faults] == [True, False]


def test_days_of_the_year_before_are_left_to_that_year() -> None:
    text = "元旦：2026年12月31日（周四）至2027年1月3日（周日）放假调休，共4天。"
    notice = read_notice(text, 2027)
    assert [(one.first, one.last) for one in notice.off] == [(date(2027, 1, 1), date(2027, 1, 3))]
    (fault,) = notice.faults
    assert fault.params == {"day": date(2026, 12, 31), "year": 2027}


def test_a_text_without_end_is_read_in_no_time() -> None:
    for text in ("1月1日" * 9000, "（" * 30_000, "1月1日、" * 5000 + "上班", "节：" * 20_000):
        assert read_notice(text, 2027).faults


def test_weekends_join_a_holiday_only_where_they_touch_it() -> None:
    friday = date(2027, 4, 2)
    assert neighbours([friday]) == {friday + timedelta(n) for n in range(3)}
    assert not in_a_row([friday, friday + timedelta(2)])
