"""The rules of the house about text that Qt could take for more than words, and about what is given to the system."""

import ast
from collections.abc import Iterator

import pytest

from tests.test_house import ROOMS, ROOT, Source, of_room, sources


@pytest.fixture(scope="module", autouse=True)
def trees_let_go() -> Iterator[None]:
    """Leave nothing of the trees to later tests."""
    yield
    of_room.cache_clear()


SHOWN, LINKS, MESSAGES = "widgets/shown.py", "desktop/links.py", "desktop/messages.py"
LABEL = "widgets/parts.py"  # the one label, which is plain
PROSE = "widgets/prose.py"  # the one browser, over a quiet document
# What shows words as markup, or takes a part of them for a key: allowed in one file each, nowhere else.
CONSTRUCTORS = {
    "QLabel": "",
    "QMessageBox": MESSAGES,
    "QErrorMessage": "",
    "QTextBrowser": "",
    "QTextEdit": "",
    "QTextDocument": "",
    "QProgressDialog": "",
    "QInputDialog": "",
    "QWebEngineView": "",
}
CALLS = {
    "setToolTip": SHOWN,
    "setWindowTitle": SHOWN,
    "setBuddy": SHOWN,
    "setInformativeText": MESSAGES,
    "setDetailedText": "",
    "setStatusTip": "",
    "setWhatsThis": "",
    "showText": "",  # QToolTip
    "setHtml": PROSE,
    "setMarkdown": "",
    "insertHtml": "",
    "appendHtml": "",
    "setOpenExternalLinks": f"{PROSE} {SHOWN}",
    "setSource": "",
    "setTextFormat": f"{LABEL} {SHOWN} {MESSAGES}",
}
MIME = "widgets/table_copy.py"  # writes HTML for another program, every word escaped
TO_THE_SYSTEM = {"openUrl", "startfile", "system", "popen", "setUrlHandler"}
CODE_FROM_DATA = {"eval", "exec", "compile", "__import__"}
UNSAFE = {"pickle", "marshal", "shelve", "yaml", "webbrowser", "dill", "jsonpickle"}


def calls(source: Source) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a file with the last part of the name that is called."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).rpartition(".")[2], node


def found(names: dict[str, str], extra: str = "") -> list[str]:
    """Where one of some names is called outside the files it is allowed in."""
    return [
        f"{source.name}:{node.lineno} calls {name}"
        for source in sources("desktop", "widgets")
        for name, node in calls(source)
        if name in names and source.name not in names[name].split() and source.name != extra
    ]


def test_words_are_shown_through_the_plain_label_and_the_plain_box() -> None:
    assert not found(CONSTRUCTORS)


def test_nothing_that_may_be_markup_is_set_elsewhere() -> None:
    assert not found(CALLS, extra=MIME)


def test_buttons_and_menus_take_data_only_escaped() -> None:
    # A literal may hold a key on purpose; anything else goes through `escaped`, which keeps & as it is.
    sinks = {"QPushButton", "QCheckBox", "QRadioButton", "QToolButton", "QGroupBox"}
    bad = [
        f"{source.name}:{node.lineno}"
        for source in sources("desktop", "widgets")
        for name, node in calls(source)
        if name in sinks and node.args and not _harmless(node.args[0])
    ]
    assert not bad


def _harmless(words: ast.expr) -> bool:
    shown = ast.unparse(words)
    return isinstance(words, ast.Constant) or "escaped(" in shown or shown in ("self", "parent")


def test_only_one_module_gives_anything_to_the_system() -> None:
    bad = [
        f"{source.name}:{node.lineno} {name}"
        for source in sources(*ROOMS)
        for name, node in calls(source)
        if name in TO_THE_SYSTEM and source.name != LINKS
    ]
    assert not bad


def test_no_data_is_ever_run() -> None:
    bad = [
        f"{source.name}:{node.lineno} {name}"
        for source in sources(*ROOMS)
        for name, node in calls(source)
        if name in CODE_FROM_DATA and ast.unparse(node.func) in CODE_FROM_DATA
    ]
    bad += [
        f"{source.name}:{node.lineno} imports {alias.name}"
        for source in sources(*ROOMS)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if {alias.name.split(".")[0], (getattr(node, "module", None) or "").split(".")[0]} & UNSAFE
    ]
    assert not bad


@pytest.mark.parametrize("layout", sorted(path.stem for path in (ROOT / "resources" / "print").glob("*.typ")))
def test_layouts_read_nothing_but_their_data(layout: str) -> None:
    source = ROOT / "resources" / "print" / f"{layout}.typ"
    text = source.read_text(encoding="utf-8")
    for word in (
        "eval(",
        "read(",
        "#include",
        "#import",
        "plugin(",
        "csv(",
        "xml(",
        "yaml(",
        "toml(",
    ):
        assert word not in text
    # Pictures are the letterhead and those laid beside the layout; links those that reading the text let through.
    drawn = text.count("image(bytes(paper.letterhead)") + text.count("image(file, alt:")
    assert text.count("image(") == drawn
    numbered = text.count('link("desk:" + str(n)')  # the boxes of a form, which become fields
    assert text.count("link(") == text.count("link(run.address") + numbered


def test_what_is_logged_is_said_in_words_of_our_own() -> None:
    # What a log entry is filled in with is left out of the log; words put together beforehand would not be.
    bad = [
        f"{source.name}:{node.lineno}"
        for source in sources(*ROOMS)
        for name, node in calls(source)
        if name in ("debug", "info", "warning", "error", "exception", "critical")
        and ast.unparse(node.func).startswith("log")
        and not isinstance(node.args[0], ast.Constant)
    ]
    assert not bad
