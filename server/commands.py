"""What the commands do; each returns the exit code."""

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from waitress import serve as waitress_serve

from server import MAX_UPLOAD, create_app, db
from server.context import Services
from server.delivering import schedule_sending, send_all
from server.demo import HALL, PASSWORD, set_up_demo
from server.files import most_bytes
from server.memory import settle
from server.outbox.forgetting import forget_sent
from server.personal import forget_stale
from server.scheduler import schedule, stop, sweep_once
from server.settings import Settings
from server.store import Store
from workflows import engine
from workflows.calendar import load as load_calendar
from workflows.catalogue import CatalogueInvalid, load
from workflows.clock import OFFICE_ZONE, SystemClock, office_time
from workflows.deadlines import (
    Ledger,
    Limit,
    LimitMalformed,
    Pause,
    Unit,
    add_pause,
    extend,
    yellow_at,
)
from workflows.deadlines import due as due_of
from workflows.errors import N_, WorkflowError
from workflows.models.process import TABLE
from workflows.queries.around import attached
from workflows.queries.timeline import verify_all

THREADS = 8


class ArgumentMalformed(WorkflowError):
    """An argument of a command that cannot be read."""

    sentence = N_("参数 %(name)s 的值“%(value)s”无法识别，应写作 %(shape)s。")


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Services]:
    """The services of a command; its connections are closed at the end."""
    settings = settings or Settings.from_env()
    if settings.database_url.startswith("sqlite:///"):
        settings.var_folder.mkdir(parents=True, exist_ok=True)
    database = db.connect(settings.database_url)
    try:
        yield Services(settings, SystemClock(), database)
    finally:
        database.close()


def answer(options: Namespace, data: dict[str, Any], text: str) -> None:
    print(json.dumps(data, ensure_ascii=False) if options.json else text)


def largest(settings: Settings) -> int:
    """The largest request that is taken from the line at all, in bytes."""
    return max(MAX_UPLOAD, most_bytes(settings))


def run(options: Namespace) -> int:
    """The demonstration on this machine: everything in one process, one file of data."""
    with opened(_demonstration(Settings.from_env())) as services:
        db.migrate(services.database)
        set_up_demo(services.context, services.settings.bpmn_folder)
        app = create_app(services.settings, services.clock, services.database)
        scheduler = BackgroundScheduler(timezone="Asia/Shanghai")
        schedule(scheduler, services)
        schedule_sending(scheduler, services)
        scheduler.start()
        _greet(options.port, services.settings)
        settle()
        try:
            waitress_serve(
                app,
                host="127.0.0.1",
                port=options.port,
                threads=THREADS,
                _quiet=True,
                max_request_body_size=largest(services.settings),
            )
        finally:
            stop(scheduler)
    return 0


def _demonstration(settings: Settings) -> Settings:
    """On this machine, for everyone to see: text messages are files beside the data."""
    folder = settings.outside.sms_folder or settings.var_folder / "sms"
    outside = replace(settings.outside, sms_folder=folder)
    return replace(settings, https=False, demo=True, outside=outside)


def _greet(port: int, settings: Settings) -> None:
    print(f"联办 http://127.0.0.1:{port}/  (Ctrl-C 停止, 数据在 {settings.database_url})")
    accounts = ", ".join(username for username, _name, _role in HALL)
    print(f"演示账号 {accounts}, sj.handler sj.checker …  密码都是 {PASSWORD}", flush=True)


def serve(options: Namespace) -> int:
    """The web application alone; run `lianban schedule` beside it."""
    with opened() as services:
        app = create_app(services.settings, services.clock, services.database)
        settle()
        most = largest(services.settings)
        waitress_serve(
            app, host=options.host, port=options.port, threads=THREADS, max_request_body_size=most,
            clear_untrusted_proxy_headers=not services.settings.proxies,  # create_app counts them
        )  # fmt: skip
    return 0


def run_scheduler(options: Namespace) -> int:
    """The scheduler as a process of its own."""
    scheduler = BlockingScheduler(timezone="Asia/Shanghai")
    with opened() as services, suppress(KeyboardInterrupt, SystemExit):
        schedule(scheduler, services)
        schedule_sending(scheduler, services)
        settle()
        scheduler.start()
    return 0


def migrate(options: Namespace) -> int:
    """Bring the tables up to date."""
    with opened() as services:
        db.migrate(services.database)
    return 0


def demo(options: Namespace) -> int:
    """Fill an empty database with the demonstration hall."""
    with opened() as services:
        db.migrate(services.database)
        set_up_demo(services.context, services.settings.bpmn_folder)
        data = {"database": services.settings.database_url, "password": PASSWORD}
    answer(options, data, f"演示数据已就绪，密码都是 {PASSWORD}")
    return 0


def tidy(options: Namespace) -> int:
    """Remove what nothing needs: orphaned files, drafts of closed tasks, messages long arrived."""
    with opened() as services:
        with services.database.readers() as reader:
            known = attached(reader)
        removed = Store(services.settings.attachments).sweep(known, services.clock.now())
        forgotten, sent = forget_stale(services), forget_sent(services)
    data = {"files": removed, "drafts": forgotten, "messages": sent}
    words = f"清理了 {removed} 个无主文件、{forgotten} 份已办任务的草稿、{sent} 条早已送达的提醒"
    answer(options, data, words)
    return 0


