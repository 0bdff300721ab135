"""Reading and showing sterling as whole pence; no binary fractions take part."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

from storage.engine.values_plain import LARGEST, Unreadable, tidy

MINUS = "\u2212"

_QUICK = re.compile(r"(-?)£?(\d{1,15})(?:\.(\d{1,2}))?", re.ASCII)
_AMOUNT = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d*)(?P<point>\.\d*)?(?P<power>e[+-]?\d{1,3})?"
    r" ?(?P<scale>k|thousand|m|mn|million|bn|billion)?",
    re.ASCII,
)
_CURRENCY = re.compile(r"£|\bgbp\b|(?<=\d)gbp\b|\bgbp(?=[\d(.-])", re.ASCII)
_OTHER_CURRENCY = re.compile(r"[$€¥]|\b(?:eur|euros?|usd|dollars?)\b|(?:eur|usd)(?=\d)")
_RANGE = re.compile(r"(?<!e)\d ?[km]? ?(?:-|to) ?£?\d", re.ASCII)
_POWERS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9}
# A spreadsheet holds 15 significant digits; what a file shows beyond them is noise of its arithmetic.
_SPREADSHEET_DIGITS = 15


def read_money(text: str) -> int:
    """Pence from pounds as people write them: `£45,000`, `45k`, `1.2 million`, `(3,728)`, `3,728-`, `1.5e6`.

    More than two decimals round half up (away from zero: 1,234.565 is 1,234.57), after what a spreadsheet's
    arithmetic leaves beyond 15 significant digits is taken off (1.00499999999999989 is 1.01).
    Raises Unreadable with the reason for words, ranges, other currencies and amounts too large to keep.
    """
    plain = tidy(text)
    if match := _QUICK.fullmatch(plain):
        pence = int(match[2]) * 100 + int((match[3] or "").ljust(2, "0"))
        return -pence if match[1] else pence
    bare, negative = _without_sign(plain.lower())
    match = _AMOUNT.fullmatch(bare)
    if match is None or not any(
        character.isdigit() for character in (match["digits"] + (match["point"] or ""))
    ):
        raise Unreadable(_why_not(plain.lower()))
    number = (match["digits"] or "0").replace(",", "").replace(" ", "") + (match["point"] or "")
    power = int((match["power"] or "e0")[1:]) + _POWERS.get(match["scale"] or "", 0)
    pence = _to_pence(Decimal(number).scaleb(power))
    return -pence if negative else pence


def show_money(pence: int) -> str:
    """An amount in full: £125,123.00, with a true minus for what is below nothing."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{MINUS if pence < 0 else ''}£{pounds:,}.{rest:02d}"


def show_money_short(pence: int) -> str:
    """An amount without its pence when there are none: £125,123, otherwise £125,123.45."""
    return show_money(pence).removesuffix(".00")


def money_brief(pence: int) -> str:
    """A rounded amount for facts and tiles: £950, £4.5k, £45k, £1.2m, £3bn; one decimal, rounded half up."""
    size = abs(pence)
    sign = MINUS if pence < 0 else ""
    if size < 100_000:
        return show_money_short(pence)
    if size < 995_000:
        return f"{sign}£{_tenths(size, 10_000)}k"
    if size < 99_950_000:
        return f"{sign}£{(size + 50_000) // 100_000}k"
    if size < 99_995_000_000:
        return f"{sign}£{_tenths(size, 10_000_000)}m"
    return f"{sign}£{_tenths(size, 10_000_000_000)}bn"


def _tenths(pence: int, tenth: int) -> str:
    """How many of a unit, to one decimal that is dropped when nought; `tenth` is a tenth of it in pence."""
    whole, rest = divmod((pence + tenth // 2) // tenth, 10)
    return f"{whole:,}.{rest}" if rest else f"{whole:,}"


def _without_sign(plain: str) -> tuple[str, bool]:
    """The amount without currency and sign, and whether it is below nothing; two signs are refused."""
    if _OTHER_CURRENCY.search(plain):
        raise Unreadable("This is in another currency, not pounds.")
    if _RANGE.search(plain):
        raise Unreadable("This is a range; one amount is needed.")
    bare, currencies = _CURRENCY.subn("", plain)
    if currencies > 1:
        raise Unreadable("This holds more than one amount.")
    bare, signs = bare.strip(), 0
    if bare.startswith("(") and bare.endswith(")"):
        bare, signs = bare[1:-1].strip(), signs + 1
    if bare.startswith("-"):
        bare, signs = bare[1:].strip(), signs + 1
    elif bare.startswith("+"):
        bare = bare[1:].strip()
    if bare.endswith("-"):
        bare, signs = bare[:-1].strip(), signs + 1
    if signs > 1:
        raise Unreadable("Two minus signs together could mean plus or minus.")
    return bare, signs == 1


def _to_pence(pounds: Decimal) -> int:
    """Whole pence from exact pounds, rounded as `read_money` says."""
    if pounds and pounds.adjusted() > 17:
        raise Unreadable("This amount is too large to keep.")
    with localcontext() as context:
        # Wide enough for every digit the text can hold, so that only the roundings below round.
        context.prec = 200
        places = max(3, _SPREADSHEET_DIGITS - 1 - pounds.adjusted()) if pounds else 3
        exponent = pounds.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > places:
            pounds = pounds.quantize(Decimal(1).scaleb(-min(places, 150)), rounding=ROUND_HALF_UP)
        pence = int(pounds.scaleb(2).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if pence > LARGEST:
        raise Unreadable("This amount is too large to keep.")
    return pence


def _why_not(plain: str) -> str:
    """The most helpful reason for a text that is no single amount."""
    if not any(character.isdigit() for character in plain):
        return "These are words, not an amount." if plain.strip("-. ") else "A dash is not an amount."
    if re.fullmatch(r"[£\d., ()-]+", plain) and "," in plain:
        return "The commas are not where thousands are marked. Write it like 45,000.00."
    return "This says more than an amount. Write it like £45,000 or 1.2m."
