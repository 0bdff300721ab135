"""Taking a form that came back over: the run it is for, a backup, then what was chosen as one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.desk.checklists.run_home import taking
from storage.engine.backup import backups
from storage.engine.reading import Reader
from storage.engine.steps import IMPORT, Progress
from storage.engine.store import Store
from storage.exchange.forms.plan import Change, FormHome
from storage.exchange.forms.returned import Returned
from storage.exchange.tables.sheet import SourceError
from storage.records.assessments import Run


def run_of_form(reader: Reader, returned: Returned) -> int:
    """The run a form was sent for. Raises SourceError when it is not in this file, or nothing says which it is."""
    run = reader.by_uuid(Run, [returned.run]).get(returned.run) if returned.run else None
    if run is not None:
        return run.key
    if not returned.run:
        raise SourceError(
            f"“{returned.source}” no longer says which checklist it was sent for.",
            "Ask for it as it was sent, or type the answers in by question number.",
        )
    named = returned.facts.get("named", "a checklist")
    raise SourceError(
        f"“{returned.source}” was sent out for {named}, which is not in this file.",
        "Open the file it was sent from, or take the checklist out of the bin, and bring it home there.",
    )


def taking_home(store: Store, home: FormHome, chosen: Sequence[Change]) -> Iterator[Progress]:
    """A backup, then what was chosen as one step that Undo takes back. Raises `Refused` for a signed run."""
    yield from backups.making(store.file, backups.BEFORE_IMPORT)
    work = taking(store, home.run, [change.taken for change in chosen])
    yield from store.long_step(home.label, work, IMPORT)


def counts_of(home: FormHome, chosen: Sequence[Change]) -> dict[str, object]:
    """What came back and what is taken, in numbers and by question, for the command line."""
    return {
        "read": home.read,
        "questions_that_differ": len(home.changes),
        "conflicts": sum(change.conflict for change in home.changes),
        "taken": [change.question.id for change in chosen],
        "by": home.by,
        "sent": home.exported,
        "differences": [
            {"question": change.question.id, "what": d.label, "as_sent": d.base, "theirs": d.theirs, "mine": d.mine,
             "conflict": d.conflict}
            for change in home.changes for d in change.differences
        ],
        "left_out": [
            {home.rows_are.lower(): p.row, "what": p.column, "value": p.value, "why": p.why} for p in home.problems
        ],
    }  # fmt: skip
