"""The version is said once in the project file and once in the code, which does not look it up at each start."""

import tomllib
from pathlib import Path

from storage import __version__


def test_the_code_and_the_project_file_say_the_same(project: Path) -> None:
    held = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert held["project"]["version"] == __version__
