"""试办: the test cases of a process, written and run from its draft; of a version they are run."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from server import trial_form
from server.context import keeping, now, reader, services
from server.labels import said
from server.trial_runs import Ran, keep_run, read_test, run_test, standings
from server.trial_words import told
from workflows.catalogue import Catalogue, CatalogueInvalid
from workflows.catalogue import load as load_catalogue
from workflows.drawing import drafts as kept
from workflows.drawing.bundle import TEST, Bundle, bundle_of
from workflows.errors import N_, WorkflowError
from workflows.queries import processes as queries
from workflows.trials import expectations, write

trials = Blueprint("trials", __name__)

MOST = 100


class NothingToExpect(WorkflowError):
    """A trial that came to no end tells nothing to be expected."""

    sentence = N_("这次试办没有走到底，不能以它的结果为准。")


class TooManyTests(WorkflowError):
    """More than anyone would read."""

    sentence = N_("一个流程最多 %(most)s 个试办用例。")


# -- of a draft -----------------------------------------------------------------------------------


@trials.get("/drafts/<process>/tests")
def list_tests(process: str) -> str:
    """Every test case with its latest result."""
    draft, bundle = kept.find(reader(), process), kept.bundle(reader(), process)
    rows = standings(reader(), process, bundle)
    return render_template(
        "trials.html", draft=draft, version=None, process=process, tab="tests", rows=rows
    )


@trials.get("/drafts/<process>/tests/new")
def new(process: str) -> str:
    """The form of a new test case."""
    catalogue = _catalogue(process, kept.bundle(reader(), process))
    values = trial_form.filled(catalogue, trial_form.begun(catalogue)) | {"name": ""}
    return _form(process, catalogue, values, {})


@trials.post("/drafts/<process>/tests/new")
def create(process: str) -> ResponseReturnValue:
    """Keep a new test case, and run it once."""
    bundle = kept.bundle(reader(), process)
    if len(bundle.tests) >= MOST:
        raise TooManyTests(most=MOST)
    catalogue = _catalogue(process, bundle)
    read = trial_form.Reading(catalogue, request.form, trial_form.begun(catalogue))
    if read.errors:
        return _form(process, catalogue, _posted(), read.errors), 422
    name = next(
        f"case-{number}{TEST}" for number in range(1, MOST + 2)
        if f"case-{number}{TEST}" not in bundle.tests
    )  # fmt: skip
    _save(process, name, write(read.case), 0)
    _run(process, [name])
    return redirect(url_for("trials.show", process=process, test=name), 303)


@trials.get("/drafts/<process>/tests/<test>")
def show(process: str, test: str) -> str:
    """A test case: what came of it, what it asks, its text."""
    return _shown(process, test)


@trials.post("/drafts/<process>/tests/<test>")
def change(process: str, test: str) -> ResponseReturnValue:
    """Keep a test case as it was written: in the form, or as text."""
    bundle = kept.bundle(reader(), process)
    if test not in bundle.tests:
        abort(404)
    text = request.form.get("text")
    if text is None:
        catalogue = _catalogue(process, bundle)
        before = read_test(process, bundle, test, bundle.tests[test])
        read = trial_form.Reading(catalogue, request.form, before)
        if read.errors:
            return _form(process, catalogue, _posted(), read.errors, test), 422
        text = write(read.case)
    else:
        text = text.replace("\r\n", "\n")
        try:
            read_test(process, bundle, test, text)
        except CatalogueInvalid as invalid:
            return _shown(process, test, text, invalid), 422
    _save(process, test, text, request.form.get("revision", 0, int))
    _run(process, [test])
    return redirect(url_for("trials.show", process=process, test=test), 303)


@trials.post("/drafts/<process>/tests/run")
def run_all(process: str) -> ResponseReturnValue:
    """Run every test case of the draft."""
    ran = _run(process, sorted(kept.bundle(reader(), process).tests))
    _tell(ran)
    return redirect(url_for("trials.list_tests", process=process), 303)


@trials.post("/drafts/<process>/tests/<test>/run")
def run_one(process: str, test: str) -> ResponseReturnValue:
    """Run one test case of the draft."""
    _tell(_run(process, [test]))
    return redirect(url_for("trials.show", process=process, test=test), 303)


@trials.post("/drafts/<process>/tests/<test>/expect")
def expect(process: str, test: str) -> ResponseReturnValue:
    """From now on expect what comes of it now (以这次结果为准)."""
    bundle = kept.bundle(reader(), process)
    text = bundle.tests.get(test)
    if text is None:
        abort(404)
    case = read_test(process, bundle, test, text)
    outcome = run_test(services(), process, bundle, test, bundle.tests).outcome
    if outcome is None or outcome.stopped:
        raise NothingToExpect
    case = case.model_copy(update={"expect": expectations(outcome)})
    _save(process, test, write(case), request.form.get("revision", 0, int))
    _run(process, [test])
    flash(_("已把这次的结果记为期望。"), "success")
    return redirect(url_for("trials.show", process=process, test=test), 303)


@trials.post("/drafts/<process>/tests/<test>/remove")
def remove(process: str, test: str) -> ResponseReturnValue:
    """Take a test case out of the draft."""
    if not test.endswith(TEST):
        abort(404)
    with keeping() as session:
        kept.remove(session, process, test, request.form.get("revision", 0, int))
    flash(_("已删除试办用例。"), "success")
    return redirect(url_for("trials.list_tests", process=process), 303)


# -- of a version ---------------------------------------------------------------------------------


@trials.get("/processes/<process>/<int:number>/tests")
def of_version(process: str, number: int) -> str:
    """The test cases that a version was published with, and how they went with its files."""
    version = queries.version(reader(), process, number)
    if version is None:
        abort(404)
    rows = standings(reader(), process, bundle_of(version))
    shown = next((row for row in rows if row.name == request.args.get("test")), None)
    return render_template(
        "trials.html", draft=None, version=version, process=process, tab="tests", rows=rows,
        result=told(shown.run) if shown and shown.run else None, shown=shown,
    )  # fmt: skip


@trials.post("/processes/<process>/<int:number>/tests")
def run_version(process: str, number: int) -> ResponseReturnValue:
    """Run the test cases of a version again."""
    version = queries.version(reader(), process, number)
    if version is None:
        abort(404)
    bundle = bundle_of(version)
    _tell(_run_these(process, bundle, sorted(bundle.tests)))
    return redirect(url_for("trials.of_version", process=process, number=number), 303)


# -- both -----------------------------------------------------------------------------------------


def _shown(
    process: str, test: str, text: str | None = None, invalid: CatalogueInvalid | None = None
) -> str:
    draft, files = kept.find(reader(), process), kept.files(reader(), process)
    bundle = kept.bundle(reader(), process)
    if test not in bundle.tests:
        abort(404)
    row = next(row for row in standings(reader(), process, bundle) if row.name == test)
    values, catalogue = None, None
    try:
        catalogue = _catalogue(process, bundle)
        values = trial_form.filled(catalogue, read_test(process, bundle, test, bundle.tests[test]))
    except WorkflowError as refusal:
        invalid = invalid or (refusal if isinstance(refusal, CatalogueInvalid) else None)
    found = invalid.faults if invalid else ()
    faults = [(fault.line, said(fault.sentence, fault.params)) for fault in found]
    return render_template(
        "trial.html", draft=draft, tab="tests", process=process, test=test, row=row,
        result=told(row.run) if row.run else None, values=values, errors={},
        catalogue=catalogue, procedures=_procedures(catalogue), faults=faults,
        text=bundle.tests[test] if text is None else text, revision=files[test].revision,
    )  # fmt: skip


def _form(
    process: str, catalogue: Catalogue, values: Mapping[str, Any], errors: Mapping[str, str],
    test: str | None = None,
) -> str:  # fmt: skip
    files = kept.files(reader(), process)
    return render_template(
        "trial_form.html", draft=kept.find(reader(), process), tab="tests", process=process,
        test=test, values=values, errors=errors, catalogue=catalogue,
        procedures=_procedures(catalogue), revision=files[test].revision if test else 0,
    )  # fmt: skip


def _procedures(catalogue: Catalogue | None) -> list[Any]:
    return list(trial_form.procedures(catalogue)) if catalogue else []


def _posted() -> dict[str, Any]:
    form: MultiDict[str, str] = request.form
    return {**form.to_dict(), "missing": form.getlist("missing")}


def _catalogue(process: str, bundle: Bundle) -> Catalogue:
    return load_catalogue(bundle.catalogue, f"{process}/catalogue.yaml")


def _save(process: str, name: str, text: str, revision: int) -> None:
    with keeping() as session:
        kept.save(session, process, kept.Edit(name, text, revision), current_user.name, now())


def _run(process: str, names: list[str]) -> list[Ran]:
    """Run test cases of the draft as it is now."""
    with services().database.readers() as session:
        bundle = kept.bundle(session, process)
    for name in names:
        if name not in bundle.tests:
            abort(404)
    return _run_these(process, bundle, names)


def _run_these(process: str, bundle: Bundle, names: list[str]) -> list[Ran]:
    found = []
    for name in names:
        ran = run_test(services(), process, bundle, name, bundle.tests)
        keep_run(services(), process, bundle, name, ran, current_user.name)
        found.append(ran)
    return found


def _tell(ran: list[Ran]) -> None:
    failed = sum(1 for one in ran if not one.passed)
    if failed:
        flash(ngettext("%(num)s 个用例未通过。", "%(num)s 个用例未通过。", failed), "danger")
    elif ran:
        flash(ngettext("%(num)s 个用例通过。", "%(num)s 个用例全部通过。", len(ran)), "success")
