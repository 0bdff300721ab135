"""What a contract term says: its first length, its options, and the totals, splits and dates that must agree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from storage.engine.values import Unreadable
from storage.rules.term_amounts import kinds, with_amounts
from storage.rules.term_words import ADVICE, Amount, Token, tokens, without_refusal

_OPENING = re.compile(r"(?:[icpfvj,]|&(?=v))*(?:[qicpfj]*[UMT][UMTicpfqj,]*)?")
_TAIL_OF_FIRST = re.compile(r"[icpjTM,]*")
_TAIL_OF_OPTION = re.compile(r"(?:[oOqaEpScjkzTM,]|f(?=[qaEo])|(?<=[oO])e)*")
_TAIL_OF_TOTAL = re.compile(r"[icpTMaEoOqSj,]*")
_LEAD_OF_OPTION = re.compile(r"[oOqaEerfbUMTtcpSjz,]*")
_LEAD_OF_TOTAL = re.compile(r"[UMTtfcpqjS,]*")
_TO_THE_WHOLE = re.compile(r"[ea][cpzj,]*t[MTfcp]*$")  # extend to a maximum of
_JOINS = ("", "+", "w", "&", "=", "&w", ";", ";w", ";&")
_MARK = re.compile("[oOqaEe]")


@dataclass(slots=True)
class Part:
    """One amount of the text with the words around it."""

    amounts: tuple[Amount, ...]
    counted: bool
    joined: bool
    text: str
    between: str = ""  # commas, pluses and the like before it
    in_words: bool = False  # the plus before it is the word
    lead: str = ""  # kinds of the words between those and the amount
    tail: str = ""  # kinds of the words after it
    role: str = "first"  # or option, total
    step: Amount | None = None
    splits: list[Draft] = field(default_factory=list)

    @property
    def marked(self) -> bool:
        """Whether the words around it say that it is optional."""
        return self.counted or _MARK.search(self.lead + self.tail) is not None

    @property
    def added(self) -> bool:
        """Whether it says of itself that it comes on top: an option, an extension, a further period, a plus."""
        return "+" in self.between or re.search("[oOqaEer]", self.lead + self.tail) is not None


@dataclass(slots=True)
class Draft:
    """The parts of a text in order, before it is known which unit a bare number counts."""

    parts: list[Part]
    days: tuple[date, ...] = ()

    @property
    def options(self) -> list[Part]:
        """The parts that are options."""
        return [part for part in self.parts if part.role == "option"]

    @property
    def totals(self) -> list[Part]:
        """The parts that only say how long all of it is."""
        return [part for part in self.parts if part.role == "total"]

    @property
    def is_total(self) -> bool:
        """Whether the first amount is said to be the whole: `up to a maximum of 5 years (3+1+1)`."""
        first = self.parts[0]
        return re.search("[UMT]", first.lead + first.tail) is not None


def draft_of(text: str) -> Draft:
    """The parts of a term as written. Raises Unreadable for everything that is not certain."""
    plain, refused = without_refusal(text)
    words = tokens(plain)
    draft = _drafted(with_amounts([Token(",") if token.kind == "C" else token for token in words]))
    if "C" in kinds(words) and len(draft.parts) == 1 and not draft.parts[0].splits:
        raise Unreadable("A condition is set, so it is not certain that it runs so long.")
    if refused and len(draft.parts) > 1:
        raise Unreadable("It says that there is no extension, and mentions one.")
    return draft


def _drafted(words: list[Token], said_again: bool = False) -> Draft:
    """The parts of tokens with amounts; what is only said again in brackets may be a count of options alone."""
    days = tuple(day for token in words if token.kind == "D" for day in token.days)
    words = _total_set_apart([token for token in words if token.kind != "D"])
    parts: list[Part] = []
    gaps: list[list[Token]] = [[]]
    for token in words:
        if token.kind == "Q":
            parts.append(Part(token.amounts, token.counted, token.joined, token.text))
            gaps.append([])
        else:
            gaps[-1].append(token)
    if not parts:
        raise Unreadable(f"This is not a term. {ADVICE}")
    alone = said_again and len(parts) == 1 and parts[0].counted
    parts[0].lead = "" if alone and re.fullmatch("[oae,]*", kinds(gaps[0])) else _opening(gaps[0])
    for part, following, gap in zip(parts, [*parts[1:], None], gaps[1:], strict=True):
        gap = _splits_taken(part, gap)
        if following is not None:
            _share_words(part, following, gap, is_first=part is parts[0])
        else:
            part.tail = kinds(gap)
            _steps_taken(part, gap)
    for part, following in zip(parts[-2:0:-1], parts[:1:-1], strict=True):
        if (
            following.between in ("+", "&")
            and not following.lead
            and not part.tail
            and not part.amounts[0].unit
        ):
            part.tail = "".join(_MARK.findall(following.tail))  # with 1 + 1 optional
    for at, part in enumerate(parts):
        _give_role(part, parts[:at], alone)
    return Draft(parts, days)


def _total_set_apart(words: list[Token]) -> list[Token]:
    """`5 years in total: 3+1+1` as if what follows stood in brackets."""
    letters = kinds(words)
    match = re.match(r"([^Q]*Q[TM]*),[icpf,]*(?=Q)", letters)
    if match is None or not re.search("[UMT]", match[1]) or len(re.findall("Q", letters)) < 3:
        return words
    cut = match.end(1)
    return [*words[:cut], Token("G", inside=tuple(words[cut + 1 :]))]


def _opening(gap: list[Token]) -> str:
    """The words before the first amount."""
    lead = kinds(gap)
    if not _OPENING.fullmatch(lead):
        raise Unreadable(f"The first length is missing, or the words before it cannot be read. {ADVICE}")
    return lead


def _splits_taken(part: Part, gap: list[Token]) -> list[Token]:
    """The gap without what stands in brackets, which goes to the part before it."""
    rest: list[Token] = []
    for token in gap:
        if token.kind != "G":
            rest.append(token)
        elif re.search("[w&+=]", kinds(rest)):
            raise Unreadable(f"It is not clear what the words in brackets belong to. {ADVICE}")
        else:
            part.splits.append(_drafted(list(token.inside), said_again=True))
    return rest


def _share_words(part: Part, following: Part, gap: list[Token], is_first: bool) -> None:
    """The words between two amounts: those that end the first, what joins them, those that begin the second."""
    letters = kinds(gap)
    match = re.match(r"([^,;w&+=]*)([,;w&+=]*)", letters)
    tail, following.between = match.groups() if match else ("", "")
    if not following.between:
        ending = re.match(r"[icp]*" if is_first else r"[oOqaEpSckjz]*?(?=[fqcp]*[UMTt])", letters)
        if ending is None:
            raise Unreadable(f"Nothing joins “{part.text}” and “{following.text}”. {ADVICE}")
        tail = ending.group()
    if following.between.replace(",", "") not in _JOINS:
        raise Unreadable(f"A part of the term is missing before “{following.text}”. {ADVICE}")
    cut = len(tail) + len(following.between)
    part.tail, following.lead = tail, letters[cut:]
    following.in_words = any(token.text == "plus" for token in gap)
    _steps_taken(part, gap[: len(tail)])
    _steps_taken(following, gap[cut:])


def _steps_taken(part: Part, words: list[Token]) -> None:
    """`in 12 month increments`, kept with the amount it splits."""
    for token in words:
        if token.kind == "z":
            if part.step is not None:
                raise Unreadable("It says twice how the extension is split up.")
            part.step = token.amounts[0]


def _give_role(part: Part, earlier: list[Part], alone: bool) -> None:
    """Whether an amount is the first, an option or a total, and whether the words around it allow that."""
    tail = _TAIL_OF_OPTION if alone else _TAIL_OF_FIRST
    if earlier:
        part.role = _role(part)
        tail = _TAIL_OF_TOTAL if part.role == "total" else _TAIL_OF_OPTION
    if part.counted and not alone and part.role != "option":
        raise Unreadable(f"Only options are given here, not the first length. {ADVICE}")
    if re.search("[oOaEe]", part.tail) and not tail.fullmatch(part.tail):
        raise Unreadable("An extension is mentioned, but not how long it is.")
    if part.tail.endswith("+"):
        raise Unreadable(f"A part of the term is missing after the plus. {ADVICE}")
    if not tail.fullmatch(part.tail):
        raise Unreadable(f"The words after “{part.text}” cannot be read safely. {ADVICE}")
    if part.role == "option":
        if any(one.role == "total" for one in earlier):
            raise Unreadable(f"Another length, “{part.text}”, follows the total. {ADVICE}")
        _check_option(part, [one for one in earlier if one.role == "option"])
        _check_rest(part, earlier[-1])


def _role(part: Part) -> str:
    """Whether an amount after the first is an option, or says how long all of it is."""
    around = part.lead + part.tail
    if "+" in part.between or re.search("[oOaEerb]", part.lead):
        return "option"
    if not _LEAD_OF_TOTAL.fullmatch(part.lead):
        return "option"
    if re.search("[MT]", around) or "=" in part.between:
        return "option" if "T" not in around and re.search("[aEeoO]", part.tail) else "total"
    if "U" in part.lead and not re.search("[w&]", part.between) and not _MARK.search(part.tail):
        return "total"
    return "option"


def _check_option(part: Part, earlier: list[Part]) -> None:
    """An option must be joined and marked as one, so that no part of the first term is taken for one."""
    sure = part.counted or re.search("[oOqaEer]", part.lead) is not None
    plus, comma_only = "+" in part.between, not re.search("[w&+]", part.between)
    added = plus or "&" in part.between
    if "t" in part.lead and not _TO_THE_WHOLE.search(part.lead):
        raise Unreadable("It could mean more than one length. Write the one that was agreed.")
    if (
        not _LEAD_OF_OPTION.fullmatch(part.lead)
        or re.search("[UMTt].*e", part.lead)
        or (not part.between and not re.search("^[^TMz]*[oOqaEer]", part.lead))
        or part.joined
        or "=" in part.between
        or (";" in part.between and not re.search("[woOaEer&]", part.between + part.lead))
        or (earlier and (not added or ";" in part.between))
        or not (plus or sure or _MARK.search(part.tail) or (earlier and "&" in part.between))
        or (comma_only and not sure and not re.search("[oOaEe]", part.tail))
    ):
        raise Unreadable(f"It is not clear whether “{part.text}” is an option. {ADVICE}")
    if _MARK.search(part.lead) and any(not one.marked for one in earlier):
        raise Unreadable(f"It is not clear whether everything before “{part.text}” is certain. {ADVICE}")


def _check_rest(part: Part, before: Part) -> None:
    """What a bare plus adds must not be the odd months, weeks or days of the length before it, or another thing."""
    if part.marked or "r" in part.lead or "+" not in part.between:
        return
    larger, smaller = before.amounts[-1].unit, part.amounts[0]
    odd = (larger == "y" and smaller.unit == "m" and smaller.number < 12) or (
        larger in ("y", "m") and smaller.unit in ("w", "d")
    )
    other = "c" in part.tail and larger and smaller.unit
    if other or (part.in_words and odd):
        raise Unreadable(f"It is not clear whether “{part.text}” is an option. {ADVICE}")
