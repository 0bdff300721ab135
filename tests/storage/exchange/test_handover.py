"""A hand-over pack brings back exactly what went in, shows nothing of it, and a hostile one gets nowhere."""

import io
import os
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from storage.engine import disk
from storage.engine.backup.snapshots import save_as
from storage.engine.check.checking import check
from storage.engine.contents import columns, digesting, finished
from storage.engine.errors import StorageError
from storage.engine.opening import open_store
from storage.engine.store import Store
from storage.exchange import handover
from storage.exchange.handover import (
    DOCUMENTS,
    FILE,
    NOTE,
    WORKBOOK,
    Packed,
    packing,
    passphrase_problem,
    unpacking,
)
from storage.exchange.sealed_stream import Cost, PackError, Sealer
from tests.campaign.frame import report, scaled
from tests.storage.desk.register import TODAY, make_register

QUICK = Cost(log_n=1, r=1, p=1)
WORDS = "lantern otter gravel spoon"
SECRET = "a1" * 16


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = make_register(tmp_path / "register.desk").store
    documents = tmp_path / "register.desk files"
    documents.mkdir()
    (documents / SECRET).write_bytes(b"%PDF signed contract")
    (documents / "unknown.txt").write_text("not one of ours")
    yield made
    made.close()


def pack(store: Store, out: Path, cost: Cost | None = QUICK) -> Packed:
    documents = store.file.path.with_name("register.desk files")
    work = packing(
        partial(save_as, store), out, WORDS, documents=documents, name="register.desk", today=TODAY, cost=cost
    )
    return finished(work)


def open_pack(pack: Path, folder: Path, passphrase: str) -> Path:
    return finished(unpacking(pack, folder, passphrase))


def test_everything_comes_back_as_it_was(store: Store, tmp_path: Path) -> None:
    out, folder = tmp_path / "out.deskpack", tmp_path / "taken out"
    packed = pack(store, out, Cost())
    assert packed.documents == 1 and packed.size == out.stat().st_size
    file = open_pack(out, folder, WORDS)
    there = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    assert there == sorted([FILE, WORKBOOK, NOTE, f"{DOCUMENTS}/{SECRET}"])
    assert (folder / DOCUMENTS / SECRET).read_bytes() == b"%PDF signed contract"
    assert (
        "22 November 2026" not in (folder / NOTE).read_text()
        and "register.desk" in (folder / NOTE).read_text()
    )
    with closing(open_store(file)) as again:
        tables = columns(store.conn)
        assert finished(digesting(again.conn, tables)) == finished(digesting(store.conn, tables))
    assert check(file).damage == []


def test_s5_no_byte_of_the_file_or_its_names_can_be_seen_in_a_pack(store: Store, tmp_path: Path) -> None:
    pack(store, tmp_path / "out.deskpack")
    held = (tmp_path / "out.deskpack").read_bytes()
    plain = store.file.path.read_bytes()
    words = [
        b"SQLite format 3",
        b"Millbrook",
        b"CD-0064",
        b"register",
        b"Read me",
        SECRET.encode(),
        b"signed contract",  # no shorter words: chance writes three letters into every fortieth pack
    ]
    assert [w for w in words if w in held] == [] and b"Millbrook" in plain
    runs = {plain[at : at + 16] for at in range(0, len(plain) - 16, 16) if len(set(plain[at : at + 16])) > 8}
    seen = sum(run in held for run in list(runs)[: scaled(quick=500, night=5_000, release=50_000)])
    assert seen == 0
    report("S5", {"plain bytes seen": seen})


def test_s5_a_damaged_pack_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    out, folder = tmp_path / "out.deskpack", tmp_path / "taken out"
    pack(store, out)
    held, before = out.read_bytes(), {p.name for p in tmp_path.iterdir()}
    step = len(held) // scaled(quick=60, night=2_000, release=20_000)
    refused = 0
    for at in range(0, len(held), step):
        out.write_bytes(held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :])
        with pytest.raises(PackError):
            open_pack(out, folder, WORDS)
        out.write_bytes(held[:at])
        with pytest.raises(PackError):
            open_pack(out, folder, WORDS)
        refused += 2
        assert {p.name for p in tmp_path.iterdir()} == before
    report("S5", {"damaged or cut packs refused": refused})


def test_s5_the_guide_names_what_protects_the_file_itself(project: Path) -> None:
    guide = (project / "docs" / "guide.md").read_text(encoding="utf-8")
    assert "BitLocker" in guide and "The file itself has no password" in guide


