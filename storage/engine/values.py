"""Values as people write them and as the file keeps them: days, pence, periods, whole numbers, yes or no."""

from __future__ import annotations

from storage.engine.values_dates import (
    Evidence,
    day_from_serial,
    long_day,
    month_first_evidence,
    read_day,
    show_day,
    weekday_name,
)
from storage.engine.values_money import money_brief, read_money, show_money, show_money_short
from storage.engine.values_periods import Period
from storage.engine.values_plain import Unreadable, read_number, read_whole, read_yes_no, show_number
from storage.engine.values_years import read_financial_year, show_financial_year

__all__ = [
    "Evidence",
    "Period",
    "Unreadable",
    "day_from_serial",
    "long_day",
    "money_brief",
    "month_first_evidence",
    "read_day",
    "read_financial_year",
    "read_money",
    "read_number",
    "read_whole",
    "read_yes_no",
    "show_day",
    "show_financial_year",
    "show_money",
    "show_money_short",
    "show_number",
    "weekday_name",
]
