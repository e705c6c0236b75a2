"""The built front end: which files a page loads.

The names of built files carry a hash of their content; Vite's manifest says which they are.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from flask import url_for
from markupsafe import Markup


class FrontEndNotBuilt(RuntimeError):
    """The manifest is missing, or does not know the entry that a template asked for."""


@cache
def _manifest(path: Path, changed_ns: int) -> dict[str, Any]:
    """The manifest as it was at that change of the file (a rebuild is seen without a restart)."""
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def _stylesheets(manifest: dict[str, Any], entry: str, seen: set[str]) -> list[str]:
    """Style sheets of an entry, those of the chunks it imports first; each once."""
    if entry in seen:
        return []
    seen.add(entry)
    chunk = manifest[entry]
    sheets = [_stylesheets(manifest, one, seen) for one in chunk.get("imports", [])]
    return [sheet for part in sheets for sheet in part] + list(chunk.get("css", []))


def vite(manifest_path: Path) -> Callable[[str], Markup]:
    """The template function `vite(entry)`: the tags that load an entry's styles and script."""

    def tags(entry: str) -> Markup:
        if not manifest_path.exists():
            raise FrontEndNotBuilt(f"{manifest_path} is missing: run `npm ci && npm run build`")
        manifest = _manifest(manifest_path, manifest_path.stat().st_mtime_ns)
        if entry not in manifest:
            raise FrontEndNotBuilt(f"{manifest_path} has no entry {entry}: build again")
        script = Markup('<script type="module" src="{}"></script>')
        style = Markup('<link rel="stylesheet" href="{}">')
        sheets = _stylesheets(manifest, entry, set())
        return Markup("\n").join(
            [style.format(_address(sheet)) for sheet in sheets]
            + [script.format(_address(manifest[entry]["file"]))]
        )

    return tags


def _address(file: str) -> str:
    return url_for("static", filename=f"dist/{file}")
