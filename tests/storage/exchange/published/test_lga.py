"""The Transparency Code layout: the headings of the LGA, every contract once, blanks with reasons, no secret out."""

import csv
import json
import re
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine.opening import new_store
from storage.exchange.published.choice import COMMERCIAL, PERSONAL, PublishError
from storage.exchange.published.lga import publish_lga
from storage.exchange.published.lga_values import GROSS, GUIDE, STRICT
from storage.exchange.published.report import report, sentences
from storage.records.contracts import Contract
from storage.records.organisations import Organisation
from tests.storage.exchange.publishing import TODAY, full, store_of, unguarded

CANARY = "Quarantined"


def schema(project: Path) -> list[dict[str, Any]]:
    """The fields of the LGA’s schema in their order."""
    path = project / "tests/files/schemas/lga_contracts.json"
    fields: list[dict[str, Any]] = json.loads(path.read_bytes().decode("utf-16"))["fields"]
    return fields


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def breaks(field: dict[str, Any], words: str) -> bool:
    """Whether a cell is not what the schema says of its column."""
    rule = field["constraints"]
    sort = rule["type"].rpartition("#")[2]
    forms = {
        "dateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "float": r"-?\d+\.\d\d", "boolean": "true|false",
        "URI": r"[a-z]+:\S+",
    }  # fmt: skip
    if not words:
        return bool(rule["required"])
    pattern = rule.get("pattern", ".*")
    return not re.fullmatch(forms.get(sort, "(?s:.*)"), words) or not re.fullmatch(f"(?s:{pattern})", words)


def test_the_strict_layout_meets_the_schema_of_the_lga(tmp_path: Path, project: Path) -> None:
    out = tmp_path / "strict.csv"
    store = store_of(
        tmp_path, [full(organisation_code="http://example.org/icb", supplier_vcse_type="Voluntary sector")]
    )
    done = publish_lga(store, out, TODAY, STRICT)
    fields, rows = schema(project), rows_of(out)
    assert list(rows[0]) == [field["name"] for field in fields]
    assert [f["name"] for f in fields if breaks(f, rows[0][f["name"]])] == []
    assert done.contracts == 1 and not done.findings
    assert rows[0]["StartDate"] == "2025-10-01T00:00:00" and not out.read_bytes().startswith(b"\xef\xbb\xbf")
    store.close()


def test_the_guide_has_the_effective_date_and_dates_as_people_write_them(
    tmp_path: Path, project: Path
) -> None:
    out = tmp_path / "guide.csv"
    store = store_of(tmp_path, [full(process_type="Other")])
    done = publish_lga(store, out, TODAY)
    row, names = rows_of(out)[0], [field["name"] for field in schema(project)]
    assert list(row) == [*names[:2], "EffectiveDate", *names[2:]]
    assert (row["StartDate"], row["EffectiveDate"]) == ("01/10/2025", "30/09/2026")
    assert (row["ContractValue"], row["ProcessType"], row["FixedCost"]) == ("125123.00", "Other", "false")
    assert (row["VCSESupplierType"], row["OrganisationLabel"]) == ("Charity or CIO", "Example ICB")
    assert not done.findings and "Secret Street" not in out.read_text("utf-8-sig")
    store.close()


def test_words_a_layout_does_not_have_stay_blank_with_the_reason(tmp_path: Path) -> None:
    store = store_of(tmp_path, [full(process_type="Other", supplier_vcse_type="Charity or CIO")])
    done = publish_lga(store, tmp_path / "strict.csv", TODAY, STRICT)
    assert {f.column for f in done.findings} == {"OrganisationURI", "VCSESupplierType", "ProcessType"}
    store.close()


def test_a_missing_value_never_drops_a_row(tmp_path: Path, project: Path) -> None:
    out = tmp_path / "a.csv"
    store = store_of(tmp_path, [Contract(stage="")])
    done = publish_lga(store, out, TODAY)
    row = rows_of(out)[0]
    mandatory = {f["name"] for f in schema(project) if f["constraints"]["required"]}
    assert {name for name in mandatory if not row[name]} == {f.column for f in done.findings}
    assert all(f.reason for f in done.findings) and len(sentences(done)) == len(done.findings)
    blanks = report(done)["blanks"]
    assert isinstance(blanks, list) and blanks[0]["contracts"] == 1
    store.close()


