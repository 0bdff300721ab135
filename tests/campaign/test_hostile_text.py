"""Hostile texts are shown and printed as typed, and nothing they name is opened, on the disk or on a network."""

from __future__ import annotations

import json
import re
import shutil
import sys
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.campaign.frame import report, scaled
from tests.campaign.hostile_texts import one_line, sets, texts
from tests.campaign.watched import ROOT, Watched, of_the_system, watch

PLANTED = (
    "sqlite3",
    "PySide6",
    "storage",
    "desktop",
    "json",
    "sitecustomize",
    "usercustomize",
    "typst",
    "markdown_it",
)
# As pip writes the command that a user starts; its own folder comes first on the path, never the current one.
SCRIPT = (
    "import sys\nfrom {module} import main\nif __name__ == '__main__':\n    sys.exit(main({arguments}))\n"
)


def plant(folder: Path) -> None:
    """Put what a program might load into a folder: modules, a Qt configuration, plugins, pictures."""
    for name in PLANTED:
        (folder / f"{name}.py").write_text(
            "raise SystemExit('canary: planted code was run')", encoding="utf-8"
        )
    (folder / "qt.conf").write_text("[Paths]\nPlugins = canary-plugins\n", encoding="utf-8")
    for plugin in ("platforms/libqoffscreen.so", "imageformats/libqjpeg.so", "sqldrivers/libqsqlite.so"):
        place = folder / plugin
        place.parent.mkdir()
        place.write_bytes(b"canary")
    (folder / "local").mkdir()
    shutil.copy(ROOT / "docs" / "pictures" / "contracts.png", folder / "canary.png")
    (folder / "canary.css").write_text("p { color: red }", encoding="utf-8")


def started(folder: Path, module: str, arguments: str) -> list[str]:
    """The command of a script, as one that was installed."""
    place = folder / "bin"
    place.mkdir()
    script = place / "commissioning-desk"
    script.write_text(SCRIPT.format(module=module, arguments=arguments), encoding="utf-8")
    return [sys.executable, str(script)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with planted files, in which the program is started and in which its file lies."""
    made = tmp_path_factory.mktemp("hostile")
    plant(made)
    return made


COUNT = scaled(quick=40, night=200, release=1000)


@pytest.fixture(scope="module")
def watched(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """What the program did while it showed and printed the texts."""
    apart = tmp_path_factory.mktemp("apart")
    command = started(
        apart, "tests.campaign.hostile_text", f"__import__('pathlib').Path({str(folder)!r}), {COUNT}"
    )
    home = {"COMMISSIONING_DESK_HOME": str(apart / "home"), "TMPDIR": str(apart)}
    return watch(command, apart / "trace", folder, home)


def foreign(watched: Watched, folder: Path) -> list[str]:
    """Paths that are neither the program's own nor its file's, and every path that a text or a trap named."""
    own = re.compile(r"[.~$]*(hostile\.desk|shown\.json|(contract|specification|checklist)-\d+)")
    found = {path for path in watched.asked if "canary" in path}
    for path in watched.got:
        place = Path(folder, path)
        if place.is_relative_to(folder):
            if place != folder and not own.match(place.relative_to(folder).as_posix()):
                found.add(path)
        elif not of_the_system(path, own=(folder.parent,)):
            found.add(path)
    return sorted(found)


def test_r1_no_file_that_a_text_names_is_opened(watched: Watched, folder: Path) -> None:
    found = foreign(watched, folder)
    report("R1", {"texts": COUNT, "files watched": len(watched.asked), "foreign files": len(found)})
    assert str(folder / "hostile.desk") in watched.got, "the watch sees what is opened"
    assert found == []


def test_s3_no_text_reaches_a_network(watched: Watched) -> None:
    report("S3", {"network calls under strace": len(watched.network)})
    assert watched.network == ()


def test_s6_nothing_planted_beside_the_file_is_loaded(watched: Watched, folder: Path) -> None:
    planted = {path for path in folder.rglob("*") if path.suffix in (".py", ".so", ".conf")}
    loaded = {path for path in watched.asked if Path(folder, path) in planted}
    report("S6", {"files planted": len(planted), "loaded": len(loaded)})
    assert len(planted) > 10 and loaded == set()


@cache
def printed(path: Path) -> str:
    """The text of a printed file without the breaks of lines."""
    return squashed("".join(page.extract_text() for page in PdfReader(path).pages))


def squashed(words: str) -> str:
    """Letters alone: where a line breaks is the page's business."""
    return "".join(words.split()).replace("\u200b", "")


def test_r1_texts_are_shown_and_printed_as_typed(watched: Watched, folder: Path) -> None:
    shown = json.loads((folder / "shown.json").read_text(encoding="utf-8"))
    assert shown == {"documents": COUNT, "not_as_typed": [], "rich": []}
    differ = []
    for number, words in enumerate(sets(list(texts(COUNT, folder))), 1):
        wanted = {
            "contract": (words[1], words[2], words[5]),  # title, service, action
            "specification": words[:3],  # headings
            "checklist": (words[3], *words[4].splitlines()),  # note; evidence, a reference a line
        }
        for name, every in wanted.items():
            page = printed(folder / f"{name}-{number}.pdf")
            differ += [f"{name}: {text}" for text in every if squashed(one_line(text)) not in page]
    report("R1", {"texts printed otherwise": len(differ)})
    assert differ == []