def sweep(options: Namespace) -> int:
    """Climb every rung that has come, once."""
    with opened() as services:
        climbed = sweep_once(services)
    answer(options, {"climbed": climbed}, f"处理了 {climbed} 个到期时限")
    return 0


def send_notices(options: Namespace) -> int:
    """Send what is in the outbox, once; 1 when something was not delivered."""
    with opened() as services:
        sent, failed = send_all(services)
    answer(options, {"sent": sent, "failed": failed}, f"发送 {sent} 条，未送达 {failed} 条")
    return 1 if failed else 0


def due(options: Namespace) -> int:
    """When a limit ends, with its pauses and its extension."""
    calendar = load_calendar(options.region, Settings.from_env().calendar_folder)
    ledger = Ledger(_moment(options.accepted), _limit(options))
    for text in options.pause:
        ledger = add_pause(ledger, _pause(text), calendar)
    if options.extend:
        ledger = extend(ledger, options.extend)
    ends = due_of(ledger, calendar)
    data = {
        "due": ends.on.isoformat() if ends.on else None,
        "due_at": _wall(ends.at),
        "yellow_from": _wall(yellow_at(ledger, calendar)),
        "provisional": ends.provisional,
        "frozen_days": ends.frozen_days,
        "limit": str(ledger.limit),
        "region": calendar.region,
    }
    note = "（暂定：跨入未公布节假日安排的年份）" if ends.provisional else ""
    answer(options, data, f"{data['due_at'] or '停表中，尚无截止日'}{note}")
    return 0


def _wall(moment: datetime | None) -> str | None:
    """An instant as the clock of the hall shows it."""
    return office_time(moment).replace(tzinfo=None).isoformat() if moment else None


def _moment(text: str) -> datetime:
    try:
        day = datetime.fromisoformat(text)
    except ValueError:
        shape = "2026-02-11 或 2026-02-11T10:00"
        raise ArgumentMalformed(name="--accepted", value=text, shape=shape) from None
    if "T" not in text:
        day = datetime.combine(day.date(), time(9))
    return day.replace(tzinfo=OFFICE_ZONE) if day.tzinfo is None else day


def _limit(options: Namespace) -> Limit:
    if options.hours is not None:
        amount, unit = options.hours, Unit.HOURS
    elif options.days is not None:
        amount, unit = options.days, Unit.WORKING_DAYS
    else:
        amount, unit = options.calendar_days, Unit.DAYS
    try:
        return Limit(Decimal(str(amount)), unit)
    except ArithmeticError:
        raise LimitMalformed(text=f"{amount}{unit}") from None


def _pause(text: str) -> Pause:
    first, _, rest = text.partition(":")
    last, _, cap = rest.partition(":")
    try:
        started_on = date.fromisoformat(first)
        ended_on = date.fromisoformat(last) if last else None
        return Pause(started_on, ended_on, int(cap) if cap else None)
    except ValueError:
        shape = "2026-03-10:2026-03-20[:10]"
        raise ArgumentMalformed(name="--pause", value=text, shape=shape) from None


def check_process(options: Namespace) -> int:
    """Check diagrams and tables that belong together; 1 when there is a fault."""
    sources: dict[str, str] = {}
    tables: dict[str, str] = {}
    for path in options.files:
        kind = tables if path.suffix == TABLE else sources
        try:
            kind[path.name] = path.read_text("utf-8")
        except UnicodeDecodeError:
            raise ArgumentMalformed(name="FILE", value=path.name, shape="UTF-8") from None
    faults = engine.check(sources, tables=tables)
    data = [
        {"file": f.file, "line": f.line, "element": f.element, "sentence": f.sentence % f.params}
        for f in faults
    ]
    answer(options, {"faults": data}, "\n".join(map(str, faults)) or "没有问题")
    return 1 if faults else 0


def check_catalogue(options: Namespace) -> int:
    """Check a catalogue of items as a whole; 1 when there is a fault."""
    try:
        text = options.file.read_text("utf-8")
        load(text, options.file.name)
        faults = []
    except UnicodeDecodeError:
        raise ArgumentMalformed(name="FILE", value=options.file.name, shape="UTF-8") from None
    except CatalogueInvalid as invalid:
        faults = [{"line": f.line, "where": f.where, "sentence": f.text} for f in invalid.faults]
    lines = [f"{options.file}:{f['line']} [{f['where']}] {f['sentence']}" for f in faults]
    answer(options, {"faults": faults}, "\n".join(lines) or "没有问题")
    return 1 if faults else 0


def verify_history(options: Namespace) -> int:
    """Verify every chain of history; 1 when one is broken."""
    with opened() as services, services.database.readers() as reader:
        chains = list(verify_all(reader))
    broken = [chain for chain in chains if chain.fault]
    data = {
        "chains": len(chains),
        "rows": sum(chain.length for chain in chains),
        "broken": [vars(chain) for chain in broken],
    }
    lines = [f"{chain.subject} #{chain.sequence}: {chain.fault}" for chain in broken]
    answer(options, data, "\n".join(lines) or f"{len(chains)} 条记录链完整")
    return 1 if broken else 0
