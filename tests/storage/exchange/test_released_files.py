"""Files that earlier versions wrote still open: the hand-over pack and the workbook, as they were released."""

import shutil
from contextlib import closing
from pathlib import Path

from storage.desk.files.attachments import attachments_folder
from storage.desk.files.documents import documents_of
from storage.engine.check.checking import check
from storage.engine.contents import finished
from storage.engine.opening import open_store
from storage.exchange.forms.plan import plan_form
from storage.exchange.forms.reading import read_form
from storage.exchange.forms.taking import run_of_form
from storage.exchange.handover import unpacking
from storage.exchange.importing.register_import import plan_import, summary_of
from storage.exchange.tables.tabular import read_table
from storage.records.contracts import Contract
from tests.storage.exchange.homecoming import held_against

PASSPHRASE = "lantern otter gravel spoon"  # noqa: S105 - of a sample that holds nothing real


def test_a_pack_of_every_version_opens_and_holds_its_documents(project: Path, tmp_path: Path) -> None:
    released = sorted((project / "tests" / "files" / "packs").glob("version-*.deskpack"))
    assert released
    for pack in released:
        file = finished(unpacking(pack, tmp_path / pack.stem, PASSPHRASE))
        assert not check(file).damage
        with closing(open_store(file, read_only=True)) as store:
            (contract,) = store.all(Contract)
            letter, notice = sorted(documents_of(store, contract.key), key=lambda d: d.stored == "")
        assert notice.address == "https://www.example.org/notices/0064"
        kept = attachments_folder(file) / letter.stored
        assert kept.read_text(encoding="utf-8").startswith("We are pleased to award the contract")


def test_a_workbook_sent_to_a_meeting_by_every_version_comes_home_with_nothing_to_change(
    project: Path, tmp_path: Path
) -> None:
    released = sorted((project / "tests" / "files" / "workbooks").glob("meeting-*.xlsx"))
    assert released
    for workbook in released:
        with closing(open_store(released_file(project, workbook, tmp_path))) as store:
            home = held_against(store, workbook)
            assert home.told_by == "workbook" and home.nothing, workbook.name


def test_a_form_sent_by_every_version_comes_home_with_nothing_to_change(
    project: Path, tmp_path: Path
) -> None:
    released = sorted((project / "tests" / "files" / "forms").glob("form-*.pdf"))
    assert released
    for form in released:
        with closing(open_store(released_file(project, form, tmp_path))) as store:
            returned = read_form(form)
            home = plan_form(store, returned, run_of_form(store, returned))
        assert not home.changes and not home.problems, form.name


def test_x5_a_workbook_of_every_version_comes_back_unchanged(project: Path, tmp_path: Path) -> None:
    released = sorted((project / "tests" / "files" / "workbooks").glob("register-*.xlsx"))
    assert released
    for workbook in released:
        with closing(open_store(released_file(project, workbook, tmp_path))) as store:
            counts = summary_of(plan_import(store, read_table(workbook))).counts
        assert "1 unchanged" in counts and "0 updated" in counts, counts


def released_file(project: Path, written: Path, folder: Path) -> Path:
    """A copy of the file of the version that wrote a workbook or a form."""
    name = f"version-{written.stem.partition('-')[2]}.desk"
    return Path(shutil.copy(project / "tests" / "files" / "desk" / name, folder / name))
