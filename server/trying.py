"""`lianban test-process`, `record-test`, `simulate`: a process is tried before its first case."""

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.commands import ArgumentMalformed, answer, opened
from server.context import Services
from server.trial_runs import Ran, keep_run, run_test, steps_of
from workflows import engine
from workflows.actions.base import CaseNotFound, ProcessNotFound
from workflows.actions.bundle import check_bundle
from workflows.catalogue.published import published
from workflows.clock import office_day
from workflows.drawing import drafts
from workflows.drawing.bundle import Bundle, bundle_of
from workflows.errors import N_, WorkflowError
from workflows.models import Case, ProcessVersion
from workflows.simulation import Inputs, defaults, figures, play
from workflows.states import ProcessState
from workflows.trials import compare, read, run, write
from workflows.trials.office import office_of
from workflows.trials.recording import record
from workflows.worktime import WorkTime

#: Who is remembered as having run a test.
MACHINE_ROOM = "机房命令"


class NoTests(WorkflowError):
    """Nothing to run."""

    sentence = N_("流程 %(process)s 没有试办用例。")


def test_process(options: Namespace) -> int:
    """Run the test cases of a process; 1 when one of them fails."""
    with opened() as services:
        with services.database.readers() as reader:
            bundle = found_bundle(reader, options)
        tests = _tests(options, bundle)
        ran = {name: run_test(services, options.process, bundle, name, tests) for name in tests}
        if not options.file:
            _keep(services, options.process, bundle, ran)
    failed = sum(1 for one in ran.values() if not one.passed)
    data = {"tests": [_told(name, one) for name, one in ran.items()], "failed": failed}
    words = f"{len(ran)} 个用例，{failed} 个未通过"
    answer(options, data, "\n".join([*_lines(ran), words]))
    return 1 if failed else 0


def found_bundle(reader: Session, options: Namespace) -> Bundle:
    """The files of the draft, of a version, or of the version in force."""
    if getattr(options, "draft", False):
        return drafts.bundle(reader, options.process)
    query = select(ProcessVersion).where(ProcessVersion.process == options.process)
    if options.version is None:
        query = query.where(ProcessVersion.state == ProcessState.PUBLISHED)
    else:
        query = query.where(ProcessVersion.version == options.version)
    version = reader.scalar(query)
    if version is None:
        key = options.process if options.version is None else f"{options.process}@{options.version}"
        raise ProcessNotFound(key=key)
    return bundle_of(version)


def _tests(options: Namespace, bundle: Bundle) -> dict[str, str]:
    tests = bundle.tests
    if options.file:
        try:
            tests = {path.name: path.read_text("utf-8") for path in options.file}
        except UnicodeDecodeError as wrong:
            shape = "UTF-8"
            raise ArgumentMalformed(name="--file", value=wrong.reason, shape=shape) from None
    if not tests:
        raise NoTests(process=options.process)
    return tests


def _keep(services: Services, process: str, bundle: Bundle, ran: dict[str, Ran]) -> None:
    for name, one in ran.items():
        keep_run(services, process, bundle, name, one, MACHINE_ROOM)


def _told(name: str, ran: Ran) -> dict[str, Any]:
    return {
        "file": name,
        "name": ran.title,
        "passed": ran.passed,
        "lines": ran.lines,
        "path": ran.path,
    }


def _lines(ran: dict[str, Ran]) -> Iterator[str]:
    for name, one in ran.items():
        yield f"{'通过' if one.passed else '未通过'}  {name}  {one.title}"
        for fault in one.faults:
            yield f"    {fault['file']}:{fault['line']} {fault['sentence'] % fault['params']}"
        for line in one.lines:
            if line["expected"] != line["actual"]:
                of = f" {line['of']}" if line["of"] else ""
                wanted = line["expected"] or "—"
                yield f"    {line['what']}{of}: 期望 {wanted}，实际 {line['actual'] or '—'}"


