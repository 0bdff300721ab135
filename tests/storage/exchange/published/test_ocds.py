"""Releases of the Open Contracting Data Standard: valid by its schema, ids that stay, no number made up, no leak."""

import json
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from storage.engine.store import Store
from storage.exchange.published.choice import PERSONAL, PublishError
from storage.exchange.published.ocds import publish_ocds
from storage.exchange.published.release import PLACEHOLDER
from storage.records.contracts import Contract, Party
from storage.records.organisations import Organisation
from tests.storage.exchange.published.test_lga import CANARY, CONTRACTS
from tests.storage.exchange.publishing import TODAY, full, store_of

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
SCHEMAS = Path(__file__).resolve().parents[3] / "files" / "schemas"
PREFIX = "https://standard.open-contracting.org/schema/1__1__5/"


def validator() -> Draft4Validator:
    package, release = (
        json.loads((SCHEMAS / f"ocds115_{name}.json").read_text("utf-8"))
        for name in ("release-package-schema", "release-schema")
    )
    known = Resource.from_contents(release, default_specification=DRAFT4)
    registry: Registry[Any] = Registry().with_resource(PREFIX + "release-schema.json", known)
    return Draft4Validator(package, registry=registry, format_checker=FormatChecker())


VALIDATOR = validator()


def published(store: Store, folder: Path, now: datetime = NOW) -> tuple[dict[str, Any], set[str]]:
    """The package, valid, and the columns something was said of."""
    done = publish_ocds(store, folder / "a.json", TODAY, now)
    package: dict[str, Any] = json.loads((folder / "a.json").read_text("utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(package)] == []
    assert done.contracts == len(package["releases"])
    return package, {finding.column for finding in done.findings}


def test_a_contract_is_a_valid_release_with_its_parties_dates_and_value(tmp_path: Path) -> None:
    store = store_of(tmp_path, [full(ocid="ocds-h6vhtk-04a1b2", award_date=date(2025, 9, 1), cpv_code="85100000",
                                     contract_document_url="https://example.org/c", regime="PSR")])  # fmt: skip
    package, said = published(store, tmp_path)
    release = package["releases"][0]
    assert package["publisher"] == {"name": "Example ICB", "scheme": "GB-NHS", "uid": "QXX"}
    assert release["ocid"] == "ocds-h6vhtk-04a1b2" and not said
    assert release["buyer"] == {"id": "GB-NHS-QXX", "name": "Example ICB"}
    supplier = next(p for p in release["parties"] if p["roles"] == ["supplier"])
    assert supplier["id"] == "GB-COH-01234567" and "address" not in supplier
    assert supplier["additionalIdentifiers"] == [{"scheme": "GB-CHC", "id": "1012345"}]
    assert release["contracts"][0]["period"] == {
        "startDate": "2025-10-01T00:00:00Z",
        "endDate": "2028-09-30T23:59:59Z",
        "maxExtentDate": "2030-09-30T23:59:59Z",
    }
    assert release["contracts"][0]["value"] == {"amount": 125123, "currency": "GBP"}
    assert "Secret Street" not in (tmp_path / "a.json").read_text("utf-8")
    store.close()


def test_the_schema_that_is_asked_knows_a_wrong_package() -> None:
    assert not VALIDATOR.is_valid({"releases": []})


@pytest.mark.parametrize("typed", ["", "C-17", "ocds-C-17", "OCDS-h6vhtk-1"])
def test_no_number_is_made_up_under_a_prefix_of_others(tmp_path: Path, typed: str) -> None:
    store = store_of(tmp_path, [full(ocid=typed)])
    package, said = published(store, tmp_path)
    assert package["releases"][0]["ocid"].startswith(f"{PLACEHOLDER}-") and "ocid" in said
    store.close()


def test_the_id_of_a_release_stays_until_its_contract_changes(tmp_path: Path) -> None:
    store = store_of(tmp_path, [full(), full(reference="C-2")])
    first = [r["id"] for r in published(store, tmp_path)[0]["releases"]]
    assert [r["id"] for r in published(store, tmp_path, NOW.replace(hour=12))[0]["releases"]] == first
    with store.step("Change"):
        store.save(replace(store.all(Contract)[0], title="Other"))
    after = [r["id"] for r in published(store, tmp_path)[0]["releases"]]
    assert len(set(after) & set(first)) == 1 and len(set(first)) == 2
    store.close()


@pytest.mark.parametrize(
    ("stage", "end", "status"),
    [("Signed", date(2028, 3, 31), "active"), ("Signed", date(2026, 3, 31), "terminated"),
     ("Terminated", date(2028, 3, 31), "terminated"), ("Awarded", date(2028, 3, 31), "pending"),
     ("", None, "active")],
)  # fmt: skip
def test_the_status_follows_where_the_contract_stands(
    tmp_path: Path, stage: str, end: date | None, status: str
) -> None:
    start = date(2027, 1, 1) if stage == "Awarded" else date(2025, 1, 1)
    store = store_of(tmp_path, [full(stage=stage, start=start, current_end=end, max_end=None)])
    assert published(store, tmp_path)[0]["releases"][0]["contracts"][0]["status"] == status
    store.close()


def test_another_buyer_is_given_with_a_warning(tmp_path: Path) -> None:
    store = store_of(tmp_path, [full(), full(reference="C-2", organisation_name="Example Council")])
    with store.step("Buyer"):
        other = store.save(Organisation(title="Example Trust", ods_code="RX1"))
        store.save(Party(contract=store.all(Contract)[0].id, organisation=other.id, role="Commissioner"))
    package, said = published(store, tmp_path)
    assert {r["buyer"]["name"] for r in package["releases"]} == {"Example Trust", "Example Council"}
    assert "buyer" in said and "GB-NHS-RX1" in {r["buyer"]["id"] for r in package["releases"]}
    store.close()


def test_withheld_values_do_not_go_out(tmp_path: Path) -> None:
    made = full(
        redact_personal="Provider, title", redact_commercial="Current value, Start, Ends, Maximum end"
    )
    store = store_of(tmp_path, [made])
    release = published(store, tmp_path)[0]["releases"][0]
    contract = release["contracts"][0]
    assert release["awards"][0]["suppliers"][0]["name"] == contract["title"] == PERSONAL
    assert not {"value", "period"} & contract.keys() and "value" not in release["awards"][0]
    words = json.dumps(release)
    assert not any(
        secret in words for secret in ("Example Care", "1234567", "1012345", "125123", "2028", "paediatrics")
    )
    store.close()


def test_a_thin_contract_is_valid_too(tmp_path: Path) -> None:
    store = store_of(tmp_path, [Contract(stage="")])
    _, said = published(store, tmp_path)
    assert {"ocid", "contracts.value", "parties.identifier"} <= said
    store.close()


@settings(max_examples=25)
@given(CONTRACTS.map(lambda made: [full(), *made]))
def test_every_published_contract_is_one_release_with_its_own_id(made: list[Contract]) -> None:
    marked = [replace(c, description=CANARY if c.do_not_publish else "Open") for c in made]
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(Path(folder), marked)
        package, _ = published(store, Path(folder))
        expected = {
            c.uuid
            for c in store.all(Contract)
            if c.stage not in ("Draft", "Cancelled") and not c.do_not_publish
        }
        store.close()
        words = (Path(folder) / "a.json").read_text("utf-8")
    assert sorted(r["tender"]["id"] for r in package["releases"]) == sorted(expected)
    assert len({r["id"] for r in package["releases"]}) == len(expected)
    assert CANARY not in words


def test_a_register_with_nothing_to_publish_is_refused(tmp_path: Path) -> None:
    store = store_of(tmp_path, [full(stage="Draft")])
    (tmp_path / "a.json").write_text("before")
    with pytest.raises(PublishError, match="No contract is to be published"):
        publish_ocds(store, tmp_path / "a.json", TODAY)
    assert (tmp_path / "a.json").read_text() == "before"
    store.close()
