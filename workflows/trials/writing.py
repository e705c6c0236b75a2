"""A test case as a file, as a person would write it."""

from datetime import date, datetime
from typing import Any

import yaml
from pydantic import BaseModel

from workflows.clock import office_time
from workflows.deadlines import Limit
from workflows.trials.records import Act, TestCase


def write(case: TestCase) -> str:
    """The text of a test case; reading it gives the same one."""
    return yaml.safe_dump(
        _plain(case), allow_unicode=True, sort_keys=False, default_flow_style=None, width=100
    )


def _plain(value: Any) -> Any:
    """What YAML can say of it; what is as usual is left out."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        given = {name: getattr(value, name) for name in fields}
        return {
            name: _plain(one)
            for name, one in given.items()
            if one is not None and one != fields[name].get_default(call_default_factory=True)
        }
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        alone = len(value) == 1 and isinstance(value[0], Act)
        return _plain(value[0]) if alone else [_plain(one) for one in value]
    if isinstance(value, datetime):
        return office_time(value).strftime("%Y-%m-%dT%H:%M:%S").removesuffix(":00")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Limit) else value
