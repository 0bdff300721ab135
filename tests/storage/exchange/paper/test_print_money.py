"""The printed money: every section, the year that was asked for, sums that are exact, and a tagged PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

import storage.records  # noqa: F401  every record must be known before a file is opened
from desktop.commandline import run_verb
from storage.engine.errors import StorageError
from storage.engine.opening import new_store
from storage.engine.store import Store
from storage.exchange.paper.papers_money import WHOLE, MoneyPaper, MoneySection
from storage.exchange.paper.print_money import inherited_paper, money_paper
from storage.exchange.paper.printing import pdf
from storage.records.contracts import FORMS, Contract
from storage.records.finance import Contribution, ValueYear
from storage.records.organisations import Organisation

TODAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path / "register.desk", who="Joy Okafor", today=lambda: TODAY)
    with made.step("Begin"):
        dates = {"stage": "Signed", "start": date(2025, 4, 1), "current_end": date(2027, 3, 31)}
        one, two = made.save_many([
            Contract(reference="C-1", title="Night shelter", directorate="Adults", contract_form="Council terms",
                     form_target=FORMS[0], form_target_date=date(2026, 6, 30), **dates),  # type: ignore[arg-type]
            Contract(reference="C-2", title="Day centre", current_value=200_00, phasing="Whole months",
                     **dates),  # type: ignore[arg-type]
        ])  # fmt: skip
        made.save(ValueYear(contract=one.id, year=2026, planned=50_00, forecast=60_00))
        partner = made.save(Organisation(title="Home Office"))
        made.save(Contribution(contract=two.id, organisation=partner.id, year=2026, amount=30_00))
    yield made
    made.close()


def section(paper: MoneyPaper, heading: str) -> MoneySection:
    return next(s for s in paper.sections if s.heading == heading)


def test_the_year_that_runs_is_printed_unless_another_is_named(store: Store) -> None:
    paper = money_paper(store)
    assert paper.document_title == "Money – Financial year 2026/27"
    assert [(f.label, f.value, f.note) for f in paper.facts][:2] == [
        ("Contracts", "2", ""), ("Planned", "£150", "1 estimated"),
    ]  # fmt: skip
    assert money_paper(store, 2030).subject == "Financial year 2030/31"
    with pytest.raises(StorageError, match="no financial year"):
        money_paper(store, 26)


def test_every_section_says_what_the_page_says(store: Store) -> None:
    paper = money_paper(store)
    rows = section(paper, "Contract by contract").table.rows
    assert rows[0][:7] == ("C-1 Night shelter", "", "", "£50", "£60", "", "£10 over")
    assert rows[1][3] == "£100*"  # worked out
    assert section(paper, "Contract by contract").table.total[3] == "£150"
    assert [r[0] for r in section(paper, "By directorate").table.rows] == ["Adults", "Not named"]
    assert [b.length for b in section(paper, "Committed").bars] == [WHOLE, 0, 0]
    assert {r[0] for r in section(paper, "Ending 31 Mar 2027").table.rows} == {
        "C-1 Night shelter",
        "C-2 Day centre",
    }
    assert section(paper, "Paid in by partners").table.rows == (("Home Office", "1", "£30", "100%", ""),)
    assert section(paper, "Still to be moved").table.rows[0][3] == "30 Jun 2026, overdue"


def test_inherited_contracts_print_on_their_own(store: Store) -> None:
    paper = inherited_paper(store)
    assert paper.said.startswith("0 of 2 contracts on the NHS Standard Contract (0%).")
    assert [s.heading for s in paper.sections] == ["By form", "Still to be moved"]


def test_it_is_a_tagged_landscape_pdf_and_hostile_words_are_words(store: Store) -> None:
    with store.step("Hostile"):
        store.save(
            Contract(title='#panic("x") *a* $x$ @ref', stage="Signed", directorate="#eval", fitness="Not fit")
        )
    for paper in (money_paper(store), inherited_paper(store)):
        found = PdfReader(BytesIO(pdf(paper)))
        assert "/StructTreeRoot" in found.trailer["/Root"]  # type: ignore[operator]
        assert found.pages[0].mediabox.width > found.pages[0].mediabox.height
        assert '#panic("x")' in "".join(page.extract_text() for page in found.pages)


def test_an_empty_register_prints_that_there_is_nothing(tmp_path: Path) -> None:
    made = new_store(tmp_path / "empty.desk", who="Joy", today=lambda: TODAY)
    paper = money_paper(made)
    assert all(not s.table.rows for s in paper.sections if s.heading != "Committed")
    assert pdf(paper).startswith(b"%PDF")
    made.close()


def test_the_command_line_prints_money_of_a_year_and_the_inherited(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = store.file.path, tmp_path / "money.pdf"
    store.close()
    assert run_verb(["print", str(path), "money", str(out), "--year", "2026"]) == 0
    assert "2026/27" in PdfReader(out).pages[0].extract_text()
    assert run_verb(["print", str(path), "inherited", str(tmp_path / "inherited.pdf")]) == 0
    capsys.readouterr()
    assert run_verb(["print", str(path), "inherited", str(out), "--year", "2026"]) == 1
    assert "--year goes with money" in capsys.readouterr().err
