"""The lists that checklists draw on: what comes with the program, and entries that hold only for a time."""

from datetime import date

from storage.checklists.lists import ListEntry, Lists, shipped_lists


def test_the_nine_characteristics_and_the_other_lists_are_there() -> None:
    lists = shipped_lists()
    assert [option.value for option in lists.options("protected_characteristics")] == [
        "age", "disability", "gender_reassignment", "marriage", "pregnancy", "race", "religion", "sex", "orientation",
    ]  # fmt: skip
    assert len(lists.options("inclusion_groups")) == 7
    assert len(lists.options("equality_aims")) == 3
    assert [entry.number for entry in lists.entries("risk_bands")] == [3, 6, 12, 25]
    assert (lists.limit("quality_detail"), lists.limit("nothing")) == (8, None)
    assert lists.options("nothing") == ()


def test_an_entry_holds_between_its_days_and_the_first_of_a_value_counts() -> None:
    entries = [
        ListEntry("limits", "share", "Old", 20, until=date(2026, 3, 31)),
        ListEntry("limits", "share", "New", 25, from_on=date(2026, 4, 1)),
    ]
    assert Lists(entries, date(2026, 3, 31)).limit("share") == 20
    assert Lists(entries, date(2026, 4, 1)).limit("share") == 25
    assert Lists(entries).limit("share") == 25
    assert Lists(entries).names == ("limits",)
