"""The words a contract term is written in, cut into tokens of a known kind; a word nobody listed is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from storage.engine.values import Unreadable, read_day
from storage.engine.values_plain import COUNTING_WORDS, tidy

LONGEST = 300
"""The most characters a term may be written in: a full sentence of a contract notice."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and the unit written with it; no unit when the number stands bare."""

    number: Fraction
    unit: str = ""
    coded: bool = False  # the unit is a single letter, as in 36m


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign; `kind` is one letter of KINDS, so that grammar can be written as patterns."""

    kind: str
    text: str = ""
    number: Fraction = Fraction(0)
    unit: str = ""
    days: tuple[date, ...] = ()
    amounts: tuple[Amount, ...] = ()
    counted: bool = False  # the amounts stand for options counted one by one
    joined: bool = False  # a year and some months, with "and" between them
    inside: tuple[Token, ...] = ()


KINDS = {
    "n": "number",
    "u": "unit of time",
    "H": "half",
    "+": "plus",
    "x": "times",
    "2": "twice, three times",
    "(": "opening bracket",
    ")": "closing bracket",
    "{": "start of what is said again",
    "}": "end of what is said again",
    ",": "comma, colon, full stop, or a phrase that changes nothing",
    "C": "who decides, or on what condition",
    ";": "opening of something set off in brackets",
    "s": "dash between spaces",
    "-": "dash without spaces",
    "=": "equals",
    "w": "with",
    "&": "and, then",
    "B": "that is, made up of",
    "A": "article",
    "q": "optional",
    "o": "option",
    "O": "options",
    "e": "to extend",
    "a": "extension",
    "E": "extensions",
    "r": "further",
    "p": "period, term",
    "S": "periods, terms",
    "N": "increments",
    "U": "up to",
    "M": "maximum",
    "T": "in total",
    "k": "each",
    "Y": "annual",
    "y": "annually",
    "l": "in, as",
    "t": "to",
    "b": "by",
    "f": "for, of",
    "i": "initial",
    "c": "contract",
    "v": "verb before the first term",
    "j": "word that changes nothing in an option",
    "F": "from",
    "d": "date",
    "Q": "amounts of time",
    "z": "split into steps",
    "G": "what was said again in brackets",
    "D": "first and last day",
}
"""What each kind of token stands for; the last four are made from others."""

_PARTY = (
    r"(?:(?:contracting )?authority|council|commissioners?|trust|icb|ccg|buyer|customer|client|purchaser|parties"
    r"|contractor|supplier|provider)(?: and (?:the )?(?:contractor|supplier|provider))?"
)
_CONDITION = (
    r"(?:(?:the|a|both|mutual|satisfactory|continued|continuing|good|annual|contract|budget|supplier|provider|service"
    r"|board|cabinet|performance) )*(?:performance|delivery|need|demand|affordability|funding availability|funding"
    r"|agreement|review|approval|budget availability|budget"
    r"|availability of fund(?:ing|s))"
    rf"(?: (?:of|by|between) (?:(?:the|both|all) )?(?:{_PARTY}))?"
)
_EVENT = (
    r"(?:the )?(?:date of )?(?:contract |service )?(?:award|signature|signing|commencement|start|go[- ]live)(?: date)?"
    r"(?: of (?:the )?(?:contract|agreement|services?))?"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_FROM = (
    r"(?:(?:to |which )?(?:commenc(?:e|es|ing)|start(?:s|ing)?|beginning)|(?:with )?effect(?:ive)?(?: from)?|wef|from)"
    r"(?: (?:on|from|in))?(?: the)?"
)
# Phrases that say who decides or on what condition: they change no length of an option.
_CONDITIONS = (
    rf"subject to {_CONDITION}(?: and {_CONDITION})?",
    rf"(?:dependent|conditional|contingent) (?:up)?on {_CONDITION}",
    r"(?:up)?on (?:satisfactory|successful) (?:performance|delivery|service delivery)",
    rf"(?:by|with|on) (?:(?:the|mutual|joint) )*agreement(?: (?:of|by|between) (?:(?:the|both|all) )?(?:{_PARTY}))?",
    r"if (?:required|needed|agreed|mutually agreed|both parties agree)(?: by (?:both|the) parties)?",
    rf"at (?:the )?(?:sole |absolute |entire )*(?:discretion|option) of (?:the )?(?:{_PARTY})",
    rf"at (?:the )?(?:{_PARTY})'?s?'? (?:sole |absolute |entire )*(?:discretion|option)",
    r"at (?:our|its|their) (?:sole |absolute |entire )*discretion",
)
_DATE = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: day)?(?: of)? {_MONTH}\.?,? (?:\d{{4}}|\d\d)(?!\d)"
    r"|\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)(?!\d)|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)(?!\d)"
    r"|\d{4}-\d\d-\d\d(?!\d)"
)
_NUMBER_WORD = "|".join(sorted(COUNTING_WORDS, key=len, reverse=True))
# Tried in this order at every place of the text; the first that fits makes the token.
_PATTERNS: tuple[tuple[str, str], ...] = (
    *(("C", rf"\b{phrase}\b") for phrase in _CONDITIONS),
    (",", rf"\b{_FROM} {_EVENT}\b|\bon the same terms(?: and conditions)?\b"),
    ("d", rf"\b(?:{_DATE})"),
    ("d", rf"\b{_MONTH} \d{{4}}\b"),
    ("F", rf"\b{_FROM}\b"),
    ("T", r"\b(?:in total|in all|(?:including|inclusive of|incl\.?)(?: all| any| the)? (?:optional )?"
          r"(?:extensions?|options|extension options)(?! of| for| to))\b"),
    ("U", r"\b(?:any period (?:of )?)?up ?to\b"),
    ("e", rf"\b(?:(?:which|that|and|(?:the )?(?:{_PARTY})) )?(?:may|can|could) (?:be )?extend(?:ed)?\b"),
    ("e", r"\b(?:to extend|extend|extendable|extendible|extending|to renew(?= for))\b"),
    ("j", rf"\b(?:the )?(?:{_PARTY}) (?:has|have|will have|shall have|reserves?)\b|\b(?:for|by) the (?:{_PARTY})\b"),
    ("j", r"\b(?:there|this|it) (?:is|are|will be|shall be|includes)\b"),
    ("B", r"\b(?:i\.e\.?|ie|that is|namely|comprising|comprised of|consisting of|made up of|split (?:into|as)"
          r"|broken down (?:into|as))(?![a-z])"),
    ("t", r"\b(?:(?:and )?(?:ending|expiring|finishing) on|until|till|through to)\b"),
    ("y", r"\b(?:annually|on an? (?:annual|yearly) basis|one year at a time)\b"),
    ("2", r"\b(?:twice|(?:two|2|three|3|four|4) times|on (?:up to )?(?:two|2|three|3)(?: separate)? occasions)\b"),
    ("&", r"\b(?:and )?(?:then|followed by)\b"),
    ("w", r"\b(?:together with|along with|subject to)\b"),
    ("v", r"\b(?:to run|in place)\b"),
    ("space", r"\b(?:calendar|full|complete|clear)(?= (?:days?|weeks?|months?|years?)\b)"),
    ("n", rf"\b(?:{_NUMBER_WORD})\b"),
    ("n", r"(?<![\d.,])(?:\d+(?:\.\d+)?(?: ?[½¼¾]|(?!\d|[.,]\d))|[½¼¾])"),
    ("word", r"[a-z]+(?:'s?(?![a-z]))?"),
    ("s", r"(?<= )-+ "),
    ("+", r"\+"),
    ("x", r"[x×✕✖*]"),
    ("(", r"[(\[]"),
    (")", r"[)\]]"),
    (",", r"[,;:.]"),
    ("-", r"-"),
    ("=", r"="),
    ("&", r"&"),
    ("space", r"[ \"“”]"),
)  # fmt: skip
_SCANNER = re.compile("|".join(f"(?P<g{at}>{regex})" for at, (_, regex) in enumerate(_PATTERNS)), re.ASCII)
_UNITS = {
    "d": ("d", "day", "days"),
    "w": ("w", "wk", "wks", "week", "weeks"),
    "m": ("m", "mo", "mos", "mth", "mths", "mnth", "mnths", "month", "months"),
    "y": ("y", "yr", "yrs", "year", "years"),
}
_UNIT_WORDS = {word: unit for unit, words in _UNITS.items() for word in words}
_WORDS = {
    word: kind
    for kind, words in {
        "+": "plus",
        "x": "x",
        "H": "half",
        "w": "with having",
        "&": "and",
        ",": "but however making giving bringing",
        "A": "a an the",
        "q": "optional possible potential discretionary opt",
        "o": "option possibility opportunity ability right provision facility scope",
        "O": "options opts possibilities opportunities",
        "a": "extension ext extn extention",
        "E": "extensions exts extns extentions",
        "r": "further additional extra another more subsequent",
        "p": "period term",
        "S": "periods terms",
        "N": "increment increments tranche tranches block blocks step steps instalment instalments",
        "M": "maximum max",
        "T": "total totalling overall altogether",
        "k": "each",
        "Y": "annual yearly",
        "l": "in as into",
        "t": "to",
        "b": "by",
        "f": "for of",
        "i": "initial initially core fixed base original primary firm certain guaranteed committed",
        "c": "contract contracts agreement agreements framework frameworks duration length lease licence grant"
        " sla service services concession award appointment tenancy",
        "v": "is be will shall run runs running continue continues last lasts lasting let awarded commissioned this"
        " our",
        "j": "single separate successive consecutive individual available permitted",
    }.items()
    for word in words.split()
}
_KNOWN = {*_WORDS, *_UNIT_WORDS, *(f"{word}{end}" for word in _UNIT_WORDS for end in ("'", "'s"))}
_SAYS_WHY = {
    "It says that there is no fixed end, so there is no term to read.": (
        "rolling ongoing perpetual evergreen indefinite indefinitely continuous permanent open-ended open"
        " automatic automatically auto renew renews renewal renewals renewable renewed recurring periodic"
    ),
    "It does not say yet how long the contract runs.": (
        "tbc tba tbd unknown various varies pending none nil na blank see refer ?"
    ),
    "A break, notice or termination is mentioned. Write the term alone; those have fields of their own.": (
        "break breaks notice terminate terminated termination terminable breakpoint"
    ),
    "It could mean more than one length. Write the one that was agreed.": (
        "or either between range lot lots phase phases /"
    ),
    "It says only about how long. Write the length that was agreed.": (
        "about approximately approx circa c around minimum min least estimated expected anticipated ~"
    ),
    "Something is taken away or ruled out here, and that cannot be read safely.": (
        "not no less minus without excluding except excl exclusive unless never neither nor"
    ),
    "Money or a share is mentioned. Write the term alone.": "£ € $ % per",
    "It does not say plainly whether the options are part of this length. Write it like 3+1+1.": (
        "including includes included inclusive incl inc which whichever"
    ),
}
_REASONS = {word: reason for reason, words in _SAYS_WHY.items() for word in words.split()}
_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_TIDYING = (
    (re.compile(r"&amp;"), "&"),
    (re.compile(r"＋"), "+"),
    (re.compile(r"\u00ad"), ""),
    (re.compile(r"(?<=[a-z])\(s\)"), "s"),  # year(s)
    (re.compile(r"\b(yrs?|mths?|mnths?|mos?|wks?|max|exts?|extns?|opts?)\.(?= |$|[),;+])"), r"\1"),
    (re.compile(r"\bw\.e\.f\.?"), "wef"),
    (re.compile(r"-and-a-half[ -]"), " and a half "),
    (re.compile(r"\bon an? (\d[\dxmy+ ]*) basis\b"), r"(\1)"),
)
_NO_EXTENSION = re.compile(
    r"[ ,;:.(-]*\b(?:(?:and |but )?(?:with )?(?:no|without(?: any)?)(?: (?:further|optional|available|possible))*"
    r" (?:options?|extensions?|extension (?:options?|periods?|provisions?))"
    r"(?: (?:to extend|for extension|of extension|available|permitted|allowed|possible))?"
    r"|(?:and |with )?(?:options?|extensions?|extension options?)(?: to extend)? ?[:=-]? ?(?:none|nil|n/a))[ ).]*$"
)


def without_refusal(text: str) -> tuple[str, bool]:
    """The tidied text in lower case without a closing `no extension`, and whether there was one.

    Raises Unreadable for an empty text and one of more than LONGEST characters.
    """
    plain = tidy(text, LONGEST).lower()
    for pattern, instead in _TIDYING:
        plain = pattern.sub(instead, plain)
    shorter = _NO_EXTENSION.sub("", plain)
    return shorter, shorter != plain


def tokens(text: str) -> list[Token]:
    """The tokens of a tidied text in lower case. Raises Unreadable when a word or sign is not known."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        match = _SCANNER.match(text, place)
        kind = _PATTERNS[int(match.lastgroup[1:])][0] if match and match.lastgroup else ""
        if match is None or (kind == "word" and match.group() not in _KNOWN):
            raise Unreadable(_reason(text, place))
        place = match.end()
        if kind != "space":
            found.append(_token(kind, match.group()))
    return found


