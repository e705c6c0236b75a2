"""What decision tables said, in words."""

from typing import Any

from flask import Flask

from server.ruled import ruled


def test_each_decision_is_a_sentence_and_many_are_counted(app: Flask) -> None:
    one = {"name": "收费标准", "rules": [3], "value": 120}
    several = {"name": "材料", "rules": [1, 4], "value": ["执照", "合同"]}
    plain: dict[str, Any] = {"name": "合计", "rules": [], "value": None}
    with app.test_request_context():
        assert ruled({"decided": [one, several, plain]}) == [
            "规则表 收费标准：第 3 条 → 120",
            "规则表 材料：第 1、4 条 → 执照、合同",
            "规则表 合计 → （空）",
        ]
        said = ruled({"decided": [one] * 14})
    assert len(said) == 11 and "4 次" in said[-1]
    with app.test_request_context():
        assert ruled({}) == []
