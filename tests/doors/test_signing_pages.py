"""会签 on the page: who signs, how it stands, what a signature comes to, how it was decided."""

from flask import Flask

from tests.doors.test_moving_pages import browser, page
from tests.hall import Hall
from tests.signing import ALL, ITEM, VOTE, council, part, sign


def test_those_who_vote_see_the_count_and_what_each_word_would_come_to(
    app: Flask, hall: Hall
) -> None:
    number = council(hall, VOTE, "agree disagree abstain")
    chief = part(hall, number, "chief")
    sign(hall, number, "checker", "abstain")
    mine = part(hall, number, "approver")
    client = browser(app, hall, "sj.approver")
    shown = page(client, f"/tasks/{mine.id}")
    assert "已签 1/3，赞成 0 票，反对 0 票，弃权 1 票，通过需 4 票" in shown
    assert "赞成满 4 票（共 6 票）为同意，弃权不算赞成" in shown
    assert "审核 · 1 票 · 弃权" in shown and "主要负责人 · 3 票" in shown and "待签" in shown
    assert "已签 2/3，赞成 2 票，反对 0 票，弃权 1 票，通过需 4 票；等其余岗位签署。" in shown
    assert "本环节结论：不同意。 其余 1 个岗位不再需要签署。 下一步：批准人决定 · 批准。" in shown
    assert 'value="abstain"' in shown and "请其他岗位会签" not in shown
    english = client.get(f"/tasks/{mine.id}", headers={"Accept-Language": "en"})
    assert english.status_code == 200
    form = {"task": mine.id, "conclusion": "disagree", "opinion": "不符合"}
    assert client.post(f"/cases/{number}/give_opinion", data=form).status_code == 303
    spared = page(browser(app, hall, "sj.chief"), f"/tasks/{chief.id}")
    assert "本环节已经有了结论，不再需要您签署。" in spared and "不再需要签署" in spared
    story = page(browser(app, hall, "sj.chief"), f"/cases/{number}")
    assert "本环节结论：不同意 · 不再需要签署：主要负责人" in story
    decides = page(browser(app, hall, "sj.approver"), f"/tasks/{hall.task(number, ITEM).id}")
    assert "审核人审核 · 票签</h2>" in decides and "已签 2/3，赞成 0 票" in decides
    assert "请其他岗位会签" in decides


def test_who_signed_for_one_post_is_told_that_another_has_to_sign(app: Flask, hall: Hall) -> None:
    number = council(hall, ALL)
    hall.away("sj.chief", "2026-03-01")
    sign(hall, number, "approver")
    shown = page(browser(app, hall, "sj.approver"), f"/tasks/{part(hall, number, 'chief').id}")
    assert "您已以“批准”岗位签署，这一份须由另一人签署" in shown
