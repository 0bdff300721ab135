"""Documents of a contract: kept beside the file under names of their own, checked each time, never lost to Undo."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from storage.desk.addresses import NotAnAddress
from storage.desk.files import attachments, documents
from storage.desk.files.attachments import LARGEST, attachments_folder, taking_out, taking_out_to_read
from storage.engine.check.report import Outcome
from storage.engine.errors import StorageError, Unsettled
from storage.engine.history import History
from storage.engine.query import Query
from storage.engine.steps import Progress
from storage.records.documents import Document
from tests.hostile import NAMES
from tests.storage.desk.register import Register

T = TypeVar("T")
WORDS = b"%PDF-1.7 the deed\n" * 50


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, away from the user's."""
    monkeypatch.setenv("COMMISSIONING_DESK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def done(work: Generator[Progress, None, T]) -> T:
    """What long work returns at its end."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def attach(register: Register, source: Path) -> Document:
    """Attach a file and return its record."""
    for _ in documents.attaching(register.store, register.contract, source):
        pass
    return max(documents.documents_of(register.store, register.contract), key=lambda d: d.key)


def folder_of(register: Register) -> Path:
    """Where the attached files lie."""
    return attachments_folder(register.store.file.path)


def advice(register: Register) -> list[str]:
    """What a check of the file advises about its attached documents."""
    report = done(documents.checking(register.store.file.path))
    assert not report.damage and documents.ATTACHED in {looked.what for looked in report.looked}
    return [
        looked.words
        for looked in report.looked
        if looked.outcome is Outcome.NOTE and looked.what == documents.ATTACHED
    ]


@pytest.fixture
def deed(register: Register, tmp_path: Path) -> Document:
    """One attached document."""
    source = tmp_path / "Deed of variation.PDF"
    source.write_bytes(WORDS)
    return attach(register, source)


def kept(register: Register) -> list[Path]:
    """What lies in the attachments folder."""
    folder = folder_of(register)
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_a_copy_is_kept_under_a_name_of_its_own(register: Register, deed: Document) -> None:
    (file,) = kept(register)
    assert file.parent.name == "register.desk files"
    assert file.name == deed.stored and "." not in file.name and file.read_bytes() == WORDS
    assert (deed.title, deed.ending, deed.size) == ("Deed of variation", "pdf", len(WORDS))
    assert deed.sha256 == hashlib.sha256(WORDS).hexdigest()
    assert register.labels()[-1].startswith("Attach Deed of variation to ")
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o177 == 0 and file.parent.stat().st_mode & 0o077 == 0


def test_undo_takes_the_record_away_and_redo_brings_it_back_whole(register: Register, deed: Document) -> None:
    register.undo()
    assert documents.documents_of(register.store, register.contract) == []
    assert len(kept(register)) == 1, "the file waits for Redo"
    assert any("to no document now" in words for words in advice(register))
    for _ in History(register.store).redo():
        pass
    (again,) = documents.documents_of(register.store, register.contract)
    assert again == deed and advice(register) == []


def test_removing_renaming_and_linking_are_steps(register: Register, deed: Document) -> None:
    documents.rename(register.store, deed.key, " Deed,\nsigned\u202e ")
    assert register.store.get(Document, deed.key).title == "Deed, signed"
    with pytest.raises(StorageError, match="needs a name"):
        documents.rename(register.store, deed.key, " \u200b ")
    made = documents.add_link(register.store, register.contract, "www.gov.uk/notice/1")
    assert (made.title, made.address) == ("www.gov.uk", "www.gov.uk/notice/1")
    with pytest.raises(NotAnAddress):
        documents.add_link(register.store, register.contract, r"\\host\share\deed.pdf")
    documents.remove(register.store, deed.key)
    assert [d.key for d in documents.documents_of(register.store, register.contract)] == [made.key]
    assert register.store.all(Document, Query(binned=True))[0].key == deed.key
    assert len(kept(register)) == 1 and advice(register) == []


def test_k2_files_of_200_hostile_names_are_all_kept_in_the_folder(register: Register, tmp_path: Path) -> None:
    source_folder = tmp_path / "sent"
    source_folder.mkdir()
    made = 0
    for name in NAMES:
        source = source_folder / name
        try:
            source.write_bytes(name.encode(errors="replace"))
        except (OSError, ValueError):  # no file can be called that here
            continue
        if source.parent != source_folder:
            continue  # the name itself leads elsewhere, which only the maker of the file can do
        document, made = attach(register, source), made + 1
        out = done(taking_out_to_read(folder_of(register), document))
        assert out.read_bytes() == source.read_bytes() and out.parent.parent.parent.name == "temporary"
    assert made > 60 and len(kept(register)) == made
    assert {p.parent for p in kept(register)} == {folder_of(register)}


def test_k2_a_record_somebody_altered_reaches_no_other_file(
    register: Register, deed: Document, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(WORDS)
    for stored in (
        "../secret.txt",
        str(secret),
        "..",
        "",
        "con",
        deed.stored.upper(),
        deed.stored + "\x00",
        "a/b",
    ):
        with pytest.raises(StorageError):
            done(taking_out_to_read(folder_of(register), replace(deed, stored=stored)))
    if sys.platform != "win32":
        linked = folder_of(register) / ("0" * 32)
        linked.symlink_to(secret)
        with pytest.raises(StorageError, match="not the one that was attached"):
            done(taking_out_to_read(folder_of(register), replace(deed, stored="0" * 32)))


@pytest.mark.parametrize("change", ["longer", "same size", "gone", "folder gone", "a folder"])
def test_k3_a_missing_or_changed_file_is_told_and_never_opened(
    register: Register, deed: Document, tmp_path: Path, change: str
) -> None:
    (file,) = kept(register)
    if change == "longer":
        file.write_bytes(WORDS + b"x")
    elif change == "same size":
        file.write_bytes(b"X" + WORDS[1:])
    else:
        file.unlink()
        if change == "folder gone":
            file.parent.rmdir()
        elif change == "a folder":
            file.mkdir()
    said = "is missing" if "gone" in change else "not the one that was attached"
    target = tmp_path / "out.pdf"
    target.write_bytes(b"earlier")
    with pytest.raises(StorageError, match=said):
        done(taking_out(folder_of(register), deed, target))  # type: ignore[arg-type]
    assert target.read_bytes() == b"earlier", "what stood there is as it was"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".out")] == []
    assert any(said in words for words in advice(register))


def test_k3_what_is_too_large_or_no_file_is_refused_before_it_is_read(
    register: Register, tmp_path: Path, deed: Document
) -> None:
    big = tmp_path / "scan.pdf"
    with big.open("wb") as file:
        file.truncate(2 * 1024**3)  # 2 GB that take no room
    with pytest.raises(StorageError, match="larger than 25 MB"):
        attach(register, big)
    os.truncate(big, LARGEST + 1)
    with pytest.raises(StorageError, match="larger than 25 MB"):
        attach(register, big)
    for wrong in (tmp_path, tmp_path / "none.pdf"):
        with pytest.raises(StorageError):
            attach(register, wrong)
    if sys.platform != "win32":
        with pytest.raises(StorageError, match="is no file"):
            attach(register, Path("/dev/zero"))
    assert len(kept(register)) == 1
    os.truncate(kept(register)[0], 2 * 1024**3)
    with pytest.raises(StorageError, match="not the one that was attached"):
        done(taking_out_to_read(folder_of(register), deed))


def test_a_file_that_grows_while_it_is_read_is_given_up(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 3 * 1024 * 1024)
    source = tmp_path / "log.txt"
    source.write_bytes(b"x" * 2 * 1024 * 1024)
    work = documents.attaching(register.store, register.contract, source)
    next(work)
    with source.open("ab") as file:
        file.write(b"x" * 2 * 1024 * 1024)
    with pytest.raises(StorageError, match="larger than"):
        for _ in work:
            pass
    assert kept(register) == []


def test_attaching_that_fails_or_is_stopped_leaves_nothing(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "deed.pdf"
    source.write_bytes(WORDS)
    stopped = documents.attaching(register.store, register.contract, source)
    assert isinstance(stopped, Iterator)
    next(stopped)
    stopped.close()  # type: ignore[attr-defined]
    assert kept(register) == []

    def refused(_document: Document) -> Document:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(register.store, "save", refused)
    with pytest.raises(StorageError, match="full"):
        attach(register, source)
    assert kept(register) == [], "no record refers to it, so no file stays"


def test_a_file_stays_when_nobody_can_see_whether_its_record_was_saved(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "deed.pdf"
    source.write_bytes(WORDS)

    def unsettled(_document: Document) -> Document:
        raise Unsettled("The disk failed while it was being saved.")

    monkeypatch.setattr(register.store, "save", unsettled)
    with pytest.raises(Unsettled):
        attach(register, source)
    assert len(kept(register)) == 1


def test_a_copy_to_read_is_private_and_read_only(register: Register, deed: Document) -> None:
    copy = done(taking_out_to_read(folder_of(register), deed))
    assert copy.name == "Deed of variation.pdf" and copy.read_bytes() == WORDS
    if sys.platform != "win32":
        assert copy.stat().st_mode & 0o777 == 0o400
        assert all(p.stat().st_mode & 0o077 == 0 for p in list(copy.parents)[:4]), "nobody else can enter"
    other = done(taking_out_to_read(folder_of(register), deed))
    assert other.parent != copy.parent, "two copies of one name do not meet"


def test_a_contract_in_the_bin_takes_no_document(register: Register, tmp_path: Path) -> None:
    source = tmp_path / "deed.pdf"
    source.write_bytes(WORDS)
    with pytest.raises(StorageError):
        for _ in documents.attaching(register.store, 9999, source):
            pass
    assert kept(register) == []


def test_files_of_a_working_copy_lie_beside_the_file_it_comes_from(
    register: Register, deed: Document, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    folder_of(register).rename(share / "ours.desk files")
    path = register.store.file.path
    assert any("is missing" in looked.words for looked in done(documents.checking(path)).looked)
    found = done(documents.checking(path, lying=share / "ours.desk"))
    assert not any("is missing" in looked.words for looked in found.looked)
    register.store.file.user_path = share / "ours.desk"
    source = tmp_path / "letter.txt"
    source.write_bytes(b"x")
    attach(register, source)
    assert len(list((share / "ours.desk files").iterdir())) == 2
