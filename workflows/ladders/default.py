"""The rungs where nothing else was decided, as default.toml has them."""

import tomllib
from pathlib import Path

from workflows.ladders.table import from_plain

DEFAULT = from_plain(tomllib.loads(Path(__file__).with_name("default.toml").read_text("utf-8")))
