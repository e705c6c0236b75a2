"""The rules of this house that imports cannot see.

Each takes a tree, so that `test_fences.py` can plant a fault, and returns a sentence a fault.
"""

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tests.allowed import POSTS, TRANSACTIONS

MODULE_LINES = 300
FUNCTION_LINES = 30

NAMESPACES = ("http://www.w3.org/", "http://www.omg.org/spec/", "http://bpmn.io/schema/")
ADDRESS = re.compile(r"https?://[^\s\"'<>)]*|(?<=[\"'(=])//\w[^\s\"'<>)]*")
OF_ONE_MACHINE = re.compile(
    r"(?<![\w./>)}-])/(?:home|root|tmp|work|mnt|Users)/\w"
    r"|\b(?:registry|mirrors?)\.[\w-]+\.(?:org|com|cn|net|io)\b"
    r"|\b(?:pypi|pythonhosted|npmjs|npmmirror)\.(?:org|com)\b|--(?:extra-)?index-ur[l]"
)
PLACEHOLDER = re.compile(r"%\((\w+)\)")

#: Which lock belongs to which group of pins in pyproject.toml.
LOCKS = {"": "requirements.lock", "dev": "requirements-dev.lock", "node": "requirements-node.lock"}
FRONTEND_LOCK = "server/frontend/package-lock.json"
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s;]+)", re.MULTILINE)


def modules(root: Path, *folders: str) -> Iterator[tuple[str, str]]:
    """(path, text) of every module in these folders."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            if "node_modules" not in path.parts:
                yield path.relative_to(root).as_posix(), path.read_text("utf-8")


def transactions(root: Path) -> list[str]:
    """Only `perform` and the sweep begin, commit or roll back; pages only read."""
    return [
        f"{path}:{node.lineno}: .{node.func.attr}() is for perform; make this an action, or a read"
        for path, text in modules(root, "workflows", "server")
        if path not in TRANSACTIONS
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"begin", "begin_nested", "commit", "rollback"}
    ]


def posts(root: Path) -> list[str]:
    """GET pages only read: what answers to any other method stands in few modules."""
    return [
        f"{path}:{node.lineno}: a page only reads; what changes something is an action"
        for path, text in modules(root, "server")
        if path not in POSTS
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and _answers_more_than_get(node)
    ]


def _answers_more_than_get(call: ast.Call) -> bool:
    """@page.post("/…"), or @page.route("/…", methods=[…, "POST"])."""
    verb = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    address = ast.unparse(call.args[0]) if call.args else ""
    methods = "".join(ast.unparse(word.value) for word in call.keywords if word.arg == "methods")
    writes = verb in {"post", "put", "patch", "delete"} or re.search("POST|PUT|PATCH|DEL", methods)
    return address.startswith("'/") and bool(writes)


def actions(root: Path, names: Collection[str], tables: dict[str, Collection[str]]) -> list[str]:
    """Every action has a file and a test of its name, and a row in each of these tables."""
    faults = []
    for name in sorted(names):
        for path in (f"workflows/actions/{name}.py", f"tests/actions/test_{name}.py"):
            if not (root / path).exists():
                faults.append(f"The action {name} has no {path}")
        for table, rows in tables.items():
            if name not in rows:
                faults.append(f"The action {name} has no row in {table}")
    return faults


def contracts(root: Path, names: Collection[str]) -> list[str]:
    """The import contracts name every action and every module there is."""
    linter = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    by = {contract["name"][0]: contract for contract in linter["contracts"]}
    rows = {part.strip() for row in by["1"]["layers"] for part in row.split("|")}
    own = {
        f"workflows.{path.stem}"
        for path in (root / "workflows").iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem != "__init__"
    }
    expected = {
        "1": (rows, own | {"server"}),
        "3": ({*by["3"]["source_modules"]}, own ^ {"workflows.engine", "workflows.xml", "server"}),
        "6": (set(by["6"]["modules"]), {f"workflows.actions.{name}" for name in names}),
    }
    return [
        f"pyproject.toml: contract {number} and the tree disagree about {module}"
        for number, (listed, there) in expected.items()
        for module in sorted(listed ^ there)
    ]


def sizes(root: Path) -> list[str]:
    """A module fits into a head, a function onto a screen."""
    faults = []
    for path, text in modules(root, "workflows", "server", "tests"):
        lines = len(text.splitlines())
        if lines > MODULE_LINES:
            faults.append(f"{path} has {lines} lines; at most {MODULE_LINES}: cut it by subject")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = _body_lines(node)
                if length > FUNCTION_LINES:
                    at = f"{path}:{node.lineno}: {node.name}"
                    faults.append(f"{at} has {length} lines; at most {FUNCTION_LINES}: cut it")
    return faults


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def docstrings(root: Path) -> list[str]:
    """Every module says in its first line what it is for."""
    return [
        f"{path}: says nowhere what it is for; begin with a docstring"
        for path, text in modules(root, "workflows", "server", "migrations")
        if not ast.get_docstring(ast.parse(text))
    ]


def packages(root: Path) -> list[str]:
    """A folder with modules is a package, or it is missing wherever the code is installed."""
    folders = {(root / path).parent for path, _ in modules(root, "workflows", "server", "tests")}
    return [
        f"{folder.relative_to(root).as_posix()}: has modules but no __init__.py"
        for folder in sorted(folders)
        if not (folder / "__init__.py").exists()
    ]


def hosts(root: Path) -> list[str]:
    """A hall's network has no internet: pages load nothing from anyone else."""
    return [
        f"{path.relative_to(root).as_posix()}: loads {address} from another host; bundle it"
        for folder in ("server/templates", "server/frontend/src")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
        for address in ADDRESS.findall(path.read_text("utf-8"))
        if not address.startswith(NAMESPACES)
    ]


