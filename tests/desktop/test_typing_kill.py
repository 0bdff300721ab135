"""What was typed is in the file within two seconds, even when the program is killed in the middle of a word."""

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from storage.desk.beginning.sample import new_sample
from storage.engine.opening import open_store
from storage.engine.state import State
from tests.campaign.frame import report, scaled

TYPES = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from desktop.app import Desk
from desktop.preferences import Preferences
app = QApplication([])
desk = Desk(app, Preferences())
assert desk.open(Path(sys.argv[1]))
desk.window.show_page("contracts")
desk.window.page.open_record(1)
control = desk.window.page.detail.forms["summary"].editor("title").control
control.setFocus()
control.clear()
typed = ""
def key():
    global typed
    letter = "abcdefghij"[len(typed) % 10]
    typed += letter
    QTest.keyClicks(control, letter)
    print(time.monotonic(), typed, flush=True)
timer = QTimer(interval=100)
timer.timeout.connect(key)
timer.start()
app.exec()
"""


def lost_at_kill(project: Path, path: Path, home: Path, seconds: float) -> float:
    """Type, kill after so many seconds, and say how many seconds of typing are missing."""
    environment = os.environ | {"PYTHONPATH": str(project), "COMMISSIONING_DESK_HOME": str(home)}
    command = [sys.executable, "-c", TYPES, str(path)]
    process = subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    lines = [process.stdout.readline()]
    begun = float(lines[0].split()[0])
    while time.monotonic() < begun + seconds:
        lines.append(process.stdout.readline())
    killed = time.monotonic()
    process.kill()
    lines += process.communicate()[0].splitlines()
    typed = [(float(at), words) for at, words in (line.split() for line in lines if len(line.split()) == 2)]
    with closing(open_store(path)) as store:
        state = State(store)
        kept = max(state.drafts().values(), key=len, default="")
        for name in state.drafts():
            state.drop_draft(name)
    missing = [at for at, words in typed if len(words) > len(kept)]
    assert all(words.startswith(kept) for _, words in typed if len(words) >= len(kept))
    return killed - missing[0] if missing else 0.0


def test_p3_at_most_two_seconds_of_typing_are_lost(project: Path, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "sample.desk"
    new_sample(path).close()
    times = scaled(quick=2, night=20, release=100)
    lost = [lost_at_kill(project, path, home, 2.3 + 0.37 * (n % 7)) for n in range(times)]
    report("P3", {"kills while typing": times, "longest text lost, s": round(max(lost), 2)})
    assert max(lost) <= 2.0
