"""Every fence catches what it is there for: a fault is planted, and the fence names it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from tests import allowed, rules

ROOT = Path(__file__).resolve().parent.parent
CLEAN_MODULE = '"""A module."""\n'


def run(tree: Path, tool: str, *arguments: str) -> tuple[int, str]:
    """Run a tool of this environment in a tree; its exit code and all it said."""
    command = [str(Path(sys.executable).with_name(tool)), *arguments]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def plant(tree: Path, path: str, text: str) -> None:
    """Append a fault to a module of the tree, or make the module."""
    target = tree / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the code and its settings, to plant faults in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    built = shutil.ignore_patterns("frontend", "static", "templates", "__pycache__")
    for package in ("workflows", "server"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=built)
    return tmp_path


def test_the_import_contracts_hold_before_anything_is_planted(tree: Path) -> None:
    code, said = run(tree, "lint-imports")
    assert (code, said.count(" KEPT")) == (0, 8), said


#: An import across every fence: (module, what it imports, the contract that names it).
ACROSS = (
    ("workflows.deadlines", "workflows.worktime", "1. Layers"),
    ("workflows.identifiers", "flask", "2. workflows knows nothing of the web"),
    ("workflows.sweep", "apscheduler", "2. workflows knows nothing of the web"),
    ("workflows.queries.board", "SpiffWorkflow", "3. Only workflows.engine"),
    ("server.forms", "lxml", "3. Only workflows.engine"),
    ("workflows.states.cases", "sqlalchemy", "4. The rules are pure"),
    ("workflows.engine.codec", "sqlalchemy", "5. The engine never touches"),
    ("workflows.actions.accept", "workflows.actions.close", "6. No action imports"),
    ("server.settings", "server.db", "7. No import cycles"),
    ("workflows.documents.setting", "typst", "8. Only the press"),
)


def test_every_import_across_a_fence_breaks_its_contract(tree: Path) -> None:
    for module, imported, _contract in ACROSS:
        plant(tree, f"{module.replace('.', '/')}.py", f"\nimport {imported}\n")
    code, said = run(tree, "lint-imports", "--no-logo")
    assert code == 1
    parts = re.split(r"^(\d\. .*)\n-+$", said.partition("Broken contracts")[2], flags=re.MULTILINE)
    broken = dict(zip(parts[1::2], parts[2::2], strict=True))
    for module, imported, contract in ACROSS:
        [reasons] = [said for title, said in broken.items() if title.startswith(contract)]
        names = [name.rpartition(".")[2] for name in (module, imported)]
        assert re.search(rf"\b{' -> [a-z._]*'.join(names)}\b", reasons), (names, reasons[:999])


@pytest.mark.parametrize(
    ("imports", "reading", "sentence"),
    [
        ("from datetime import datetime", "datetime.now()", "Take `now` as an argument"),
        ("from datetime import date", "date.today()", "Take `today` as an argument"),
        ("import time", "time.time()", "Take `now` as an argument"),
        ("import time", "time.sleep(1)", "advance the clock instead"),
    ],
)
def test_reading_the_clock_is_refused_with_a_sentence(
    tree: Path, imports: str, reading: str, sentence: str
) -> None:
    plant(tree, "workflows/planted.py", f"{CLEAN_MODULE}\n{imports}\n\nREAD = {reading}\n")
    code, said = run(tree, "ruff", "check", "--no-cache", "workflows/planted.py")
    assert code == 1
    assert "TID251" in said
    assert sentence in said


def test_only_the_clock_itself_may_read_the_clock(tree: Path) -> None:
    code, said = run(tree, "ruff", "check", "--no-cache", "workflows/clock.py")
    assert code == 0, said


def test_a_function_without_types_is_refused(tree: Path) -> None:
    plant(tree, "planted.py", "def due_on(accepted_on, days):\n    return accepted_on + days\n")
    code, said = run(tree, "mypy", "planted.py")
    assert code == 1
    assert "Function is missing a type annotation" in said


@pytest.mark.parametrize("call", ["begin", "commit", "rollback", "begin_nested"])
@pytest.mark.parametrize("path", ["server/window.py", "workflows/actions/accept.py"])
def test_a_transaction_outside_perform_is_found(tmp_path: Path, path: str, call: str) -> None:
    plant(tmp_path, path, f"def save(session):\n    session.{call}()\n")
    assert rules.transactions(tmp_path)[0].startswith(f"{path}:2: .{call}() is for perform")


@pytest.mark.parametrize("path", allowed.TRANSACTIONS)
def test_a_transaction_where_it_belongs_is_not(tmp_path: Path, path: str) -> None:
    plant(tmp_path, path, "def save(session):\n    session.begin()\n")
    assert rules.transactions(tmp_path) == []


@pytest.mark.parametrize("route", ['post("/notes")', 'route("/notes", methods=["GET", "POST"])'])
def test_a_page_that_writes_is_found(tmp_path: Path, route: str) -> None:
    plant(tmp_path, "server/desk.py", f"@desk.{route}\ndef write():\n    ...\n")
    assert "a page only reads" in rules.posts(tmp_path)[0]


def test_a_page_that_reads_is_not(tmp_path: Path) -> None:
    plant(tmp_path, "server/desk.py", '@desk.get("/")\ndef home():\n    request.form.get("/")\n')
    assert rules.posts(tmp_path) == []


def test_an_action_without_file_test_permission_or_state_is_found_four_times(
    tmp_path: Path,
) -> None:
    tables: dict[str, Collection[str]] = {"permissions": {"accept"}, "states": {"accept"}}
    assert rules.actions(tmp_path, {"shred"}, tables) == [
        "The action shred has no workflows/actions/shred.py",
        "The action shred has no tests/actions/test_shred.py",
        "The action shred has no row in permissions",
        "The action shred has no row in states",
    ]


def test_a_module_and_an_action_that_no_contract_names_are_found(tree: Path) -> None:
    names = {path.stem for path in (tree / "workflows/actions").glob("*.py")}
    plant(tree, "workflows/rumours.py", CLEAN_MODULE)
    found = "\n".join(rules.contracts(tree, names))
    assert "contract 1 and the tree disagree about workflows.rumours" in found
    assert "contract 3 and the tree disagree about workflows.rumours" in found
    assert "contract 6 and the tree disagree about workflows.actions.base" in found


def test_a_module_of_301_lines_is_found_and_one_of_300_is_not(tmp_path: Path) -> None:
    plant(tmp_path, "server/short.py", "A = 1\n" * 300)
    plant(tmp_path, "server/long.py", "A = 1\n" * 301)
    (fault,) = rules.sizes(tmp_path)
    assert fault.startswith("server/long.py has 301 lines")


def test_a_function_of_31_lines_is_found_and_its_docstring_does_not_count(tmp_path: Path) -> None:
    for name, lines in (("short", 30), ("long", 31)):
        body = "    a = 1\n" * lines
        plant(tmp_path, f"server/{name}.py", f'def f():\n    """Say.\n\n    More.\n    """\n{body}')
    (fault,) = rules.sizes(tmp_path)
    assert fault.startswith("server/long.py:1: f has 31 lines")


def test_a_module_without_docstring_and_a_folder_that_is_no_package_are_found(
    tmp_path: Path,
) -> None:
    plant(tmp_path, "server/pages/home.py", "A = 1\n")
    assert rules.docstrings(tmp_path)[0].startswith("server/pages/home.py: says nowhere")
    assert rules.packages(tmp_path) == ["server/pages: has modules but no __init__.py"]


@pytest.mark.parametrize(
    "line",
    [
        '<script src="https://cdn.example.com/x.js"></script>',
        '<link href="//fonts.example.com/a.css">',
        "@import url(http://example.com/a.css);",
    ],
)
def test_a_page_that_loads_from_another_host_is_found(tmp_path: Path, line: str) -> None:
    plant(
        tmp_path, "server/templates/page.html", f'<svg xmlns="http://www.w3.org/2000/svg"/>{line}'
    )
    (fault,) = rules.hosts(tmp_path)
    assert fault.startswith("server/templates/page.html: loads ")


@pytest.mark.parametrize(
    "place", ["/ho" + "me/li/x", "/t" + "mp/x", "https://py" + "pi.org/simple"]
)
def test_a_place_of_one_machine_is_found(tmp_path: Path, place: str) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    plant(tmp_path, "notes.md", f"Clean.\nSee {place} for more.\n")
    (fault,) = rules.of_one_machine(tmp_path)
    assert fault.startswith("notes.md:2: ")


@pytest.mark.parametrize(
    ("english", "fault"),
    [
        ('msgid "别的"\nmsgstr "other"\n', "is not in the English catalogue"),
        ('msgid "还缺%(missing)s"\nmsgstr ""\n', "has no English"),
        ('msgid "还缺%(missing)s"\nmsgstr "no %(mising)s"\n', "has other blanks"),
    ],
)
def test_a_sentence_without_its_english_one_is_found(
    tmp_path: Path, english: str, fault: str
) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    plant(tmp_path, "workflows/refusals.py", 'SENTENCE = N_("还缺%(missing)s")\n')
    plant(tmp_path, "server/translations/en/LC_MESSAGES/messages.po", english)
    (found,) = rules.untranslated(tmp_path)
    assert found.startswith("workflows/refusals.py:1: 还缺")
    assert fault in found


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """The pins and the locks."""
    for name in ("pyproject.toml", *rules.LOCKS.values(), rules.FRONTEND_LOCK):
        plant(tmp_path, name, (ROOT / name).read_text("utf-8"))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("requirements.lock", "flask==3.1.3\n"),
        ("requirements-dev.lock", "flask\n"),
        ("requirements-node.lock", "--index-ur" + "l mirror\n"),
        ("requirements.lock", "flask @ https://example.com/flask.whl \\\n    --hash=sha256:0\n"),
    ],
)
def test_a_package_without_hash_or_with_an_address_is_found(
    locked: Path, name: str, fault: str
) -> None:
    plant(locked, name, fault)
    assert rules.locks(locked)[0].startswith(f"{name}: ")


def test_a_pin_that_the_lock_does_not_hold_is_found(locked: Path) -> None:
    pyproject = (locked / "pyproject.toml").read_text("utf-8")
    newer = pyproject.replace('"flask==', '"flask==9').replace('"ruff==', '"ruff>=')
    (locked / "pyproject.toml").write_text(newer, "utf-8")
    first, second = rules.pins(locked)
    assert first.startswith("pyproject.toml: flask==9")
    assert second.startswith("pyproject.toml: ruff>=")
