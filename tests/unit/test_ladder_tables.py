"""A ladder as a table: the default has its sources, and what no ladder can be is named by row."""

from typing import Any

import pytest

from tests.actions.test_change_ladder import changed
from workflows.ladders import DEFAULT, LadderUnfit, as_plain, from_plain
from workflows.ladders.table import LONGEST, MOST, MOST_OF_ONE, SUBJECTS

RAISED = {"when": "raised", "light": "yellow", "paper": "supervision", "reply": "1wd",
          "to": ["checker"]}  # fmt: skip
REMIND = {"when": "over", "days": 0, "light": "red", "to": ["checker"]}
EARLY = {"when": "before", "days": 1, "light": "yellow", "to": ["handler"]}


def faults(content: dict[str, Any]) -> list[str]:
    """What is wrong with a table."""
    with pytest.raises(LadderUnfit) as caught:
        from_plain(content)
    return [sentence for _row, sentence in caught.value.faults]


def test_every_kind_of_the_default_has_a_source_and_it_reads_back_as_it_was() -> None:
    assert set(DEFAULT.sources) == set(SUBJECTS)
    assert all(DEFAULT.of(subject) for subject in SUBJECTS)
    assert from_plain(as_plain(DEFAULT)) == DEFAULT


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({"item_promised": [{**REMIND, "to": []}]}, "至少告知一个人"),
        ({"case_promised": [REMIND]}, "不能告知所选的人"),
        ({"item_promised": [{**REMIND, "to": ["checker", "checker"]}]}, "不能告知所选的人"),
        ({"item_promised": [{**REMIND, "light": "green"}]}, "灯色只能是"),
        ({"item_promised": [{**REMIND, "light": "pink"}]}, "填写不正确"),
        ({"item_promised": [{**REMIND, "days": LONGEST + 1}]}, "填写不正确"),
        ({"item_promised": [{**REMIND, "days": "x"}]}, "填写不正确"),
        ({"item_promised": [{**REMIND, "paper": "circular"}]}, "只发提醒"),
        ({"item_promised": [REMIND, EARLY]}, "排在到期后的级之前"),
        ({"item_promised": [EARLY, {**EARLY, "days": 2}]}, "离到期近"),
        ({"item_promised": [REMIND, REMIND]}, "一级比一级晚"),
        ({"item_promised": [{**REMIND, "days": n} for n in range(MOST_OF_ONE + 1)]}, "级数太多"),
        ({"notice_statutory": [{**REMIND, "to": ["window"]}]}, "由法律规定"),
        ({"item_promised": [RAISED]}, "没有发卡时的级"),
        ({"card_yellow": [RAISED, EARLY]}, "没有到期前的级"),
        ({"card_yellow": [RAISED, RAISED]}, "第一级是发卡时"),
        ({"card_yellow": []}, "第一级是发卡时"),
        ({"card_yellow": [{**RAISED, "reply": None}]}, "写明答复期限"),
        ({"card_yellow": [{**RAISED, "reply": "61wd"}]}, "1 到 60 个工作日"),
        ({"card_yellow": [{**RAISED, "reply": "3h"}]}, "1 到 60 个工作日"),
        ({"card_notice": [RAISED]}, "提醒没有答复期限"),
        ({"card_yellow": [RAISED, REMIND, REMIND]}, "一级比一级晚"),
    ],
)
def test_what_no_ladder_can_be_is_named(rows: dict[str, Any], sentence: str) -> None:
    found = faults(changed(**rows))
    assert any(sentence in one for one in found), found


def test_a_reply_of_its_own_lets_the_next_rung_come_at_once() -> None:
    asks = {**REMIND, "paper": "rectification", "reply": "3wd"}
    table = from_plain(changed(card_yellow=[RAISED, asks, REMIND]))
    assert [row.days for row in table.of("card.yellow")] == [0, 0, 0]


def test_a_table_without_end_or_without_a_time_to_appeal_is_refused() -> None:
    many = {"subject": "item.promised", **REMIND}
    assert faults({**as_plain(DEFAULT), "rows": [many] * (MOST + 1)}) == ["行数太多"]
    for appeal in ("", "0wd", "3d", "x", None):
        assert "申诉期限" in faults({**as_plain(DEFAULT), "limits": {"appeal": appeal}})
    assert faults({"rows": [{}]})
