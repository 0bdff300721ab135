"""A process that reads foreign bytes is stopped when it takes too long, too much memory, or answers without end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from storage.engine.foreign import child_process
from storage.engine.foreign.child_process import (
    TOO_LARGE,
    TOO_LONG,
    TOO_MUCH_SAID,
    child_command,
    memory_of,
    run_child,
)


def _python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def test_it_is_given_all_bytes_and_answers() -> None:
    ended = run_child(
        _python("import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"), b"ab" * 300_000
    )
    assert (ended.code, ended.stopped, ended.answer == b"ba" * 300_000) == (0, "", True)


def test_one_that_reads_nothing_is_no_trouble() -> None:
    assert run_child(_python("pass"), bytes(5_000_000)).code == 0


def test_its_last_words_are_kept() -> None:
    ended = run_child(_python("import sys; sys.stderr.write('x' * 100_000 + 'the end'); sys.exit(7)"), b"")
    assert ended.code == 7 and ended.said.endswith(b"the end") and len(ended.said) <= 4_000


def test_one_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "MOST_SECONDS", 0.3)
    assert run_child(_python("import time; time.sleep(60)"), b"").stopped == TOO_LONG
    closes = "import os, time; os.close(1); os.close(2); time.sleep(60)"
    assert run_child(_python(closes), b"").stopped == TOO_LONG


def test_memory_is_watched_from_outside_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "MOST_MEMORY", 80_000_000)
    assert run_child(_python("x = b'x' * 200_000_000; import time; time.sleep(60)"), b"").stopped == TOO_LARGE


def test_an_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "MOST_ANSWER", 1_000_000)
    ended = run_child(_python("while True: print('x' * 10_000)"), b"")
    assert ended.stopped == TOO_MUCH_SAID and len(ended.answer) < 2_000_000


def test_memory_of_a_process_that_is_gone_is_nought() -> None:
    process = subprocess.Popen(_python("pass"))
    process.wait()
    assert memory_of(process.pid) == 0


def test_a_file_in_the_folder_one_stands_in_is_no_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    ended = run_child(
        child_command("storage.exchange.foreign.child", ""), b'{"kind": "text"}\nRef,Title\n1,Care\n'
    )
    assert ended.code == 0 and ended.answer