def of_one_machine(root: Path) -> list[str]:
    """No path of one machine and no package host: another machine has others."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    return [
        f"{name}:{number}: {found.group()} is a place of one machine"
        for name in sorted(set(listed.split("\0")))
        if (root / name).is_file()
        for number, line in enumerate((root / name).read_text("utf-8", "ignore").splitlines(), 1)
        if (found := OF_ONE_MACHINE.search(line))
    ]


def untranslated(root: Path) -> list[str]:
    """Every sentence in code and templates has its English one, with the same blanks."""
    babel = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]
    methods = [(entry["pattern"], entry["method"]) for entry in babel["mappings"]]
    keywords = {**DEFAULT_KEYWORDS, "N_": None, "lazy_gettext": None}
    catalogue = root / "server/translations/en/LC_MESSAGES/messages.po"
    with catalogue.open("rb") as file:
        english = read_po(file, "en")
    return [
        f"{folder}/{path}:{line}: {sentence} {fault}; run make messages and translate it"
        for folder in ("workflows", "server")
        for path, line, sentence, *_ in extract_from_dir(
            str(root / folder), methods, keywords=keywords
        )
        if (fault := _fault_of(english.get(sentence if isinstance(sentence, str) else sentence[0])))
    ]


def _fault_of(message: Message | None) -> str:
    """What is wrong with a translation; nothing when it is good."""
    if message is None:
        return "is not in the English catalogue"
    said = message.id if isinstance(message.id, tuple | list) else (message.id,)
    answers = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(answers) or message.fuzzy:
        return "has no English"
    blanks = set(PLACEHOLDER.findall(" ".join(said)))
    if not blanks.issuperset(PLACEHOLDER.findall(" ".join(map(str, answers)))):
        return "has other blanks in English"
    return ""


def locks(root: Path) -> list[str]:
    """Every package is locked by the hashes of its files, wherever they come from."""
    faults = []
    for name in LOCKS.values():
        text = (root / name).read_text("utf-8")
        if re.search(r"://|^-", text, re.MULTILINE):
            faults.append(f"{name}: holds an address or an option; every mirror should serve")
        for entry in re.split(r"\n(?=[^\s#])", text):
            if "--hash=sha256:" not in entry and not entry.startswith("#"):
                faults.append(f"{name}: {entry.splitlines()[0]} has no hash")
    frontend = json.loads((root / FRONTEND_LOCK).read_text("utf-8"))
    for package, entry in frontend["packages"].items():
        if package and ("integrity" not in entry or "resolved" in entry):
            faults.append(f"{FRONTEND_LOCK}: {package} has no hash, or holds an address")
    return faults


def pins(root: Path) -> list[str]:
    """pyproject.toml names exact versions, and the locks hold these and no others."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {"": project["dependencies"], **project["optional-dependencies"]}
    faults = []
    locked: dict[str, str] = {}
    for part, name in LOCKS.items():
        found = dict(PIN.findall((root / name).read_text("utf-8")))
        pinned = [(line, PIN.match(line)) for line in wanted[part]]
        faults += [
            f"pyproject.toml: {line} is not what {name} holds; run make lock"
            for line, pin in pinned
            if pin is None or found.get(pin[1]) != pin[2]
        ]
        faults += [
            f"{name}: {package} is {found[package]} here and {locked[package]} elsewhere"
            for package in sorted(found.keys() & locked.keys())
            if found[package] != locked[package]
        ]
        locked |= found
    return faults