@pytest.mark.parametrize(("pence", "rows"), [(500_000, 0), (500_001, 1), (None, 1)])
def test_only_contracts_known_to_be_small_are_left_out(tmp_path: Path, pence: int | None, rows: int) -> None:
    out = tmp_path / "a.csv"
    store = store_of(tmp_path, [full(current_value=pence)])
    done = publish_lga(store, out, TODAY)
    assert (done.contracts, len(rows_of(out)), len(done.left_out)) == (rows, rows, 1 - rows)
    store.close()


def test_what_the_provider_says_of_itself_fills_what_the_contract_leaves_open(tmp_path: Path) -> None:
    silent = full(supplier_company_number="", supplier_charity_number="", supplier_sme=None)
    provider = Organisation(title="Care", company_number="00987654", charity_number="1099999", sme=False)
    store = store_of(tmp_path, [silent], provider)
    publish_lga(store, tmp_path / "a.csv", TODAY)
    row = rows_of(tmp_path / "a.csv")[0]
    assert (row["CompaniesHouseRegistrationNumber"], row["SMESupplier"]) == ("00987654", "false")
    store.close()


def test_withheld_values_are_tokens_and_a_gross_value_is_remarked(tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    one = full(redact_commercial="Value", redact_personal="Provider")
    store = store_of(tmp_path, [one, full(reference="C-2", value_basis="Including VAT")])
    done = publish_lga(store, out, TODAY)
    first, second = rows_of(out)
    assert (first["ContractValue"], first["SupplierName"]) == (COMMERCIAL, PERSONAL)
    assert first["CompaniesHouseRegistrationNumber"] == PERSONAL and second["ContractValue"] == "125123.00"
    assert [(f.reference, f.reason, f.blank) for f in done.findings] == [("C-2", GROSS, False)]
    store.close()


def test_a_folder_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    store = store_of(tmp_path, [full()])
    with pytest.raises(PublishError, match="does not exist"):
        publish_lga(store, tmp_path / "none" / "a.csv", TODAY)
    store.close()


CONTRACTS = st.lists(
    st.builds(
        full,
        title=st.sampled_from(["=cmd", "Care\r\nat home", '"', "-", "Plain"]),
        stage=st.sampled_from(["", "Draft", "Signed", "Cancelled", "Terminated"]),
        do_not_publish=st.sampled_from([None, True, False]),
        current_value=st.none() | st.integers(500_001, 10**12),
        current_end=st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(CONTRACTS, st.sampled_from([GUIDE, STRICT]))
def test_every_published_contract_stands_once_and_nothing_marked_leaks(
    made: list[Contract], layout: str
) -> None:
    marked = [
        replace(c, reference=f"R{n}", description=CANARY if c.do_not_publish else "Open")
        for n, c in enumerate(made)
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "a.csv"
        store = store_of(Path(folder), marked)
        publish_lga(store, out, TODAY, layout)
        store.close()
        rows, words = rows_of(out), out.read_text("utf-8-sig")
    expected = {
        c.reference: c for c in marked if c.stage not in ("Draft", "Cancelled") and not c.do_not_publish
    }
    assert sorted(r["ContractReference"] for r in rows) == sorted(expected)
    assert CANARY not in words
    for row in rows:
        assert unguarded(row["ContractTitle"]) == expected[row["ContractReference"]].title
        assert not row["ContractTitle"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_an_empty_register_gives_the_headings_alone(tmp_path: Path) -> None:
    store = new_store(tmp_path / "a.desk", today=lambda: TODAY)
    assert publish_lga(store, tmp_path / "a.csv", TODAY).contracts == 0
    assert rows_of(tmp_path / "a.csv") == []
    store.close()
