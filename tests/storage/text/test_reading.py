"""Markdown becomes a tree of blocks; attached pictures stand alone, raw HTML stays text, nothing is opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.text.reading import read_markdown
from storage.text.tree import (
    Block,
    Code,
    Divider,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
)


def paragraph(*runs: Run) -> Paragraph:
    return Paragraph(runs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("plain", [paragraph(Run("plain"))]),
        ("a\nb  \nc", [paragraph(Run("a b\nc"))]),
        ("## Aims *now*", [Heading((Run("Aims "), Run("now", italic=True)), 2)]),
        (
            "**b *bi*** `c`",
            [paragraph(Run("b ", bold=True), Run("bi", True, True), Run(" "), Run("c", code=True))],
        ),
        ("[plan](https://e.org)", [paragraph(Run("plan", address="https://e.org"))]),
        ("<https://e.org>", [paragraph(Run("https://e.org", address="https://e.org"))]),
        ("<a@e.org>", [paragraph(Run("a@e.org", address="mailto:a@e.org"))]),
        ("[](https://e.org)", [paragraph(Run("https://e.org", address="https://e.org"))]),
        ("[x](ftp://e.org) [y](#z)", [paragraph(Run("x (ftp://e.org) y (#z)"))]),
        ("a<br>b", [paragraph(Run("a\nb"))]),
        ("~~old~~", [paragraph(Run("old", struck=True))]),
        (
            'see ![a map](attachment:u1 "Where") here',
            [paragraph(Run("see")), Picture("u1", "a map", "Where"), paragraph(Run("here"))],
        ),
        ("> said", [Quote((paragraph(Run("said")),))]),
        ("    kept  as\n      typed", [Code("kept  as\n  typed")]),
        ("---", [Divider()]),
        ("- a\n- b", [Listing(((paragraph(Run("a")),), (paragraph(Run("b")),)))]),
        ("4. a", [Listing(((paragraph(Run("a")),),), ordered=True, start=4)]),
        (
            "| a | b |\n|---|---|\n| 1 |",
            [Table(((Run("a"),), (Run("b"),)), (((Run("1"),), ()),))],
        ),
        ("| a | b |\n|---|---|", [Table(((Run("a"),), (Run("b"),)), ())]),
        ("x <b>y</b>", [paragraph(Run("x <b>y</b>"))]),
        ("<script>go()</script>", [paragraph(Run("<script>go()</script>"))]),
        ("[x](javascript:go())", [paragraph(Run("[x](javascript:go())"))]),
        (
            "![a *clinic* map](http://e.org/m.png)",
            [paragraph(Run("a "), Run("clinic", italic=True), Run(" map"))],
        ),
        ("![](http://e.org/m.png)", [paragraph(Run("picture"))]),
    ],
)
def test_blocks(text: str, expected: list[Block]) -> None:
    assert read_markdown(text) == tuple(expected)


def test_nested_lists_keep_their_blocks() -> None:
    (outer,) = read_markdown("1. a\n\n   - b\n\n     more\n2. c")
    assert isinstance(outer, Listing)
    inner = outer.items[0][1]
    assert isinstance(inner, Listing)
    assert inner.items[0] == (paragraph(Run("b")), paragraph(Run("more")))


def test_a_picture_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a file was opened")

    picture = tmp_path / "map.png"
    picture.write_bytes(b"\x89PNG")
    read_markdown("warm up")
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("io.open", refuse)
    monkeypatch.setattr("socket.socket", refuse)
    assert read_markdown(f"![map]({picture})") == (paragraph(Run("map")),)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(run.text for block in read_markdown(text) for run in runs_of(block))


@given(st.text("#*_`[]()<>!|-\\ \nab1.&;:/", max_size=120))
def test_any_markup_is_read(text: str) -> None:
    assert all(run.text for block in read_markdown(text) for run in runs_of(block))


def runs_of(block: Block) -> Iterator[Run]:
    if isinstance(block, Paragraph | Heading):
        yield from block.runs
    elif isinstance(block, Listing):
        for item in block.items:
            for inner in item:
                yield from runs_of(inner)
    elif isinstance(block, Quote):
        for inner in block.blocks:
            yield from runs_of(inner)
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            for cell in row:
                yield from cell
