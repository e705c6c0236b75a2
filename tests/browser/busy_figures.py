"""Pages of figures: the board, the statistics, the scores, the bulletins."""

from tests.hall import Hall
from tests.watch.bulletins import drafted

MARCH = "from=2026-03-01&to=2026-03-31"
FIGURES = (
    ("supervisor", f"/watch/statistics?{MARCH}"),
    ("mayor", f"/watch/statistics?of=cases&by=window&{MARCH}"),
    ("supervisor", f"/watch/statistics/rows?column=on_time_rate&{MARCH}"),
    ("supervisor", "/watch/statistics?from=2025-01-01&to=2025-01-31"),
    ("auditor", f"/watch/scores?{MARCH}"), ("auditor", f"/watch/scores?by=post&{MARCH}"),
    ("auditor", f"/watch/scores/explained?{MARCH}"),
    ("supervisor", "/watch/bulletins"), ("supervisor", "/watch/bulletins/1"),
    ("mayor", "/watch/bulletins/1"),
    ("supervisor", "/board/list?what=light"), ("supervisor", "/board/list?what=age&age=0"),
    ("supervisor", "/board/heat?theme=restaurant"), ("supervisor", "/board/late"),
    ("mayor", "/board/wall"),
)  # fmt: skip
#: Page → its address; papers are files, not pages.
SHOWN = {
    "statistics.table": "/watch/statistics", "statistics.rows": "/watch/statistics/rows",
    "statistics.paper": "", "scores.ranking": "/watch/scores",
    "scores.explained": "/watch/scores/explained", "bulletins.listed": "/watch/bulletins",
    "bulletins.show": "/watch/bulletins/1", "bulletins.paper": "",
    "dashboard.rows": "/board/list", "dashboard.heat": "/board/heat",
    "dashboard.diagram": "", "dashboard.late": "/board/late", "dashboard.wall": "/board/wall",
}  # fmt: skip


def fill_figures(hall: Hall) -> None:
    """A bulletin that waits to be signed."""
    drafted(hall)
