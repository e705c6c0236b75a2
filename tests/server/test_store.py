"""Bytes are kept once, under what they are; what nobody refers to goes, but never at once."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from server.store import Store

DATA = b"%PDF-" + bytes(100_000)


def changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def test_the_same_bytes_from_many_at_once_are_one_file(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with ThreadPoolExecutor(8) as people:
        found = set(people.map(store.put, [DATA] * 40))
    assert found == {hashlib.sha256(DATA).hexdigest()}
    [kept] = tmp_path.glob("??/*")
    assert kept == store.path(found.pop())
    assert kept.read_bytes() == DATA


def test_what_nobody_refers_to_goes_after_a_day(tmp_path: Path) -> None:
    store = Store(tmp_path)
    kept, orphan = store.put(DATA), store.put(b"text")
    half = store.path(orphan).with_name(f"{orphan}.0.new")
    half.write_bytes(b"te")
    put_at = changed(half)
    assert store.sweep({kept}, put_at + timedelta(hours=23)) == 0
    assert store.sweep({kept}, put_at + timedelta(hours=25)) == 2
    assert store.path(kept).exists()
    assert not store.path(orphan).exists()


def test_an_orphan_that_comes_again_is_young_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    path = store.path(store.put(DATA))
    first = path.stat().st_ino
    store.put(DATA)
    assert path.stat().st_ino != first
    assert store.sweep(set(), changed(path) + timedelta(hours=1)) == 0


def test_a_hall_without_attachments_has_nothing_to_sweep(tmp_path: Path) -> None:
    assert Store(tmp_path / "none").sweep(set(), datetime(2026, 3, 2, tzinfo=UTC)) == 0
