"""What actions have written becomes messages: for whom, in which words, and when."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from server.outbox.filling import PATIENCE, fill
from server.outbox.quiet import QuietHoursMalformed, earliest, hours
from server.outbox.wording import masked
from tests.hall import Hall
from tests.outbox.conftest import Connected
from tests.watching import raised
from workflows.actions.accept import Accept
from workflows.actions.deliver import Deliver, Delivery
from workflows.actions.return_for_supplement import ReturnForSupplement
from workflows.actions.supplement import Supplement
from workflows.clock import office_time
from workflows.models import Case, Notice, Outgoing
from workflows.queries.outbox import Stage, lines

Wants = Callable[..., None]


def rows(hall: Hall) -> list[Outgoing]:
    """What is in the outbox, in order."""
    with hall.read() as session:
        return list(session.scalars(select(Outgoing).order_by(Outgoing.id)))


def tell(hall: Hall, number: str, light: str = "yellow", **whom: Any) -> None:
    """A notice as an action writes it."""
    with hall.services.database.writers() as session, session.begin():
        case_id = session.scalars(select(Case.id).where(Case.number == number)).one()
        sentence = "%(what)s 将于 %(due)s 到期。"
        words = {"what": "食品经营许可", "due": "2026-03-09 23:59"}
        at = hall.clock.now()
        session.add(
            Notice(case_id=case_id, at=at, level=light, sentence=sentence, params=words, **whom)
        )


def test_an_applicant_is_told_of_each_step_in_few_words_without_the_name(
    hall: Hall, connected: Connected
) -> None:
    services = connected()
    number = hall.receive(without=("M03",))
    hall.act("window1", number, ReturnForSupplement({"M03": "没有提交"}))
    hall.act("window1", number, Supplement(["M03"]))
    hall.act("window1", number, Accept())
    hall.grant_all(number)
    hall.act("window1", number, Deliver(Delivery.COUNTER, "王小二"))
    fill(services)
    told = rows(hall)
    assert [row.text.partition(number)[2] for row in told] == [
        "，进度可凭查询码查询。",
        f"须补正材料，请于{told[1].text[-14:-4]}前补齐。",
        "已受理，各部门正在并联审查。",
        "已作出决定，请到窗口领取结果。",
        "的决定已送达。",
    ]
    for row in told:
        assert (row.channel, row.address, row.person_id) == ("sms", "13800000000", None)
        assert len(row.text) <= 70 and "金味餐饮" not in row.text and "金味**公司" in row.text
        assert hall.case(number).query_code not in row.text


def test_an_applicant_who_wants_no_messages_or_has_no_mobile_is_left_alone(
    hall: Hall, connected: Connected
) -> None:
    services = connected()
    form = {"applicant_name": "金味餐饮有限公司"}
    hall.receive(phone="0579-8888888")
    hall.receive(form={**form, "wants_messages": "no"})
    assert fill(services) == 0
    hall.receive(phone="0579-8888888", form={**form, "contact_mail": "a@b.example"})
    fill(services)
    (row,) = rows(hall)
    assert (row.channel, row.address) == ("mail", "a@b.example")


def test_the_deputy_is_told_while_the_holder_is_away(
    hall: Hall, connected: Connected, wants: Wants
) -> None:
    services = connected()
    number = hall.receive(phone="-")
    wants("sj.handler", mail="a@hall.example")
    wants("sj.handler2", mail="b@hall.example", language="en")
    tell(hall, number, department_code="SJ", duty="handler")
    fill(services)
    hall.away("sj.handler", "2026-03-02")
    tell(hall, number, department_code="SJ", duty="handler")
    fill(services)
    assert [row.address for row in rows(hall)] == ["a@hall.example", "b@hall.example"]
    assert rows(hall)[0].subject == f"【联办】预警：办件 {number}"
    assert "食品经营许可 将于 2026-03-09 23:59 到期。" in rows(hall)[0].text


def test_what_concerns_the_hall_and_no_case_goes_out_as_well(
    hall: Hall, connected: Connected, wants: Wants
) -> None:
    services = connected()
    wants("supervisor", mail="s@hall.example")
    wants("sj.chief", sms="13900000001", language="en")
    hall.away("sj.handler", "2026-03-03", "2026-03-04")
    hall.away("sj.handler2", "2026-03-04", "2026-03-05")
    fill(services)
    chief, supervisor = rows(hall)
    assert chief.case_id is None and supervisor.case_id is None
    assert "市场监督管理局的“承办”岗位 AB 角都不在岗：2026-03-04" in supervisor.text
    assert "2026" not in chief.text, "no facts on a locked screen"
    with hall.read() as session:
        assert [line.number for line in lines(session, Stage.WAITING)] == [None, None]


def test_everyone_with_the_role_is_told_and_nobody_who_did_not_ask(
    hall: Hall, connected: Connected, wants: Wants
) -> None:
    services = connected()
    number = hall.receive(phone="-")
    wants("window1", sms="13900000001")
    wants("window2", mail="w2@hall.example", sms="13900000002")
    tell(hall, number, role="window")
    tell(hall, number, role="supervisor")
    fill(services)
    assert [row.lane for row in rows(hall)] == [
        "sms 13900000001", "mail w2@hall.example", "sms 13900000002",
    ]  # fmt: skip


def test_what_was_there_before_a_channel_was_connected_is_not_sent(
    hall: Hall, connected: Connected
) -> None:
    services = connected(smtp_host="", webhook_origins=(), sms_folder=None)
    hall.receive()
    assert fill(services) == 0
    assert fill(connected(sms_folder=hall.services.settings.var_folder)) == 0
    hall.receive()
    assert fill(hall.services) == 1


def test_two_at_once_fill_each_message_once(hall: Hall, connected: Connected) -> None:
    services = connected()
    numbers = [hall.receive() for _ in range(12)]
    filled: list[int] = []
    crew = [Thread(target=lambda: filled.append(fill(services))) for _ in range(4)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    assert sum(filled) == len(numbers) == len(rows(hall))
    assert [row.text.count(number) for row, number in zip(rows(hall), numbers, strict=True)] == (
        [1] * len(numbers)
    )


def test_a_number_that_is_missing_is_waited_for_but_not_for_ever(
    hall: Hall, connected: Connected, wants: Wants
) -> None:
    """Numbers are given out before the commit: the one before may still come."""
    services = connected()
    number = hall.receive(phone="-")
    wants("window1", mail="w@hall.example")
    tell(hall, number, role="window", id=2)
    assert fill(services) == 0
    tell(hall, number, role="window", id=1)
    assert fill(services) == 2
    tell(hall, number, role="window", id=4)
    assert fill(services) == 0
    hall.clock.advance(seconds=PATIENCE.total_seconds() + 1)
    assert fill(services) == 1
    told = [row.key.split("-")[1] for row in rows(hall)]
    assert told == ["n1", "n2", "n4"]


def test_at_night_only_what_is_overdue_goes_out_and_the_rest_in_the_working_morning(
    hall: Hall, connected: Connected, wants: Wants
) -> None:
    services = connected()
    number = hall.receive(phone="-")
    wants("window1", mail="w@hall.example")
    hall.at("2026-04-30T21:00")  # the night before five days off
    for light in ("yellow", "red", "purple"):
        tell(hall, number, light, role="window")
    fill(services)
    opens = [office_time(row.not_before).strftime("%m-%d %H:%M") for row in rows(hall)]
    assert opens == ["05-06 08:00", "04-30 21:00", "04-30 21:00"]


def test_who_is_told_in_the_morning_is_who_acts_in_the_morning(
    hall: Hall, connected: Connected, wants: Wants
) -> None:
    services = connected()
    number = hall.receive(phone="-")
    wants("sj.handler", mail="a@hall.example")
    wants("sj.handler2", mail="b@hall.example")
    hall.away("sj.handler", "2026-03-03")
    hall.at("2026-03-02T22:00")
    tell(hall, number, department_code="SJ", duty="handler")
    fill(services)
    assert [row.address for row in rows(hall)] == ["b@hall.example"]


def test_quiet_hours_follow_the_work_calendar(hall: Hall) -> None:
    calendar = hall.services.calendar("cn")

    def opens(moment: str, quiet: str = "20:00-08:00") -> str:
        hall.at(moment)
        found = earliest("yellow", hall.clock.now(), calendar, quiet)
        return office_time(found).strftime("%Y-%m-%dT%H:%M")

    assert opens("2026-03-02T08:00") == "2026-03-02T08:00"
    assert opens("2026-03-02T19:59") == "2026-03-02T19:59"
    assert opens("2026-03-02T06:00") == "2026-03-02T08:00"
    assert opens("2026-03-06T20:00") == "2026-03-09T08:00"  # a Friday evening
    assert opens("2026-05-09T10:00") == "2026-05-09T10:00"  # a Saturday worked in exchange
    assert opens("2026-03-07T10:00", "") == "2026-03-07T10:00"


@pytest.mark.parametrize("wrong", ["08:00-20:00", "20:00", "nachts", "25:00-08:00"])
def test_quiet_hours_that_make_no_sense_are_refused(wrong: str) -> None:
    with pytest.raises(QuietHoursMalformed):
        hours(wrong)


def test_a_masked_name_shows_its_owner_only_enough() -> None:
    assert [masked(name) for name in ("王五", "欧阳小明", "金味餐饮有限公司", "")] == [
        "王**", "欧**", "金味**公司", "**",
    ]  # fmt: skip


def test_a_card_of_the_watch_goes_out_with_its_number_and_its_day(
    hall: Hall, connected: Connected, wants: Wants
) -> None:
    services = connected()
    wants("sj.checker", mail="c@hall.example")
    wants("sj.handler", sms="13900000001", language="en")
    raised(hall)
    fill(services)
    told = [row for row in rows(hall) if row.person_id is not None]
    short, letter = sorted(told, key=lambda row: len(row.text))
    assert "督〔2026〕1号" in letter.subject and "请于2026-03-03 23:59前说明" in letter.text
    assert "督〔2026〕1号" in short.text and "2026-03-03" not in short.text
