"""Everything goes out as open data and comes back into an empty file without loss; what does not fit is told."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.desk.beginning.sample import new_sample
from storage.desk.files.attachments import attachments_folder, stored_file, taking_in
from storage.engine.contents import finished
from storage.engine.errors import DamagedFile, NewerFile, NotADeskFile, StorageError
from storage.engine.fields import RECORDS, Record
from storage.engine.history import History
from storage.engine.opening import open_store
from storage.engine.query import Query
from storage.engine.store import Store
from storage.exchange.whole_file import RECORDS_NAME, WORKBOOK, reading, writing
from storage.records.contracts import Contract
from storage.records.documents import Document


def all_of(store: Store) -> dict[str, list[Record]]:
    """Every record, the bin included, with what was worked out."""
    return {t: [*store.all(c), *store.all(c, Query(binned=True))] for t, c in RECORDS.items()}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample with an own value, a binned contract and an attached file."""
    folder = tmp_path_factory.mktemp("whole")
    paper = folder / "Minute of the board.txt"
    paper.write_text("Agreed.", encoding="utf-8")
    with closing(new_sample(folder / "ours.desk")) as store:
        kept, size, digest = finished(taking_in(paper, attachments_folder(store.file.path)))
        with store.step("Attach"):
            store.save(Document(title="Minute", ending="txt", stored=kept, size=size, sha256=digest))
            store.bin(Contract, [store.ids(Contract)[0]])
        yield store


def written(store: Store, out: Path) -> Path:
    finished(writing(store, out, documents=attachments_folder(store.file.path), name="ours.desk"))
    return out


@pytest.mark.parametrize("ending", [".json", ".zip"])
def test_every_record_comes_back_as_it_was(ours: Store, tmp_path: Path, ending: str) -> None:
    out, made = written(ours, tmp_path / f"out{ending}"), tmp_path / "made.desk"
    recovery = reading(out, made)
    assert not recovery.missing and not recovery.cleared and not recovery.doubtful
    with closing(open_store(made)) as store:
        assert all_of(store) == all_of(ours)
        assert History(store).first_broken() is None
        document = store.all(Document)[-1]
        if ending == ".json":
            with pytest.raises(StorageError, match="missing"):
                stored_file(attachments_folder(made), document)
        else:
            assert stored_file(attachments_folder(made), document).read_text(encoding="utf-8") == "Agreed."


def test_the_document_explains_itself(ours: Store, tmp_path: Path) -> None:
    held = json.loads(written(ours, tmp_path / "out.json").read_text(encoding="utf-8"))
    contract = held["records"]["contract"]
    assert contract["fields"]["current_value"] == {"label": "Current value", "kind": "money"}
    assert contract["fields"]["notice_by"]["worked_out"] is True
    assert contract["fields"]["route"]["target"] == "lead_time"
    assert held["kinds"]["money"] == "whole pence"
    assert {f["kind"] for t in held["records"].values() for f in t["fields"].values()} <= set(held["kinds"])


def test_the_zip_holds_a_workbook_and_the_documents_under_readable_names(ours: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(written(ours, tmp_path / "out.zip")) as packed:
        names = packed.namelist()
    assert {RECORDS_NAME, WORKBOOK, "Read me.txt"} <= set(names)
    assert any(n.startswith("documents/") and n.endswith("/Minute.txt") for n in names)


def test_an_attached_file_that_is_gone_is_named_and_the_rest_is_written(ours: Store, tmp_path: Path) -> None:
    done = finished(writing(ours, tmp_path / "out.zip", documents=tmp_path / "nowhere", name="ours.desk"))
    assert done.documents == 0 and "“Minute”" in done.missing[0]
    recovery = reading(tmp_path / "out.zip", tmp_path / "made.desk")
    assert recovery.doubtful == ("The attached file of “Minute” is missing or changed; attach it again.",)


def changed(out: Path, change: str, value: object) -> Path:
    """The document with one thing in it replaced."""
    held = json.loads(out.read_text(encoding="utf-8"))
    if change == "row":
        held["records"]["contract"]["rows"][0] |= value
    else:
        held[change] = value
    out.write_text(json.dumps(held), encoding="utf-8")
    return out


@pytest.mark.parametrize(
    ("change", "value", "error"),
    [
        ("format", "Something else", NotADeskFile),
        ("version", 2, NewerFile),
        ("version", "1", NewerFile),
        ("records", [], NotADeskFile),
    ],
)
def test_what_is_not_ours_or_newer_is_refused(
    ours: Store, tmp_path: Path, change: str, value: object, error: type[StorageError]
) -> None:
    out = changed(written(ours, tmp_path / "out.json"), change, value)
    with pytest.raises(error, match="nothing was written"):
        reading(out, tmp_path / "made.desk")
    assert not (tmp_path / "made.desk").exists()


def test_values_that_cannot_be_are_left_blank_and_named(ours: Store, tmp_path: Path) -> None:
    odd = {
        "current_end": "soon",
        "current_value": 1.5,
        "title": ["a"],
        "colour": "red",
        "notes": "half \ud800",
    }
    out = changed(written(ours, tmp_path / "out.json"), "row", odd)
    recovery = reading(out, tmp_path / "made.desk")
    told = "\n".join(recovery.doubtful)
    for words in ("Current end", "Current value", "Title", "“colour” is no field"):
        assert words in told
    with closing(open_store(tmp_path / "made.desk")) as store:
        contract = store.all(Contract, Query(binned=True))[0]
        assert (contract.current_end, contract.current_value, contract.title) == (None, None, "")
        assert contract.notes == "half ?"


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"PK\3\4", b"NaN", b'{"format": 1e999}'])
@pytest.mark.parametrize("ending", [".json", ".zip"])
def test_rubbish_is_refused_in_words_and_leaves_nothing(tmp_path: Path, data: bytes, ending: str) -> None:
    source = tmp_path / f"odd{ending}"
    source.write_bytes(data)
    with pytest.raises((DamagedFile, NotADeskFile)):
        reading(source, tmp_path / "made.desk")
    assert [p.name for p in tmp_path.iterdir()] == [source.name]


def test_a_name_that_is_taken_is_not_overwritten(ours: Store, tmp_path: Path) -> None:
    out = written(ours, tmp_path / "out.json")
    with pytest.raises(StorageError, match="already exists"):
        reading(out, out)
    with pytest.raises(StorageError, match="no file"):
        reading(tmp_path / "none.json", tmp_path / "made.desk")
