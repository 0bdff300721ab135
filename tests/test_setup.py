"""The locked files name what the project asks for, with hashes, and nothing of one machine."""

import hashlib
import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

RUN, DEV = "requirements.lock", "requirements-dev.lock"
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def plain(requirement: str) -> str:
    """The name in a requirement, as the package index writes it."""
    name = re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(project: Path, lock: str) -> dict[str, str]:
    """The packages a locked file names, with their versions."""
    return dict(PINNED.findall((project / lock).read_text(encoding="utf-8")))


def test_locks_hold_every_dependency(project: Path) -> None:
    declared = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = {plain(requirement) for requirement in declared["dependencies"]}
    dev = {plain(requirement) for requirement in declared["optional-dependencies"]["dev"]}
    assert run <= pinned(project, RUN).keys()
    assert run | dev <= pinned(project, DEV).keys()


def test_tests_run_on_the_versions_the_program_runs_on(project: Path) -> None:
    assert pinned(project, RUN).items() <= pinned(project, DEV).items()


def test_every_locked_package_has_hashes_and_no_address(project: Path) -> None:
    for lock in (RUN, DEV):
        text = (project / lock).read_text(encoding="utf-8")
        packages = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
        assert all("--hash=sha256:" in package for package in packages)
        assert "://" not in text
        assert "index-url" not in text


def test_numpy_and_pandas_stay_out_of_the_program(project: Path) -> None:
    # sqlite-utils imports them where it finds them, which costs half a second at every start.
    assert not {"numpy", "pandas"} & pinned(project, RUN).keys()


def bootstrap(project: Path) -> ModuleType:
    """What `make` runs to install."""
    spec = importlib.util.spec_from_file_location("bootstrap", project / ".ci" / "bootstrap.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_installing_asks_for_hashes_and_builds_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    module = bootstrap(project)

    def noted(*command: str) -> bool:
        asked.append(command)
        return False

    monkeypatch.setattr(module, "is_installed", lambda _purpose: False)
    monkeypatch.setattr(module, "make_environment", lambda _python: None)
    monkeypatch.setattr(module, "run", noted)
    for purpose in module.LOCKS:
        with pytest.raises(SystemExit):
            module.install(purpose)
    assert len(asked) == len(module.LOCKS)
    assert all({"--require-hashes", "--only-binary"} <= {*command} for command in asked)


def test_y1_a_package_that_was_exchanged_is_not_installed(tmp_path: Path) -> None:
    wheel = tmp_path / "part-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr("part.py", "")
        made.writestr("part-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: part\nVersion: 1.0\n")
        made.writestr("part-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        made.writestr("part-1.0.dist-info/RECORD", "")
    lock = tmp_path / "part.lock"
    lock.write_text(
        f"part==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n", encoding="utf-8"
    )
    assert installs(lock)
    with zipfile.ZipFile(wheel, "a") as changed:
        changed.writestr("more.py", "")
    assert not installs(lock)


def installs(lock: Path) -> bool:
    """Whether pip would install what a lock names from the folder it lies in."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--dry-run",
        "--no-index",
        "--find-links",
        str(lock.parent),
    ]
    options = [
        "--disable-pip-version-check",
        "--no-cache-dir",
        "--require-hashes",
        "--ignore-installed",
        "-r",
        str(lock),
    ]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0 or "DO NOT MATCH THE HASHES" in done.stderr, done.stderr
    return done.returncode == 0