def record_test(options: Namespace) -> int:
    """Write a decided case as a test case; 1 when running it does not give the same."""
    with opened() as services, services.database.readers() as reader:
        case = reader.scalar(select(Case).where(Case.number == options.case))
        if case is None:
            raise CaseNotFound(number=options.case)
        calendar = services.calendar(case.region)
        found = record(reader, case, calendar, options.name)
        bundle, process = bundle_of(case.version), case.version.process
        catalogue = published(case.version).catalogue
    text = write(found)
    found = read(text, "-", catalogue, steps_of(process, bundle))
    outcome = run(office_of(process, bundle), found, calendar)
    differs = [line for line in compare(found.expect, outcome) if not line.fits]
    if options.out:
        options.out.write_text(text, "utf-8")
    told = [vars(line) for line in differs]
    answer(options, {"text": text, "differs": told}, "" if options.out else text.rstrip("\n"))
    for line in differs:
        print(f"重放不同：{line.what} {line.of} {line.expected} / {line.actual}", file=sys.stderr)
    return 1 if differs else 0


def simulate(options: Namespace) -> int:
    """Play many cases of a process; 1 when some of them never end."""
    with opened() as services:
        with services.database.readers() as reader:
            bundle = found_bundle(reader, options)
        catalogue = check_bundle(options.process, bundle.sources, bundle.catalogue, bundle.tables)
        work = WorkTime(services.calendar(catalogue.theme.region))
        sources = tuple(bundle.sources.values())
        usual = defaults(
            catalogue, engine.steps(options.process, sources), work,
            office_day(services.clock.now()),
        )  # fmt: skip
    inputs = _inputs(options, usual)
    definition = engine.load(options.process, sources, tuple(bundle.tables.values()))
    found = figures(play(definition, catalogue, inputs, work))
    data = {"inputs": json.loads(inputs.model_dump_json()), "files": bundle.substance, **found}
    answer(options, data, "\n".join(_figures(found)))
    return 1 if found["unfinished"] else 0


def _inputs(options: Namespace, usual: Inputs) -> Inputs:
    """The usual inputs with what was given instead."""
    asked = json.loads(usual.model_dump_json())
    try:
        if options.inputs:
            asked |= json.loads(options.inputs.read_text("utf-8"))
        given = {"cases": options.cases, "seed": options.seed, "per_day": options.per_day,
                 "begins": options.begins}  # fmt: skip
        asked |= {key: value for key, value in given.items() if value is not None}
        pairs = [pair.partition("=") for pair in options.people]
        asked["people"] |= {post: int(number) for post, _, number in pairs}
        return Inputs.model_validate_json(json.dumps(asked))
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        name = ".".join(map(str, first["loc"]))
        raise ArgumentMalformed(name=name, value=first["input"], shape=first["msg"]) from None
    except (ValueError, TypeError, AttributeError) as wrong:
        raise ArgumentMalformed(
            name="--inputs, --people", value=wrong, shape="SJ.handler=2"
        ) from None


def _figures(found: dict[str, Any]) -> Iterator[str]:
    whole = found["cases"]
    yield (
        f"{whole['n']} 件：平均 {whole['mean']:.2f} 个工作日，中位 {whole['p50']:.2f}，"
        f"九成在 {whole['p90']:.2f} 内；超过承诺 {whole['promised']} 的 {whole['late']:.1%}，"
        f"超过法定 {whole['statutory']} 的 {whole['unlawful']:.1%}"
    )
    if found["unfinished"]:
        yield f"{found['unfinished']} 件没有走完"
    yield "事项      件数   平均   中位  九成内   排队   办理 等前置  超承诺  超法定"
    for item in found["items"]:
        row = (item[key] for key in ("mean", "p50", "p90", "waited", "worked", "blocked"))
        numbers = " ".join(f"{number:6.2f}" for number in row)
        late = f"{item['late']:7.1%} {item['unlawful']:7.1%}"
        yield f"{item['code']:<8} {item['n']:5} {numbers} {late}"
    yield "岗位            人数    忙  最长队"
    for post in found["posts"]:
        yield f"{post['key']:<15} {post['people']:4} {post['busy']:6.1%} {post['longest']:5}"