def test_a_wrong_passphrase_takes_nothing_out(store: Store, tmp_path: Path) -> None:
    pack(store, tmp_path / "out.deskpack")
    with pytest.raises(PackError, match="passphrase is not the right one"):
        open_pack(tmp_path / "out.deskpack", tmp_path / "taken out", WORDS + "!")
    assert not (tmp_path / "taken out").exists()


def test_nothing_is_overwritten_by_taking_out(store: Store, tmp_path: Path) -> None:
    pack(store, tmp_path / "out.deskpack")
    (tmp_path / "mine").mkdir()
    with pytest.raises(StorageError, match="There is a folder mine already"):
        open_pack(tmp_path / "out.deskpack", tmp_path / "mine", WORDS)
    assert list((tmp_path / "mine").iterdir()) == []


def hostile(*parts: tuple[bytes, bytes | int], end: bytes | None = None) -> bytes:
    target = io.BytesIO()
    sealer = Sealer(target, WORDS, QUICK)
    for name, content in parts:
        size = content if isinstance(content, int) else len(content)
        sealer.write(
            handover._PART.pack(len(name), size) + name + (b"" if isinstance(content, int) else content)
        )
    sealer.write(handover._PART.pack(0, 0) if end is None else end)
    sealer.finish()
    return target.getvalue()


OURS = (FILE.encode(), b"x")
NAMES = (
    b"../evil", b"/etc/evil", b"C:\\evil", b"..\\evil", b"evil.exe", FILE.encode(), b"CON", b"\xff\xfe", b"\0",
    b"register.desk files/../../evil", b"register.desk files/evil.exe", b"register.desk files/" + b"a" * 33,
    b"a" * 60_000,
)  # fmt: skip
HOSTILE = [
    *(hostile(OURS, (name, b"evil")) for name in NAMES),
    hostile((FILE.encode(), 2**63)),
    hostile((WORKBOOK.encode(), b"x")),
    hostile(),
    hostile(OURS, end=b""),
    hostile(OURS, end=bytes(10) + b"more"),
]


@pytest.mark.parametrize("held", HOSTILE, ids=range(len(HOSTILE)))
def test_a_pack_somebody_made_to_do_harm_gets_nowhere(held: bytes, tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "evil.deskpack").write_bytes(held)
    with pytest.raises(PackError, match="Nothing was taken from it"):
        open_pack(tmp_path / "evil.deskpack", inner / "taken out", WORDS)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a", "b", "evil.deskpack"]


def test_a_pack_that_cannot_be_written_leaves_the_one_before(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.deskpack"
    out.write_bytes(b"the pack of last month")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="disk is full"):
        pack(store, out)
    monkeypatch.undo()
    monkeypatch.setattr(handover, "opened", lambda source, _words: iter([source.read()[:-1]]))
    with pytest.raises(StorageError, match="not what was meant"):
        pack(store, out)
    assert out.read_bytes() == b"the pack of last month"
    assert [p.name for p in tmp_path.iterdir() if "unfinished" in p.name] == []


def test_stopping_anywhere_leaves_nothing(store: Store, tmp_path: Path) -> None:
    before, out = {p.name for p in tmp_path.iterdir()}, tmp_path / "out.deskpack"
    for pieces in range(1, 6):
        work = packing(
            partial(save_as, store), out, WORDS, documents=tmp_path, name="r", today=TODAY, cost=QUICK
        )
        for _ in range(pieces):
            next(work)
        work.close()
        assert {p.name for p in tmp_path.iterdir()} - {"register.desk-journal"} == before - {
            "register.desk-journal"
        }
    pack(store, out)
    for pieces in range(1, 4):
        taking = unpacking(out, tmp_path / "taken out", WORDS)
        for _ in range(pieces):
            next(taking)
        taking.close()
        assert [p.name for p in tmp_path.iterdir() if "taken" in p.name] == []


def test_nothing_plain_stays_in_the_folder_for_passing_things(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", os.fspath(passing))
    pack(store, tmp_path / "out.deskpack")
    assert list(passing.iterdir()) == [] and disk.sha256(tmp_path / "out.deskpack")


@pytest.mark.parametrize(
    ("typed", "again", "words"),
    [
        ("", "", "at least 12"), ("short", "short", "at least 12"), ("            ", "            ", "at least 12"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "repeats"), (WORDS, WORDS.upper(), "not the same"), (WORDS, WORDS, ""),
    ],
)  # fmt: skip
def test_a_passphrase_is_judged_in_plain_words(typed: str, again: str, words: str) -> None:
    problem = passphrase_problem(typed, again)
    assert (words in problem) if words else problem == ""
