"""The locked files name what the project asks for, with hashes, and nothing of one machine."""

import re
import tomllib
from pathlib import Path

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
