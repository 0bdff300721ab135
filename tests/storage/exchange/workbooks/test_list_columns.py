"""Values as cells of any list: nothing is rounded, and a financial year is read as one."""

from storage.engine.fields import Field, Kind
from storage.exchange.workbooks.list_columns import cells_of

MONEY = Field("Value", Kind.MONEY, "value")


def test_an_amount_excel_would_round_stands_in_words() -> None:
    assert cells_of(MONEY, [125_45, None, 10**15]) == [125.45, None, "£10,000,000,000,000.00"]


def test_a_financial_year_is_no_number() -> None:
    assert cells_of(Field("Year", Kind.WHOLE, "year", years=True), [2026, None]) == ["2026/27", None]
