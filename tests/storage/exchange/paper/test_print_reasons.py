"""Why this date? on paper: each reason once, with its source, as deep as it goes."""

from pathlib import Path

from storage.exchange.paper.print_reasons import reason_papers
from storage.records.contracts import Contract
from tests.storage.desk.register import make_register


def test_every_worked_out_value_brings_its_steps(tmp_path: Path) -> None:
    register = make_register(tmp_path / "register.desk")
    found = reason_papers(register.store, register.store.get(Contract, register.contract))
    labels = [reason.label for reason in found]
    assert labels[0].startswith("Ends")
    notice = next(reason for reason in found if reason.label == "Last day to give notice")
    assert notice.value == "30 September 2026"
    assert any(step.source == "clause 17.2" for step in notice.steps)
    assert max(step.depth for step in notice.steps) > 0
    assert len({(reason.value, reason.why) for reason in found}) == len(found)
    register.store.close()


def test_what_is_missing_is_said_for_the_dates_that_matter(tmp_path: Path) -> None:
    register = make_register(tmp_path / "register.desk")
    with register.store.step("Bare"):
        bare = register.store.save(Contract())
    found = reason_papers(register.store, bare)
    assert {reason.value for reason in found} == {"not known"}
    assert all(reason.why for reason in found)
    register.store.close()
