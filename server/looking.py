"""`lianban watch`: everything held against the rules of the watch, now."""

from argparse import Namespace
from datetime import date, datetime, time

from server.commands import answer, opened
from server.watching import watching
from workflows.clock import office_moment
from workflows.errors import N_, WorkflowError
from workflows.watch.rule import Rule


class DayMalformed(WorkflowError):
    """A day that cannot be read."""

    sentence = N_("日期“%(value)s”无法识别，应写作 2026-03-02。")


def watch(options: Namespace) -> int:
    """`lianban watch`: every rule over everything, or since a day; tells how far it is."""
    raised: dict[str, int] = {}

    def told(rule: Rule, many: int) -> None:
        raised[rule.id] = many
        if not options.json:
            print(f"{rule.id} {rule.title}：新发 {many} 张", flush=True)

    since = _day(options.since) if options.since else None
    with opened() as services, watching(services) as (looking, _writer, now):
        total = looking.look(now, since=since, told=told)
    answer(options, {"raised": total, "rules": raised}, f"共新发监察卡 {total} 张")
    return 0


def _day(text: str) -> datetime:
    try:
        return office_moment(date.fromisoformat(text), time.min)
    except ValueError:
        raise DayMalformed(value=text) from None
