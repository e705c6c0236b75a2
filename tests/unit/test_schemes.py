"""得分办法: data with a version; what is wrong with one is said."""

from datetime import date

import pytest

from workflows.schemes import FOLDER, Bonus, SchemeFaulty, in_force, read, schemes

TEXT = (FOLDER / "default-1.toml").read_text("utf-8")


def test_the_scheme_that_is_in_force_is_the_latest_that_has_begun() -> None:
    scheme = in_force(date(2026, 3, 1))
    assert scheme is schemes()[-1] and scheme.version == 1
    assert sum(part.weight for part in scheme.parts) == 100
    assert (scheme.family("R02"), scheme.family(None), scheme.family("R99")) == (
        "时限", "督办", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight = 40", "weight = 41"), ('families = ["满意"]', 'families = ["不详"]'),
        ("version = 1", "version ="), ('from = "2004-01-01"', 'from = "soon"'),
        ("least = 10\n", ""),
    ],
)  # fmt: skip
def test_a_scheme_that_cannot_be_is_refused_with_the_reason(old: str, new: str) -> None:
    assert read("right.toml", TEXT).version == 1
    with pytest.raises(SchemeFaulty) as refusal:
        read("wrong.toml", TEXT.replace(old, new))
    assert refusal.value.params["file"] == "wrong.toml"


@pytest.mark.parametrize(
    ("share", "points"),
    [(None, 0), (0.09, 0), (0.1, 1), (0.19, 1), (0.2, 2), (0.5, 5), (1.0, 5)],
)
def test_a_bonus_grows_by_steps_and_has_a_top(share: float | None, points: float) -> None:
    assert Bonus("early_rate", 0.1, 1, 0.1, 1, 5).earned(share) == points
