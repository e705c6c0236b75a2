"""The application for a test; its templates are compiled once for a test process."""

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from server import create_app
from server.db import Database
from server.settings import Settings
from workflows.clock import Clock


class Compiled(BytecodeCache):
    """Compiled templates, kept in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def app_of(settings: Settings, clock: Clock, database: Database) -> Flask:
    """As in production, but for where compiled templates come from."""
    app = create_app(settings, clock, database)
    app.jinja_env.bytecode_cache = COMPILED
    return app
