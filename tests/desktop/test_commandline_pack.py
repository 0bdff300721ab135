"""Packs on the command line: sealed and taken out unattended; the passphrase is typed or read, and never shown."""

import getpass
import os
from pathlib import Path

import pytest

from storage.engine.opening import new_store
from tests.desktop.test_commandline import run

WORDS = "lantern otter gravel spoon"


@pytest.fixture
def file(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "desk.desk"
    new_store(path).close()
    return path


def handle(words: str) -> int:
    """A handle from which the words can be read."""
    read, write = os.pipe()
    os.write(write, f"{words}\n".encode())
    os.close(write)
    return read


def test_a_file_goes_into_a_pack_and_comes_out_unattended(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, folder = tmp_path / "out.deskpack", tmp_path / "out"
    assert run("pack", file, out, "--passphrase-fd", handle(WORDS)) == 0
    assert run("unpack", out, folder, "--passphrase-fd", handle(WORDS)) == 0
    said = capsys.readouterr()
    assert str(folder / "register.desk") in said.out and WORDS not in said.out + said.err
    assert run("check", folder / "register.desk") == 0


def test_the_passphrase_is_asked_for_twice(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return WORDS

    monkeypatch.setattr(getpass, "getpass", typed)
    assert run("pack", file, tmp_path / "out.deskpack") == 0 and len(asked) == 2


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [("short", "out.deskpack", "at least 12"), (WORDS, "out.zip", "ends in .deskpack")],
)
def test_what_cannot_be_packed_is_refused_in_one_line(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, name: str, said: str
) -> None:
    assert run("pack", file, tmp_path / name, "--passphrase-fd", handle(words)) == 1
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1 and not (tmp_path / name).exists()


def test_a_wrong_passphrase_is_refused_in_one_line(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.deskpack"
    assert run("pack", file, out, "--passphrase-fd", handle(WORDS)) == 0
    assert run("unpack", out, tmp_path / "out", "--passphrase-fd", handle("something else")) == 1
    error = capsys.readouterr().err
    assert "passphrase is not the right one" in error and error.count("\n") == 1


def test_no_passphrase_at_all_is_said_in_one_line(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(getpass, "getpass", ended)
    assert run("pack", file, tmp_path / "out.deskpack") == 1
    assert run("pack", file, tmp_path / "out.deskpack", "--passphrase-fd", 987) == 1
    assert capsys.readouterr().err.count("commissioning-desk: ") == 2
