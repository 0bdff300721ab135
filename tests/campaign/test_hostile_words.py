"""Words made to look like commands are only ever looked for and kept; and the program holds no way to run text."""

import ast
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import storage.records  # noqa: F401  every record must be known before a file is opened
from storage.engine.check.checking import check
from storage.engine.conditions import Where
from storage.engine.contents import records
from storage.engine.history import History
from storage.engine.opening import new_store, open_store
from storage.engine.query import Order, Query
from storage.engine.store import Store, with_values
from storage.records.contracts import Contract
from tests.campaign.frame import report, scaled
from tests.test_house import ROOMS, sources, trees_let_go

__all__ = ["trees_let_go"]  # a fixture

COMMANDS = (
    "'; drop table contract; --", '" or 1=1 --', "%", "_", "a%' escape '\\", "\\", "''", "NEAR(a b, 5)",
    "title: a", "^a", "a*", "a AND NOT b", "a OR", "NOT", '"', '"a', "(", "((((", "{title body}: a", "-a", "a + b", "*",
    "\0", "'||(select 1)||'", "a" * 70_000, "( " * 5_000, "{" * 2_000, "[" * 2_000, '{"a":' * 900,
    "__import__('os').system('x')", "{x.__class__}", "${jndi:ldap://x}", "=cmd|' /C calc'!A0", "<!--#exec cmd-->",
    "\u202e", "İ", "ﬁ", "e\u0301", "\u0301", "🏥",
)  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(COMMANDS),
    st.text(max_size=40),
    st.text(alphabet="\"'*^:()-+{}%_\\;, abANDORNT", max_size=30),
)
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
GENERATE_SQL = ("storage/engine/ddl.py", "storage/engine/contents.py")  # from declared names, quoted
READS_CODE = {"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A register with a few contracts, one of which says `a b`."""
    with closing(new_store(tmp_path_factory.mktemp("words") / "register.desk")) as made:
        with made.step("Fill"):
            made.save_many(
                [Contract(title=title, notes="a b") for title in ("Stroke", "Falls", "100% of a_b")]
            )
        yield made


def test_s4_no_words_typed_into_the_search_or_a_filter_fail_or_change_anything(store: Store) -> None:
    tries = 0
    before = records(store.conn), store.conn.total_changes, History(store).latest(1)

    @settings(max_examples=scaled(quick=300, night=10_000, release=30_000))
    @given(WORDS)
    def look(words: str) -> None:
        nonlocal tries
        store.find(words)
        for test in ("contains", "is", "is not"):
            store.all(Contract, Query(where=(Where("title", test, (words,)),), order=(Order("title"),)))
        store.all(Contract, Query(words=words))
        tries += 1

    look()
    assert (records(store.conn), store.conn.total_changes, History(store).latest(1)) == before
    report("S4", {"searches": tries, "that failed or changed something": 0})


@pytest.mark.parametrize(
    ("words", "found"), [("%", ["100% of a_b"]), ("_", ["100% of a_b"]), ("a_", ["100% of a_b"])]
)
def test_s4_signs_of_a_pattern_stand_for_themselves(store: Store, words: str, found: list[str]) -> None:
    asked = Query(where=(Where("title", "contains", (words,)),))
    assert [c.title for c in store.all(Contract, asked)] == found


@pytest.mark.parametrize("words", ["\ud800", "a\udfff b"])
def test_s4_half_a_character_is_found_nowhere_and_called_no_damage(store: Store, words: str) -> None:
    assert store.find("\ud800") == []
    for test in ("contains", "is"):
        assert store.all(Contract, Query(where=(Where("title", test, (words,)),))) == []


def test_s4_a_number_beyond_all_numbers_is_found_nowhere_and_called_no_damage(store: Store) -> None:
    for number in (10**30, -(10**30)):
        assert store.all(Contract, Query(where=(Where("current_value", "is", (number,)),))) == []


def test_s4_words_that_look_like_commands_are_kept_as_they_were_typed(tmp_path: Path) -> None:
    path = tmp_path / "register.desk"
    kept = [words.replace("\0", "\ufffd") for words in COMMANDS]
    with closing(new_store(path)) as store, store.step("'; drop table step; --"):
        store.save_many([with_values(Contract(title=w), {"notes": w, "own:k": w}) for w in COMMANDS])
    with closing(open_store(path)) as store:
        held = sorted(store.all(Contract), key=lambda c: c.key)
        assert [c.title for c in held] == kept and [c.notes for c in held] == kept
        assert [c.own["k"] for c in held] == list(COMMANDS)
    assert check(path).damage == []


def test_s4_the_program_runs_no_text_and_reads_no_code(project: Path) -> None:
    found = []
    for source in sources(*ROOMS):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS_TEXT:
                found.append(f"{source.name}:{node.lineno} calls {node.func.id}")
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            found += [f"{source.name} imports {n}" for n in names if n.partition(".")[0] in READS_CODE]
    assert found == []


def test_r5_no_text_of_a_user_is_ever_a_template() -> None:
    """What is filled in is always a text of the program's own, which stands in capitals at the head of a file."""
    found = [
        f"{source.name}:{node.lineno} {ast.unparse(node.func)}"
        for source in sources("desktop", "widgets", "storage")
        if source.name not in GENERATE_SQL
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in ("format", "format_map") and (node.args or node.keywords)
        if not ast.unparse(node.func.value).split(".")[-1].strip("_").isupper()
    ]
    assert not found
