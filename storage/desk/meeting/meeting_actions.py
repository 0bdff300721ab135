"""The actions of a meeting as its pack numbers them: open ones keep their number, blank lines are N1, N2, …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from storage.desk.contract.contract_actions import meetings_of, open_numbered
from storage.desk.writing import held, joined_step
from storage.engine.errors import StorageError
from storage.engine.reading import Reader
from storage.engine.store import Store
from storage.records.actions import Action
from storage.records.meetings import ReviewMeeting

BLANK_LINES = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: an open action under its number, or a blank line to be filled."""

    number: str
    title: str = ""
    owner: str = ""
    due: date | None = None
    done: bool = False
    action: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not (self.title.strip() or self.owner.strip() or self.due or self.done)


def pack_meeting(reader: Reader, contract_id: int, today: date) -> ReviewMeeting | None:
    """The meeting a pack is for when nobody says which: the next one, else the last that was held."""
    every = meetings_of(reader, contract_id)
    ahead = [m for m in every if m.on is not None and m.on >= today]
    return ahead[-1] if ahead else next(iter(every), None)


def blank_number(place: int) -> str:
    """The number of a blank line, from 1: the same on paper and in the dialog."""
    return f"N{place}"


def entries(reader: Reader, meeting: ReviewMeeting, blanks: int = BLANK_LINES) -> list[Entry]:
    """The lines of a meeting, the action due first at the top, then the blank ones."""
    waiting = open_numbered(reader, meeting.contract or 0)
    order = sorted(waiting.items(), key=lambda pair: (pair[1].due or date.max, pair[0]))
    lines = [Entry(str(n), a.title, a.owner, a.due, action=a.key) for n, a in order]
    return lines + [Entry(blank_number(place)) for place in range(1, blanks + 1)]


def enter(store: Store, meeting_id: int, lines: Sequence[Entry]) -> int:
    """Write what was changed and what is new as one step; how many actions that touched.

    What is done is done on the day of the meeting, or today when that lies ahead. Raises `StorageError` for a line
    that does not say what is to be done; nothing is then written.
    """
    meeting = held(store, ReviewMeeting, meeting_id)
    day = min(meeting.on or store.today(), store.today())
    before = store.many(Action, [line.action for line in lines if line.action is not None])
    changed = []
    for line in lines:
        if line.action is None and line.is_blank:
            continue
        if not line.title.strip():
            raise StorageError(f"Line {line.number} does not say what is to be done. Nothing was saved.")
        old = before.get(line.action or 0, Action(contract=meeting.contract, meeting=meeting_id))
        new = _as_entered(old, line, day)
        if new != old or new.id is None:
            changed.append(new)
    if changed:
        with joined_step(store, f"Enter the actions of {meeting.name}"):
            store.save_many(changed)
    return len(changed)


def _as_entered(action: Action, line: Entry, day: date) -> Action:
    after = replace(action, title=line.title.strip(), owner=line.owner.strip(), due=line.due)
    return replace(after, status="Done", done_on=action.done_on or day) if line.done else after
