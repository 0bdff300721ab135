"""A process that reads foreign bytes takes no more than its memory, opens no file and speaks to nobody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

GUARDED = (
    "from storage.engine.foreign.child_guard import forbid_files_and_network as f\n"
    "import os, socket, subprocess; f()\n"
)


def _run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "harm",
    [
        "open({secret!r})",
        "open({secret!r}, 'rb')",
        "os.open({secret!r}, os.O_RDONLY)",
        "open(os.__file__, 'a')",
        "os.remove({secret!r})",
        "os.rename({secret!r}, {secret!r} + '2')",
        "socket.socket()",
        "socket.getaddrinfo('example.org', 80)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_what_would_do_harm_is_refused(tmp_path: Path, harm: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("kept")
    done = _run(GUARDED + harm.format(secret=str(secret)))
    assert "PermissionError" in done.stderr
    assert secret.read_text() == "kept"


def test_parts_of_python_can_still_be_brought_in() -> None:
    assert _run(GUARDED + "import wave, colorsys; 'x'.encode('cp037'); print('well')").stdout == "well\n"


def test_memory_is_limited_where_the_system_can() -> None:
    done = _run(
        "from storage.engine.foreign.child_guard import limit_resources as f; f(); x = bytearray(1_500_000_000)"
    )
    assert ("MemoryError" in done.stderr) == (sys.platform == "linux")


def test_what_a_library_prints_by_itself_stays_out_of_the_answer(project: Path) -> None:
    code = (
        "from storage.engine.foreign.child_guard import answer_alone\n"
        "import os\n"
        "with answer_alone() as out: os.write(1, b'12 odd cells'); out.write(b'{}')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"{}", b"12 odd cells")
