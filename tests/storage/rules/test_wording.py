"""Dates, periods and clauses are written alike in every sentence."""

from datetime import date

from storage.engine.values import Period
from storage.rules.wording import clause_name, in_brackets, notice_words, weekday_day, with_rest_day


def test_a_day_of_rest_is_named() -> None:
    assert with_rest_day(date(2026, 6, 28)) == "28 Jun 2026 (a Sunday)"
    assert with_rest_day(date(2026, 6, 26)) == "26 Jun 2026"
    assert weekday_day(date(2026, 6, 26)) == "Friday 26 Jun 2026"


def test_a_period_of_notice_is_a_possessive() -> None:
    assert notice_words(Period(1, "m")) == "1 month’s notice"
    assert notice_words(Period(12, "w")) == "12 weeks’ notice"


def test_a_clause_known_by_its_number_is_called_a_clause() -> None:
    assert clause_name(" 17.2 ") == "clause 17.2"
    assert clause_name("Schedule 6A") == "Schedule 6A"
    assert in_brackets("GC 17.2") == " (GC 17.2)"
    assert in_brackets(" ") == ""
