"""What a person should know of a Word document that was read, in sentences with what stands behind each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from storage.exchange.word.source import Told, WordSource

_SHOWN = 160  # letters of one thing that is listed


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence, and the things it is about one by one."""

    words: str
    lines: tuple[str, ...] = ()


def sayings(source: WordSource) -> list[Saying]:
    """What was accepted, kept elsewhere or left out, the most important first."""
    made = []
    for sorts, sentence in _SENTENCES:
        told = [each for each in source.told if each.sort in sorts]
        if told:
            made.append(Saying(sentence(len(told)), tuple(filter(None, map(_line, told)))))
    more = sum(int(each.words) for each in source.told if each.sort == "more")
    if more:
        made.append(Saying(f"And {more:,} more changes or comments, which are not listed."))
    if source.pictures:
        made.append(
            Saying(f"{_count(len(source.pictures), 'picture')} will be attached, in place in the text.")
        )
    return made


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _changes(number: int) -> str:
    return f"{_count(number, 'tracked change')} {'is' if number == 1 else 'are'} taken as accepted."


def _comments(number: int) -> str:
    return f"{_count(number, 'comment')} {'is' if number == 1 else 'are'} not brought in."


def _boxes(number: int) -> str:
    stand = "stands" if number == 1 else "stand"
    return f"{_count(number, 'text box', 'text boxes')} {stand} in the text as a quotation."


def _furniture(number: int) -> str:
    return f"{_count(number, 'line')} at the head or foot of pages {'is' if number == 1 else 'are'} not brought in."


def _left_out(what: str) -> Callable[[int], str]:
    return lambda number: what


_SENTENCES: Sequence[tuple[tuple[str, ...], Callable[[int], str]]] = (
    (("inserted", "deleted"), _changes),
    (("comment",), _comments),
    (
        ("drawing",),
        lambda n: f"{_count(n, 'drawing')} cannot be kept: charts, shapes and diagrams have no text form.",
    ),
    (("outside",), lambda n: f"{_count(n, 'picture')} not in the file itself cannot be fetched."),
    (("embedded",), lambda n: f"{_count(n, 'document')} within the document cannot be read."),
    (
        ("nested",),
        lambda n: f"{_count(n, 'table')} inside a cell {'stands' if n == 1 else 'stand'} below its table.",
    ),
    (("box",), _boxes),
    (("furniture",), _furniture),
    (("contents",), _left_out("The list of contents is left out; the outline takes its place.")),
    (
        ("head",),
        _left_out("Title and facts at the head of the document are left out; the specification has its own."),
    ),
)


def _line(told: Told) -> str:
    words = told.words if len(told.words) <= _SHOWN else f"{told.words[:_SHOWN].rstrip()}…"
    if not words or told.sort in ("contents", "head"):
        return ""
    does = {"inserted": "Put in: ", "deleted": "Taken out: "}.get(told.sort, "")
    return f"{does}“{words}”" + (f" ({told.by})" if told.by else "")
