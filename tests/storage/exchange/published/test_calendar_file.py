"""The calendar file: whole days that come back as written, stable names, reminders, and text that stays text."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from storage.desk.beginning.sample import new_sample
from storage.desk.planning.deadlines import Deadline
from storage.engine.conditions import Where
from storage.engine.fields import Period
from storage.engine.opening import new_store
from storage.engine.query import Query
from storage.engine.store import Store
from storage.exchange.published.calendar_file import (
    OWN_CALENDAR,
    CalendarError,
    calendar_bytes,
    export_calendar,
)
from storage.exchange.workbooks.text import ExportStopped
from storage.records.actions import Action
from storage.records.contracts import Contract
from storage.records.planning import Reminder

TODAY = date(2026, 11, 29)
HOSTILE = "Wards; beds, \\n and\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Café 健康 " + "long " * 30


def events(path: Path) -> list[Event]:
    return [e for e in Calendar.from_ical(path.read_bytes()).walk("VEVENT") if isinstance(e, Event)]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = new_store(tmp_path / "a.desk", who="Ann", today=lambda: TODAY)
    with made.step("Fill"):
        held = made.save(
            Contract(reference="C-1", title=HOSTILE, stage="Signed",
                     start=date(2025, 4, 1), current_end=date(2027, 3, 31),
                     notice_commissioner=Period(3, "m"))
        )  # fmt: skip
        made.save(Reminder(contract=held.id, about="End", lead=Period(3, "m")))
        made.save(Action(title="Of no contract", due=date(2026, 12, 1)))
    return made


def test_whole_days_with_their_reason_reference_and_reminders(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "a.ics"
    done = export_calendar(store, out)
    found = {e.categories[0]: e for e in events(out)}
    assert done.events == len(events(out)) and f"{done.events} deadlines" in done.said
    end = found["End"]
    assert (end.start, end.end) == (date(2027, 3, 31), date(2027, 4, 1))
    assert b"DTSTART;VALUE=DATE:20270331" in end.to_ical() and b"TRANSP:TRANSPARENT" in end.to_ical()
    assert "Contract C-1" in str(end.description) and len(str(end.description).splitlines()) == 2
    [alarm] = end.walk("VALARM")
    assert b"TRIGGER:-P89DT15H" in alarm.to_ical()  # ninety days before, at nine in the morning
    assert {"Last day to give notice", "Action due"} <= set(found)
    assert "Contract" not in str(found["Action due"].description)


def test_text_from_outside_stays_text_on_folded_lines(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "a.ics"
    export_calendar(store, out)
    found = events(out)
    assert len({e.uid for e in found}) == len(found)
    end = next(e for e in found if e.uid.endswith("-ends@commissioning-desk"))
    assert str(end.summary).startswith("End: Wards; beds, \\n and END:VEVENT BEGIN:VEVENT SUMMARY:Café 健康")
    lines = out.read_bytes().split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert lines.count(b"BEGIN:VEVENT") == len(found)
    assert Calendar.from_ical(out.read_bytes()).description == OWN_CALENDAR


def test_exported_again_each_keeps_its_name_and_its_number_rises(store: Store, tmp_path: Path) -> None:
    first, again, moved = (tmp_path / f"{n}.ics" for n in ("first", "again", "moved"))
    export_calendar(store, first)
    export_calendar(store, again)
    assert first.read_bytes() == again.read_bytes()
    store.change(Contract, 1, {"current_end": date(2027, 9, 30)})
    export_calendar(store, moved)
    before, after = ({e.uid: e for e in events(path)} for path in (first, moved))
    assert set(before) <= set(after)
    end = next(uid for uid in after if uid.endswith("-ends@commissioning-desk"))
    assert after[end].start == date(2027, 9, 30)
    assert after[end].sequence > before[end].sequence


def test_a_filter_leaves_out_other_contracts_and_actions_of_none(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "a.ics"
    assert export_calendar(store, out, Query((Where("reference", "is", ("Nobody’s",)),))).events == 0
    assert events(out) == []


def test_the_sample_goes_out_and_comes_back(tmp_path: Path) -> None:
    sample = new_sample(tmp_path / "sample.desk")
    done = export_calendar(sample, tmp_path / "sample.ics")
    sample.close()
    kinds = {e.categories[0] for e in events(tmp_path / "sample.ics")}
    assert done.events > 50
    assert {"End", "Last safe day to act", "Decision needed by", "KPI result due", "Action due"} <= kinds


def test_a_wrong_ending_or_folder_writes_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(CalendarError, match=r"End it in \.ics"):
        export_calendar(store, tmp_path / "a.txt")
    with pytest.raises(CalendarError, match="does not exist"):
        export_calendar(store, tmp_path / "nowhere" / "a.ics")
    assert not (tmp_path / "a.txt").exists()


def test_stopped_it_leaves_what_was_there(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "a.ics"
    out.write_text("before")
    with pytest.raises(ExportStopped):
        export_calendar(store, out, progress=lambda done, total: False)
    assert out.read_text() == "before"


@given(title=st.text(max_size=300), why=st.text(max_size=200), reference=st.text(max_size=40))
def test_whatever_the_words_there_is_one_event_that_can_be_read(title: str, why: str, reference: str) -> None:
    held = Deadline("key", "End", date(2027, 3, 31), title, why, reference, (90, 0))
    content = calendar_bytes([held], TODAY, 1, title)
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event["uid"] == "key@commissioning-desk" and len(event.walk("VALARM")) == 2
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == 1