def _reason(text: str, place: int) -> str:
    """Why a text cannot be read that has an unknown word or sign at this place; a word that tells more goes first."""
    for word in re.findall(r"[a-z]+|[/?~£€$%]", text):
        if word in _REASONS:
            return _REASONS[word]
    unknown = re.compile(r"[a-z']+|[\d.,]+|.").match(text, place)
    return f"“{unknown.group() if unknown else text}” cannot be read here. {ADVICE}"


ADVICE = "Write the term like 3+1+1, 36m+12m or 2 years + 12 months."
"""How a term is best written; the end of most refusals."""


def _token(kind: str, text: str) -> Token:
    """The token of one find of the scanner."""
    if kind == "word":
        return _word(text)
    if kind == "n":
        return Token("n", text, _number(text))
    if kind == "2":
        found = re.search(rf"\b(?:{_NUMBER_WORD}|\d)\b", text)
        return Token("2", text, _number(found.group()) if found else Fraction(2))
    if kind == "d" and text[0].isdigit():
        return Token("d", text, days=(read_day(text.replace(" day of", "")),))
    return Token(kind, text)


def _number(text: str) -> Fraction:
    """The number a word or digits stand for; `2½` is two and a half."""
    if text in COUNTING_WORDS:
        return Fraction(COUNTING_WORDS[text])
    part = _FRACTIONS.get(text[-1])
    digits = text.rstrip(" ½¼¾")
    if len(digits) > 8:
        raise Unreadable("This number is too large for a term.")
    return Fraction(digits or 0) + (part or 0)


def _word(text: str) -> Token:
    """The token of one known word."""
    plain = text.removesuffix("'s").removesuffix("'")
    if plain in _UNIT_WORDS:
        return Token("u", plain, unit=_UNIT_WORDS[plain])
    return Token(_WORDS[text], text)
