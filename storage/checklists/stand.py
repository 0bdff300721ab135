"""How a run stands: its answers with their effects and all that is counted of them, by way of how it stood before.

An answer to a long checklist is worked out when it is saved and again when it is shown. What was worked out last is
kept for the few runs used last, so that only what differs from then is worked out at all; it is never older than the
answers it is asked for, since those are compared.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from threading import local

from storage.checklists.answers import Answer
from storage.checklists.live import Live
from storage.checklists.progress import Progress
from storage.checklists.structure import Template

MOST = 4  # runs


@dataclass(frozen=True, slots=True)
class Stand:
    """A run as it stands. `stops` says why it may not be completed, a line for each gate and demand."""

    answers: Mapping[str, Answer]
    progress: Progress
    stops: tuple[str, ...]
    in_short: str


@dataclass(slots=True)
class _Held:
    template: Template
    today: date
    live: Live
    stand: Stand


class _Kept(local):
    """The runs of one thread: what is worked out in the background stays apart."""

    def __init__(self) -> None:
        self.runs: OrderedDict[str, _Held] = OrderedDict()


_KEPT = _Kept()


def stand_of(name: str, template: Template, given: Mapping[str, Answer], today: date) -> Stand:
    """How a run stands with these answers. `name` tells one run from another, and decides nothing."""
    runs = _KEPT.runs
    held = runs.pop(name, None)
    if held is None or held.template is not template or held.today != today:
        live = Live(template, given, today)
        held = _Held(template, today, live, _stand(live))
    elif _brought_up(held.live, given):
        held.stand = _stand(held.live)
    runs[name] = held
    while len(runs) > MOST:
        runs.popitem(last=False)
    return held.stand


def _brought_up(live: Live, given: Mapping[str, Answer]) -> bool:
    """Take in the answers that differ from those before; whether any did."""
    before = live.given
    changed = [each for each in before if each not in given]
    for question, answer in given.items():
        was = before.get(question)
        if was is not answer and was != answer:
            changed.append(question)
    for question in changed:
        live.set(question, given.get(question))
    return bool(changed)


def _stand(live: Live) -> Stand:
    return Stand(dict(live.answers), live.progress, tuple(live.stops), live.in_short)
