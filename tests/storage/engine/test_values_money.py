"""Money is read as exact pence in the styles people use, and shown one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.values import Unreadable, money_brief, read_money, show_money, show_money_short

LARGEST = 2**63 - 1
PENCE = st.integers(-LARGEST, LARGEST)


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("£45,000", 4_500_000),
        ("45k", 4_500_000),
        ("1.2m", 120_000_000),
        ("£1.2 million", 120_000_000),
        ("2bn", 200_000_000_000),
        ("45000.00", 4_500_000),
        ("37216.0", 3_721_600),
        ("24363.7", 2_436_370),
        ("(3,728)", -372_800),
        ("(£3,728.50)", -372_850),
        ("£(3,728)", -372_800),
        ("-3728", -372_800),
        ("-£3,728", -372_800),
        ("£-3,728", -372_800),
        ("−£3,728.00", -372_800),
        ("3,728-", -372_800),
        ("+5", 500),
        ("GBP 45,000", 4_500_000),
        ("45,000 gbp", 4_500_000),
        ("GBP45000", 4_500_000),
        ("1 234 567.5", 123_456_750),
        ("1.5e6", 150_000_000),
        ("1E-1", 10),
        (".5", 50),
        ("5.", 500),
        ("0", 0),
        ("92233720368547758.07", LARGEST),
        ("(92,233,720,368,547,758.07)", -LARGEST),
    ],
)
def test_reads_the_styles_people_use(text: str, pence: int) -> None:
    assert read_money(text) == pence


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("£1,234.565", 123_457),
        ("1234.575", 123_458),
        ("-1.005", -101),
        ("1.0049", 100),
        ("24363.700000001", 2_436_370),
        ("24363.700000000001", 2_436_370),
        ("1.00499999999999989", 101),
        ("0.00000000000001", 0),
        ("1.2345678m", 123_456_780),
        ("1e-400", 0),
    ],
)
def test_rounds_half_up_after_a_spreadsheets_noise(text: str, pence: int) -> None:
    assert read_money(text) == pence


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing here"),
        ("TBC", "words"),
        ("n/a", "words"),
        ("-", "dash"),
        ("£", "words"),
        ("10-20k", "range"),
        ("£10k to £20k", "range"),
        ("45,00", "commas"),
        ("1.234,56", "commas"),
        ("1,23,456", "commas"),
        ("€500", "another currency"),
        ("$5", "another currency"),
        ("500 EUR", "another currency"),
        ("(-5)", "Two minus signs"),
        ("-5-", "Two minus signs"),
        ("£45,000 per year", "more than an amount"),
        ("£5 £6", "more than one amount"),
        ("92233720368547758.08", "too large"),
        ("1e999", "too large"),
        ("999999999999999999999", "too large"),
        ("٤٥", "words|more than"),
        ("nan", "words"),
    ],
)
def test_refuses_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_money(text)


@pytest.mark.parametrize(
    ("pence", "full", "short", "brief"),
    [
        (12_512_300, "£125,123.00", "£125,123", "£125k"),
        (12_512_345, "£125,123.45", "£125,123.45", "£125k"),
        (-372_800, "−£3,728.00", "−£3,728", "−£3.7k"),
        (0, "£0.00", "£0", "£0"),
        (95_000, "£950.00", "£950", "£950"),
        (100_000, "£1,000.00", "£1,000", "£1k"),
        (994_999, "£9,949.99", "£9,949.99", "£9.9k"),
        (995_000, "£9,950.00", "£9,950", "£10k"),
        (4_500_000, "£45,000.00", "£45,000", "£45k"),
        (99_949_999, "£999,499.99", "£999,499.99", "£999k"),
        (99_950_000, "£999,500.00", "£999,500", "£1m"),
        (120_000_000, "£1,200,000.00", "£1,200,000", "£1.2m"),
        (56_280_000_000, "£562,800,000.00", "£562,800,000", "£562.8m"),
        (99_995_000_000, "£999,950,000.00", "£999,950,000", "£1bn"),
    ],
)
def test_shows_amounts(pence: int, full: str, short: str, brief: str) -> None:
    assert (show_money(pence), show_money_short(pence), money_brief(pence)) == (full, short, brief)


@given(PENCE)
def test_what_is_shown_reads_back(pence: int) -> None:
    assert read_money(show_money(pence)) == pence
    assert read_money(show_money_short(pence)) == pence


@given(st.integers(-(10**17), 10**17))
def test_a_brief_amount_is_within_its_rounding(pence: int) -> None:
    assert abs(read_money(money_brief(pence)) - pence) <= abs(pence) * 0.06


@given(st.text(alphabet="0123456789.,()-+£ kmbnegp", max_size=24) | st.text(max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        pence = read_money(text)
    except Unreadable as reason:
        assert str(reason)
    else:
        assert -LARGEST <= pence <= LARGEST
