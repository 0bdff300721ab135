"""From the tokens of a contract term to its amounts of time: `two 12-month` becomes two amounts of 12 months."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from storage.engine.values import Unreadable
from storage.rules.term_words import ADVICE, Amount, Token

_MOST_REPEATS = 20
_ADJECTIVES = "[rqj]*"
_NOUNS = "[oOaEpS]"
_YEAR = Amount(Fraction(1), "y")

Making = Callable[[list[Token]], list[Token] | None]


def kinds(tokens: list[Token]) -> str:
    """The kinds of the tokens, one letter each."""
    return "".join(token.kind for token in tokens)


def rewritten(tokens: list[Token], pattern: str, make: Making) -> list[Token]:
    """The tokens with every stretch whose kinds fit the pattern made into others, from the left, once.

    `make` gets the stretch, and answers None to leave it as it is.
    """
    made: list[Token] = []
    place = 0
    for match in re.finditer(pattern, kinds(tokens)):
        others = make(tokens[match.start() : match.end()])
        if others is not None:
            made += tokens[place : match.start()] + others
            place = match.end()
    return made + tokens[place:]


def with_amounts(tokens: list[Token]) -> list[Token]:
    """The tokens with numbers, units and counts gathered into amounts, and what was said in brackets set apart.

    Raises Unreadable for whatever cannot be gathered safely.
    """
    for pattern, make in (
        (r"(?<!\+)n\(n\)|(?<=\+)n\(n\)(?=.)", _same_number),
        (r"\(n\)-?n", lambda part: _same_number([part[-1], part[0], part[1]])),
        (r"n&A?H", _and_a_half),
        (r"n-(?=[u&])|u-(?=[^n])|[^nQdu()]-(?=[^nQdu()])", lambda part: part[:1]),
        (r"^[icpf,]*(?:\(u\)|lu),?n(?:\+n)*$", _unit_first),
        (r"\(u\)", lambda part: part[1:2]),
        (r"(?:^|(?<=\+))\([n+]+\)(?=u)", lambda part: part[1:-1]),
        (r"nu", _quantity),
        (r"(?<!n)A[rqj]*u", _one_of_it),
        (r"(?<!n)(?<!n[rqj])[rqoaj]u", _one_of_it),
        (r"n[rj]u", lambda part: [part[1], *_quantity([part[0], part[2]])]),
        (r"(?<=n\+)n[qoa]u", lambda part: _optional_units(part)[::-1]),
        (r"n[qoa]u", _optional_units),
        (r"Q&AH", _and_half_a_unit),
        (r"A", lambda part: []),
        (r"Q&?Q", _years_and_months),
    ):
        tokens = rewritten(tokens, pattern, make)
    for step in (_dated, _dashed, _without_needless_brackets, _counted, _bare_numbers):
        tokens = step(tokens)
    for pattern in (r"\([^(){}]*\)", r"\{[^{}]*\}"):
        tokens = rewritten(tokens, pattern, lambda part: [Token("G", inside=tuple(part[1:-1]))])
    return tokens


def _quantity(part: list[Token]) -> list[Token]:
    """`3 years`, one amount."""
    number, unit = part
    amount = Amount(number.number, unit.unit, coded=len(unit.text) == 1)
    return [Token("Q", f"{number.text} {unit.text}", amounts=(amount,))]


def _unit_first(part: list[Token]) -> list[Token]:
    """`Term (months): 36+12`: the unit of all numbers stands in the label."""
    unit = next(token for token in part if token.kind == "u")
    return [
        one
        for token in part
        if token.kind in "n+"
        for one in ([token, unit] if token.kind == "n" else [token])
    ]


def _one_of_it(part: list[Token]) -> list[Token] | None:
    """`a year`, `a further year`, `optional year`: one; never a plural."""
    *words, unit = part
    if unit.text.endswith("s"):
        return None
    return [*words, Token("Q", unit.text, amounts=(Amount(Fraction(1), unit.unit),))]


def _same_number(part: list[Token]) -> list[Token]:
    """`three (3)`: one number said twice."""
    if part[0].number != part[2].number:
        raise Unreadable(f"The number {part[0].text} and the {part[2].text} in brackets after it disagree.")
    return part[:1]


def _and_a_half(part: list[Token]) -> list[Token]:
    """`two and a half`."""
    return [replace(part[0], text=f"{part[0].text} and a half", number=part[0].number + Fraction(1, 2))]


def _and_half_a_unit(part: list[Token]) -> list[Token]:
    """`a year and a half`."""
    amount = part[0].amounts[0]
    return [replace(part[0], amounts=(replace(amount, number=amount.number + Fraction(1, 2)),))]


def _optional_units(part: list[Token]) -> list[Token]:
    """`1 optional year`; with more of them it stays open how many options there are."""
    number, word, unit = part
    if number.number != 1:
        raise Unreadable(
            f"“{number.text} {word.text} {unit.text}” could be one option or several. Write it like 2+1+1."
        )
    return [word, *_quantity([number, unit])]


def _years_and_months(part: list[Token]) -> list[Token] | None:
    """`1 year and 6 months` as 18 months; other pairs are left, to be refused if nothing joins them."""
    years, months = part[0].amounts[0], part[-1].amounts[0]
    if years.unit != "y" or months.unit != "m" or not 0 < months.number < 12:
        return None
    if years.number.denominator != 1 or months.number.denominator != 1:
        return None
    whole = Amount(years.number * 12 + months.number, "m")
    return [Token("Q", f"{part[0].text} {part[-1].text}", amounts=(whole,), joined=len(part) == 3)]


def _dated(tokens: list[Token]) -> list[Token]:
    """First and last days put at the end, and a first day alone passed over: it is kept in a field of its own."""
    found: list[Token] = []

    def first_and_last(part: list[Token]) -> list[Token]:
        days = tuple(day for token in part for day in token.days)
        if len(days) != 2 or found:
            raise Unreadable("The dates here cannot be held against the term. Write the term alone.")
        found.append(Token("D", days=days))
        return [] if part[0].kind == "(" else [Token(",")]

    tokens = rewritten(tokens, r"\(F?d&?[ts-]d\)|F?d&?[ts-]d", first_and_last)
    tokens = rewritten(tokens, r"Fd", lambda part: [Token(",")])
    if "d" in kinds(tokens):
        raise Unreadable(
            "There is a date here that is not plainly the start. Write the term as a length of time."
        )
    return tokens + found


def _dashed(tokens: list[Token]) -> list[Token]:
    """Dashes between spaces as commas, but not where one could be a minus or stand for a range."""
    letters = kinds(tokens)
    for at in (at for at, letter in enumerate(letters) if letter in "s-"):
        if letters[at] == "-" or (re.search("[nQ]", letters[:at]) and re.match("[nQ(]", letters[at + 1 :])):
            raise Unreadable("The dash here could mean minus, or from one to another.")
    return [Token(",") if token.kind == "s" else token for token in tokens]


def _without_needless_brackets(tokens: list[Token]) -> list[Token]:
    """Brackets taken away where they only set something off: `3 (+1+1)`, `3 + (2 x 1)`, `(with 1 + 1 optional)`."""
    comma = [Token(",")]
    for pattern, make in (
        (r"(?<=\()B", lambda part: []),
        (r"B[^)]*", lambda part: [Token("{"), *part[1:], Token("}")]),
        (r"\(,?\)", lambda part: comma),
        (r"^[icpfv,]*\([^()]*\)", lambda part: [token for token in part if token.kind not in "()"]),
        (
            r"[+w&,][qoOaEerpSfc]*[aoEOpS]\(Q\)",
            lambda part: [token for token in part if token.kind not in "()"],
        ),
        (r"(?<=\+)\([^()]*\)|(?<=x)\([nQ]\)", lambda part: part[1:-1]),
        (r"\(\+[^()]*\)", lambda part: [*part[1:-1], *comma]),
        (r"\(x[^()]*\)|\((?:Qk|kf?Q)\)", lambda part: part[1:-1]),
        (r"n\([icqoOaEpS]+\)", lambda part: [_bare(part[0]), *part[2:-1]]),
        (r"\([icqoOaEpS]+\)", lambda part: part[1:-1]),
        (r"\([=MT][^()]*\)|\([^()]*[TM]\)", lambda part: [*comma, *part[1:-1], *comma]),
        (r"\([w&oqeUryYjaE][^()]*\)", lambda part: [Token(";"), *part[1:-1], *comma]),
    ):
        tokens = rewritten(tokens, pattern, make)
    return tokens


def _counted(tokens: list[Token]) -> list[Token]:
    """Counts taken up: `2 x 12 months`, `12 months x 2`, `two periods of 12 months each`, `two annual options`."""
    nouns = rf"nx?{_ADJECTIVES}{_NOUNS}+[oOaEpSefbkUrqj,]*Q"
    for pattern, make in (
        (r"(?<![Qnx])nxn(?![xukn])", _bare_times),
        (rf"nx?{_ADJECTIVES}Y(?=[rqj]*{_NOUNS})", lambda part: _repeat(part[0], _YEAR)),
        (rf"nx{_ADJECTIVES}Q", lambda part: _repeat(part[0], part[-1])),
        (r"Q[oOaE]?xn", lambda part: [*_repeat(part[-1], part[0]), *part[1:-2]]),
        (rf"n{_ADJECTIVES}Q(?={_ADJECTIVES}[oap]*[OES])", _several),
        (rf"n{_ADJECTIVES}Q(?={_ADJECTIVES}[oap])", _one),
        (rf"{nouns}(?:,?[+&]f?Q)+", _listed),
        (rf"{nouns}(?:k|(?!,*[&+TM]))", _options_of),
        (r"2[kfbrU,]*Qk?|Qk?2", _twice),
        (r"lj?[NS]fQ|lj?Q[NSpaE]", _steps),
        (r"l?Y[NS]|y|eY", _yearly_steps),
        (r"\(z\)", lambda part: part[1:2]),
        (r"l[nQ](?:\+[nQ])+", lambda part: [Token("{"), *part[1:], Token("}")]),
    ):
        tokens = rewritten(tokens, pattern, make)
    return tokens


def _repeat(count: Token, each: Token | Amount) -> list[Token]:
    """An amount as often as the count says."""
    amounts = (each,) if isinstance(each, Amount) else each.amounts
    if isinstance(each, Token) and each.joined:
        raise Unreadable(f"“{each.text}” could be one length or two. {ADVICE}")
    if count.number.denominator != 1 or not 1 <= count.number <= _MOST_REPEATS or len(amounts) != 1:
        raise Unreadable(f"It is not clear how often “{count.text}” is meant. {ADVICE}")
    return [Token("Q", count.text, amounts=amounts * int(count.number), counted=True)]


def _several(part: list[Token]) -> list[Token]:
    """`two 12-month options`; `2 3 year options` may have lost a dash."""
    count, length = part[0], part[-1].amounts[0]
    plain = length.number in (1, count.number) or (length.unit == "m" and length.number >= 12)
    if len(part) == 2 and not plain and count.text.isdigit() and part[-1].text[:1].isdigit():
        raise Unreadable(f"“{count.text} {part[-1].text}” is not clear. Write it like 2 x 12 months.")
    return _repeat(count, part[-1])


def _one(part: list[Token]) -> list[Token] | None:
    """`one 12-month option`; two of them would be options."""
    return _repeat(part[0], part[-1]) if part[0].number == 1 else None


def _bare_times(part: list[Token]) -> list[Token]:
    """`2x1` is two options of one year; `1x2` could be either."""
    count, length = part[0].number, part[2].number
    if length not in (1, count):
        raise Unreadable(f"“{part[0].text} x {part[2].text}” needs a unit, such as 2 x 12 months.")
    return _repeat(part[0], Amount(length))


def _options_of(part: list[Token]) -> list[Token]:
    """`two options of 12 months each`; the nouns stay as marks in front."""
    words, count = kinds(part[1:]), part[0].number
    plural = count > 1 if "x" in words else re.search("[OES]", words) is not None
    each = "k" in words
    if (count == 1) == plural or (not each and ("," in words or (count > 1 and re.search("e.*U", words)))):
        raise Unreadable(f"It is not clear how many options there are, or how long each is. {ADVICE}")
    if not re.search("[fkb]", words):
        raise Unreadable(f"It is not clear how long each option is. {ADVICE}")
    length = next(token for token in part if token.kind == "Q")
    marks = [Token(kind) for kind in words.lower().replace("e", "a") if kind in "oar"]
    return [*marks, *_repeat(part[0], length)]


def _twice(part: list[Token]) -> list[Token]:
    """`extend twice by 12 months`; `twice for up to 2 years` could mean each or both."""
    words = kinds(part)
    if "U" in words and "k" not in words:
        raise Unreadable("It is not clear whether each option is so long or both together.")
    length = next(token for token in part if token.kind == "Q")
    return _repeat(next(token for token in part if token.kind == "2"), length)


def _listed(part: list[Token]) -> list[Token]:
    """`two options of 1 year and 1 year`: as many lengths as the count says."""
    lengths = [token for token in part if token.kind == "Q"]
    amounts = tuple(amount for token in lengths for amount in token.amounts)
    if part[0].number != len(amounts) or any(token.counted or token.joined for token in lengths):
        raise Unreadable("There are more or fewer lengths here than options counted.")
    return [Token("o"), Token("Q", part[0].text, amounts=amounts, counted=True)]


def _steps(part: list[Token]) -> list[Token] | None:
    """`in 12 month increments`; a counted `in two 12-month periods` is a list said again."""
    length = next(token for token in part if token.kind == "Q")
    if length.counted:
        return [Token("{"), length, Token("}")]
    return [Token("z", amounts=length.amounts)]


def _yearly_steps(part: list[Token]) -> list[Token]:
    """`annually`, `in annual increments`."""
    return [*(token for token in part if token.kind == "e"), Token("z", amounts=(_YEAR,))]


def _bare_numbers(tokens: list[Token]) -> list[Token]:
    """Numbers without a unit as amounts, where they stand in a list like `3+1+1` and count no options."""
    letters = kinds(tokens)
    found: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind == "n":
            before, after = letters[:at], letters[at + 1 :]
            in_list = re.search(r"(?:[nQ]\+|[wfbaoOE,;])[nQ]\+$", before) is not None
            if re.search(r"[oOaEqup]$", before) and not after.startswith("+"):
                raise Unreadable(f"It is not clear what “{token.text}” counts. {ADVICE}")
            if re.match(rf"[rjqi]*(?:c|{_NOUNS})", after) and not (in_list and token.number == 1):
                raise Unreadable(f"It is not clear how long “{token.text}” is, or how many. {ADVICE}")
            if re.match(r"[rj]*q", after) and not (in_list or token.number == 1):
                raise Unreadable(f"“{token.text} optional” could be one option or several. {ADVICE}")
            token = _bare(token)
        found.append(token)
    return found


def _bare(number: Token) -> Token:
    """A number without a unit as an amount."""
    return Token("Q", number.text, amounts=(Amount(number.number),))
