"""A catalogue to begin with: nothing in it but the rules of the place."""

from functools import cache
from pathlib import Path

import yaml

from workflows.catalogue.editing import written


@cache
def begun(folder: Path) -> str:
    """An empty catalogue with the rules of the theme that is shipped in this folder."""
    text = (folder / "restaurant" / "catalogue.yaml").read_text("utf-8")
    rules = yaml.safe_load(text)["rules"]
    lines = [f"  {key}: {written([value], 5)[1:-1]}" for key, value in rules.items()]
    sections = ("questionnaire", "departments", "items", "onsite_groups", "materials")
    parts = ["theme: {}", "", "rules:", *lines]
    return "\n".join([*parts, *(f"\n{section}: []" for section in sections), ""])
