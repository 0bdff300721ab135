"""From the parts of a term to its first length and options: every way to take it is tried, and only one may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import product

from storage.engine.values import Period, Unreadable
from storage.rules.months import last_day_of_months
from storage.rules.term_reading import Draft, Part, draft_of
from storage.rules.term_units import about, as_period, measure, settled, with_unit
from storage.rules.term_words import ADVICE, Amount

_MOST_STEPS = 20
_LONGEST_MONTHS = 1200
Lengths = tuple[Amount, ...]


def read_lengths(text: str) -> tuple[Period, tuple[Period, ...]]:
    """The first term and the options that a text states. Raises Unreadable with the reason when it is not certain."""
    first, *options = _only_reading(draft_of(text))
    return as_period(first), tuple(as_period(option) for option in options)


def _only_reading(draft: Draft) -> Lengths:
    """The one way to take a text."""
    readings = _readings(draft, hinted=False)
    if len(readings) > 1:
        raise Unreadable(
            "It is not clear whether a length here is the extension alone or the whole term. "
            "Write it like 3+1+1, or say “a further 2 years”."
        )
    return readings[0]


def _readings(draft: Draft, hinted: bool) -> list[Lengths]:
    """Every way to take a text that agrees with all it says; `hinted` when a sum given elsewhere will decide.

    Raises Unreadable with the last reason when there is none.
    """
    found: list[Lengths] = []
    reason = Unreadable(f"This is not a term. {ADVICE}")
    for parts in _with_units(draft, hinted):
        choices = [_choices(part, parts[0]) for part in parts if part.role == "option"]
        if sum(len(choice) > 1 for choice in choices) > 1:
            raise Unreadable(f"It is not clear how long each option is. {ADVICE}")
        for lists in product(*choices):
            try:
                reading = _checked(draft, parts, list(lists))
            except Unreadable as refused:
                reason = refused
            else:
                found.append(reading)
    if not found:
        raise reason
    return list(dict.fromkeys(found))


def _with_units(draft: Draft, hinted: bool) -> Iterator[list[Part]]:
    """The parts with a unit for every number; more than once where something else in the text can decide."""
    main = [part for part in draft.parts if part.role != "total"]
    amounts = [amount for part in main for amount in part.amounts]
    again = [split.parts[0] for part in main for split in part.splits if len(split.parts) == 1]
    told = hinted or any(amount.unit for part in (*draft.totals, *again) for amount in part.amounts)
    bare = not any(amount.unit for amount in amounts)
    choices = [with_unit(amounts, unit) for unit in "ym"] if bare and told else [settled(amounts)]
    for choice in choices:
        rest = iter(choice)
        yield [replace(part, amounts=tuple(next(rest) for _ in part.amounts)) for part in main]


def _choices(part: Part, first: Part) -> list[Lengths]:
    """What an option may be: its amount, or what is left of it when it states the whole term."""
    bound = _bound(part)
    whole = _rest(part.amounts, first.amounts)
    if bound == "whole":
        found = [whole] if whole else []
    elif bound == "either" and "T" in part.lead and measure(part.amounts) == measure(first.amounts):
        found = []
    elif bound == "either" and about(part.amounts) > about(first.amounts):
        found = [part.amounts, whole] if whole else [part.amounts]
    else:
        found = [part.amounts]
    if not found:
        raise Unreadable(f"“{part.text}” is given as the whole term, and is not longer than the first part.")
    return [_in_steps(lengths, part.step) if part.step else lengths for lengths in found]


def _bound(part: Part) -> str:
    """Whether an amount is the extension alone, the whole term, or possibly either when longer than the first."""
    lead, ahead = part.lead, re.search("[aEe]", part.tail) is not None
    capped = re.search("[UMTt]", lead) is not None
    after = re.split("[UMT]", lead)[-1]
    if "t" in lead:
        return "whole"
    of_it = re.search("(?:a|[raoq]p)fU$", lead)  # an extension of up to, a further period of up to
    if part.counted or re.search("[raE]", after) or ahead or of_it:
        return "extra"
    if "T" in lead + part.tail or "M" in lead + part.tail:
        return "extra" if re.search("b[UM]+f?$", lead) and "T" not in lead + part.tail else "either"
    if capped:
        return "extra" if ("+" in part.between and lead == "U") or lead.endswith("bU") else "either"
    listed = "+" in part.between or (part.between == "&" and not lead)
    return "extra" if listed or re.search("[rbaE]|e.*f", lead) else "either"


def _rest(whole: Lengths, first: Lengths) -> Lengths:
    """What is left of a whole term after the first; nothing where it is not longer, or counts otherwise."""
    months, days = (a - b for a, b in zip(measure(whole), measure(first), strict=True))
    if months > 0 and days == 0:
        in_years = all(amount.unit == "y" for amount in (*whole, *first)) and months % 12 == 0
        return (Amount(months / 12, "y"),) if in_years else (Amount(months, "m"),)
    if days > 0 and months == 0:
        in_weeks = all(amount.unit == "w" for amount in (*whole, *first))
        return (Amount(days / 7, "w"),) if in_weeks else (Amount(days, "d"),)
    return ()


def _in_steps(lengths: Lengths, step: Amount) -> Lengths:
    """`24 months in 12 month increments` as two options."""
    for one, of_one in zip(measure(lengths), measure([step]), strict=True):
        if of_one and one % of_one == 0 and measure(lengths) == measure([step] * int(one / of_one)):
            if one / of_one > _MOST_STEPS:
                break
            return (step,) * int(one / of_one)
    raise Unreadable("The extension does not divide into the steps that are given.")


def _checked(draft: Draft, parts: Sequence[Part], lists: list[Lengths]) -> Lengths:
    """The first length and all options, when splits, totals and dates in the text agree with them."""
    first, options = parts[0].amounts, [part for part in parts if part.role == "option"]
    if len(options) > 1:
        _check_list(first, options)
    for at, part in enumerate(options):
        for split in part.splits:
            before = [*first, *(amount for lengths in lists[:at] for amount in lengths)]
            lists[at] = _split_option(before, lists[at], split, part)
    _check_counts(options, lists)
    if any(part.counted and part.step for part in options):
        raise Unreadable("It says twice how the extension is split up.")
    found = (*first, *(amount for lengths in lists for amount in lengths))
    if parts[0].splits:
        found = _split_first(draft, found)
    elif draft.is_total:
        raise Unreadable("Only the whole term is given here, not what part of it is certain.")
    told = [_check_total(total, found) for total in draft.totals]
    if (
        options
        and options[0].counted
        and not (options[0].added or any(told))
        and measure(lists[0]) == measure(first)
    ):
        raise Unreadable(f"“{options[0].text}” could be options, or split up the first length. {ADVICE}")
    _check_days(draft, found)
    return found


def _check_list(first: Lengths, options: Sequence[Part]) -> None:
    """Several options must not be the whole term listed again, as in `3 years, options 3+1+1`, nor have steps."""
    if any(part.step or _bound(part) == "whole" for part in options):
        raise Unreadable(f"It is not clear what is split up, or what the whole term is. {ADVICE}")
    head = options[0]
    follows = next((at for at, part in enumerate(options) if at and part.lead), len(options))
    listed = [amount for part in options[:follows] for amount in part.amounts]
    if re.search("[UMT]", head.lead) and not head.counted and about(listed) > about(first):
        raise Unreadable(f"It is not clear whether each option is so long or all together. {ADVICE}")
    if head.counted or len(listed) < 2 or "+" in head.between or "r" in head.lead:
        return
    each = _each(listed)
    unequal = len(set(each)) > 1
    again = each[0] == measure(first) or (unequal and measure(listed) == measure(first))
    if again and (unequal or not re.search("[eb]", head.lead)):
        raise Unreadable(
            f"It is not clear whether the first length is listed again with the options. {ADVICE}"
        )


def _split_option(before: Sequence[Amount], option: Lengths, split: Draft, part: Part) -> Lengths:
    """An option with what stands in brackets after it: itself again or split up, or all options or the whole term."""
    whole, marked = [*before, *option], any(one.marked for one in split.parts)
    on_top = "+" in part.between or "r" in part.lead
    for inner in _readings(split, hinted=True):
        if (
            len(inner) > 1
            and not on_top
            and _each(inner[:1]) == _each(before[:1])
            and measure(inner) != measure(whole)
        ):
            continue  # it begins with the first length, as if the option were the whole term
        if measure(inner) == measure(option):
            found = option if len(inner) == 1 else inner
        elif measure(inner) == measure(whole) and not split.parts[0].counted:
            found = option if len(inner) == 1 else inner[len(before) :]
        elif measure(inner) == measure(whole[1:]) and not marked:
            found = option if len(inner) == 1 else inner[len(before) - 1 :]
        else:
            continue
        same = _each(inner) == _each((*before, *found)[-len(inner) :]) if len(inner) > 1 else True
        if found and same and (len(option) == 1 or _each(found) == _each(option)):
            return found
    raise Unreadable("The words in brackets disagree with the length before them.")


def _each(lengths: Sequence[Amount]) -> list[tuple[Fraction, Fraction]]:
    """The measure of every length, by which 12 months and 1 year are the same."""
    return [measure([length]) for length in lengths]


def _split_first(draft: Draft, found: Lengths) -> Lengths:
    """The first amount with what stands in brackets after it: itself again, or the whole term split up."""
    for split in draft.parts[0].splits:
        inner = next(
            (one for one in _readings(split, hinted=True) if measure(one) == measure(found[:1])), None
        )
        if inner is None or (len(inner) > 1 and len(found) > 1):
            raise Unreadable(
                "The lengths disagree: what stands in brackets does not add up to the one before it."
            )
        if len(inner) > 1:
            marked = draft.is_total or any(part.marked for part in split.parts[1:])
            if not marked and len(set(_each(inner))) == 1:
                raise Unreadable(
                    "The brackets could split up the length or add to it. Write it like 2+2 or 4+2+2."
                )
            found = inner
        elif draft.is_total and len(found) == 1:
            raise Unreadable("Only the whole term is given here, not what part of it is certain.")
    return found


def _check_counts(options: Sequence[Part], lists: Sequence[Lengths]) -> None:
    """Options spoken of in the plural must be at least two; what is said of each must be about several."""
    clause: list[int] = []
    for at, part in enumerate(options):
        if re.search("[oOqaEe]", part.lead) or not clause:
            clause = []
        clause.append(at)
        is_last = at + 1 == len(options) or re.search("[oOqaEe]", options[at + 1].lead) is not None
        words = "".join(options[one].lead + options[one].tail for one in clause)
        several = sum(len(lists[one]) for one in clause) > 1 or any(options[one].counted for one in clause)
        if is_last and not several and re.search("[OESk]", words):
            raise Unreadable("It is not clear how many options there are. Write every one, like 3+1+1.")


def _check_total(total: Part, found: Lengths) -> bool:
    """Whether a total is that of all lengths; otherwise it must be that of the options alone."""
    said = [with_unit(total.amounts, unit) for unit in "ym"] if not total.amounts[0].unit else [total.amounts]
    for split in total.splits:
        if any(measure(inner) != measure(total.amounts) for inner in _readings(split, hinted=False)):
            raise Unreadable("The words in brackets disagree with the total before them.")
    if len(found) == 1:
        raise Unreadable(
            "A longest term is given, but not how long the options are. Write every one, like 3+1+1."
        )
    if not any(measure(one) in (measure(found), measure(found[1:])) for one in said):
        raise Unreadable(f"The total given (“{total.text}”) disagrees with the sum of the parts.")
    return any(measure(one) == measure(found) for one in said)


def _check_days(draft: Draft, found: Lengths) -> None:
    """First and last days given must be those of the first term, or of all of it."""
    if not draft.days:
        return
    start, end = draft.days
    for lengths in (found[:1], found):
        months, days = measure(lengths)
        whole = months.denominator == days.denominator == 1 and months < _LONGEST_MONTHS
        if whole and last_day_of_months(start, int(months)) + timedelta(days=int(days)) == end:
            return
    raise Unreadable("The dates given disagree with the length.")
