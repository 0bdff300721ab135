"""Commands as data: menus, the search and the shortcut list all read the same entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the program can do: its words, where it stands in the menus, its keys."""

    key: str
    title: str
    menu: str  # one of MENUS, or a menu inside one: "File/Print"
    icon: str = ""
    shortcut: str = ""
    writes: bool = False  # not offered when the file is open to read only
    divides: bool = False  # a line above it, or above the menu inside that it begins


COMMANDS: tuple[Command, ...] = (
    Command("file.new", "New file…", "File", "file-plus", "Ctrl+Shift+N"),
    Command("file.open", "Open…", "File", "folder-open", "Ctrl+O"),
    Command("file.again", "Open this file again", "File", "arrow-clockwise"),
    Command("file.sample", "Open the sample", "File", "book-open"),
    Command("file.copy", "Save a copy…", "File", "copy"),
    Command("file.publish", "Publish now", "File", "export", writes=True),
    Command("file.merge", "Merge another copy of this file…", "File", "graph", writes=True),
    Command("file.import", "Import a register or list…", "File", "tray-arrow-down", "Ctrl+I", writes=True,
            divides=True),
    Command("file.home", "Bring a workbook or form home…", "File", "box-arrow-down", "Ctrl+Shift+I", writes=True),
    Command("file.export", "Export the register to Excel…", "File/Export", "file-xls", "Ctrl+E", divides=True),
    Command("file.meeting", "Export for a meeting…", "File/Export", "file-xls", "Ctrl+Shift+E"),
    Command("list.export", "Export the list shown to Excel…", "File/Export", "file-xls"),
    Command("list.other", "Export another list to Excel…", "File/Export", "file-xls"),
    Command("text.export", "Export the specification or service…", "File/Export", "export"),
    Command("run.export", "Export the checklist…", "File/Export", "export"),
    Command("run.send", "Send the checklist to be filled in…", "File/Export", "file-xls"),
    Command("run.send_pdf", "Send the checklist as a PDF form…", "File/Export", "file-pdf"),
    Command("file.calendar", "Deadlines as a calendar file…", "File/Export", "calendar-blank"),
    Command("file.lga", "Publish to the Transparency Code layout (CSV)…", "File/Publication", "file-csv"),
    Command("file.ocds", "Publish as Open Contracting releases (OCDS)…", "File/Publication", "export"),
    Command("file.psr", "Annual summary of provider selection…", "File/Publication", "file-text"),
    Command("file.pipeline", "Procurement pipeline…", "File/Publication", "calendar-blank"),
    Command("file.print", "Print…", "File/Print", "printer", "Ctrl+P"),
    Command("print.timeline", "Print the timeline of contracts…", "File/Print", "printer"),
    Command("print.forward", "Print the forward plan…", "File/Print", "printer"),
    Command("print.compare", "Print the comparison of options…", "File/Print", "printer"),
    Command("print.since", "Print what has changed since a meeting…", "File/Print", "printer"),
    Command("meeting.pack", "Meeting pack…", "File/Print", "printer"),
    Command("file.blank", "Print a blank checklist…", "File/Print", "list-checks"),
    Command("file.backup", "Back up now", "File", "shield-check", divides=True),
    Command("file.restore", "Restore…", "File", "clock-counter-clockwise"),
    Command("file.repair", "Repair into a new file…", "File", "first-aid-kit"),
    Command("file.check", "Check my file", "File", "check-circle"),
    Command("file.pack", "Hand-over pack…", "File/Hand over", "lock-simple"),
    Command("file.unpack", "Open a hand-over pack…", "File/Hand over", "lock-simple-open"),
    Command("file.removable", "Back up to a removable drive…", "File/Hand over", "export"),
    Command("file.open_data", "Everything as open data (JSON)…", "File/Hand over", "file-arrow-down"),
    Command("file.from_open_data", "New from open data…", "File/Hand over", "file-plus"),
    Command("file.quit", "Quit", "File", "sign-out", "Ctrl+Q", divides=True),
    Command("edit.undo", "Undo", "Edit", "arrow-counter-clockwise", "Ctrl+Z", writes=True),
    Command("edit.redo", "Redo", "Edit", "arrow-clockwise", "Ctrl+Y", writes=True),
    Command("edit.find", "Search or do anything", "Edit", "magnifying-glass", "Ctrl+K", divides=True),
    Command("edit.many", "Change the chosen…", "Edit", "sliders-horizontal", "Ctrl+M", writes=True),
    Command("edit.paste", "Paste rows from a spreadsheet…", "Edit", "tray-arrow-down", "Ctrl+V", writes=True),
    Command("edit.bin", "Move to the bin", "Edit", "trash", writes=True),
    Command("edit.forget", "Forget a person…", "Edit", "eye-slash", writes=True),
    Command("text.move", "Move the specification on…", "Edit", "arrow-right", writes=True),
    Command("text.outline", "Keep the specification as an outline…", "Edit", "list-bullets", writes=True),
    Command("provider.retire", "Retire or bring back the provider", "Edit", "sign-out", writes=True, divides=True),
    Command("edit.doubles", "Likely duplicates…", "Edit", "users-three"),
    Command("provider.merge", "Merge the provider into another…", "Edit", "graph", writes=True),
    Command("action.done", "Mark the action done, or open it again", "Edit", "check", writes=True),
    Command("new.contract", "New contract", "New", "plus", writes=True),
    Command("new.service", "New service", "New", "plus", writes=True),
    Command("new.provider", "New provider", "New", "plus", writes=True),
    Command("new.specification", "New specification…", "New", "plus", writes=True),
    Command("text.import", "Bring in a Word specification…", "New", "tray-arrow-down", writes=True),
    Command("new.checklist", "Start a checklist…", "New", "plus", writes=True),
    Command("new.action", "New action", "New", "plus", writes=True),
    Command("new.letter", "Write a letter…", "New", "pen-nib", writes=True),
    Command("year.begin", "New financial year…", "New", "calendar-blank", writes=True, divides=True),
    Command("contract.compare", "Compare options for the contract", "Go", "graph", "Ctrl+Shift+C"),
    Command("text.compare", "Compare texts of the specification", "Go", "columns"),
    Command("risks.matrix", "Open risks on one matrix…", "Go", "rows"),
    Command("file.settings", "My organisation and me…", "Settings", "gear", "Ctrl+,"),
    Command("view.system", "Light or dark as the system", "View", "sun"),
    Command("view.light", "Light", "View", "sun"),
    Command("view.dark", "Dark", "View", "moon"),
    Command("view.timeline", "Contracts on a timeline, or as a table", "View", "chart-bar", "Ctrl+T", divides=True),
    Command("view.pick", "Choose a view of the list…", "View", "list-bullets", "Ctrl+Shift+V"),
    Command("view.next", "Next view", "View", "arrow-right", "Ctrl+PgDown"),
    Command("view.previous", "View before", "View", "arrow-left", "Ctrl+PgUp"),
    Command("view.save", "Save as a view…", "View", "plus", writes=True),
    Command("view.group", "Group the list…", "View", "rows", "Ctrl+G"),
    Command("templates.open", "Checklist templates…", "Settings", "list-checks"),
    Command("letters.templates", "Letter templates…", "Settings", "file-text"),
    Command("view.lists", "Lists: lead times, meetings, limits…", "Settings", "list-bullets"),
    Command("view.fields", "Fields of your own…", "Settings", "sliders-horizontal"),
    Command("view.remembered", "Remembered imports…", "Settings", "tray-arrow-down"),
    Command("view.bin", "The bin…", "View", "trash", divides=True),
    Command("since.keep", "Keep what is shown for a meeting…", "View", "push-pin", writes=True),
    Command("view.as_at", "The register as at a past day…", "View", "clock-counter-clockwise"),
    Command("view.today", "Back to today’s register", "View", "arrow-left"),
    Command("view.history", "History of this file…", "View", "clock"),
    Command("help.keys", "Keyboard shortcuts", "Help", "keyboard", "Ctrl+/"),
    Command("help.where", "Where my file and copies are", "Help", "info"),
    Command("help.safety", "How we know your work is safe", "Help", "shield-check"),
    Command("help.report", "Report a problem…", "Help", "warning-circle"),
    Command("help.about", "About Commissioning Desk", "Help", "info"),
)  # fmt: skip
BY_KEY = {c.key: c for c in COMMANDS}
MENUS = ("File", "Edit", "New", "Go", "View", "Settings", "Help")
Run = Callable[[], object]


def when_asked(keys: Sequence[str], bring: Callable[[], Mapping[str, Run]]) -> dict[str, Run]:
    """Commands whose module is brought in when one of them is first run, so that the window opens quickly."""
    brought = cache(bring)
    return {key: partial(_run, brought, key) for key in keys}


def _run(brought: Callable[[], Mapping[str, Run]], key: str) -> None:
    brought()[key]()
