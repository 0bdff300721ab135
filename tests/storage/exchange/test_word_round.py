"""A specification that goes out as a Word file and comes in again has the same sections, word for word."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.exchange.foreign.word_text import DocumentText
from storage.exchange.paper.papers import SpecificationSection
from storage.exchange.word.shape import SOURCE, Shape
from storage.exchange.word.source import Part
from storage.exchange.word.specification import specification_word
from storage.text.plain import plain_text
from storage.text.reading import read_markdown
from storage.text.tree import Block, Paragraph, Picture, Quote, Run, children, walk
from storage.text.writing import write_markdown
from tests.storage.exchange.text_papers import paper_of
from tests.storage.text.making import PARAGRAPHS, SIMPLE, UUID, WORDS
from tests.storage.text.test_writing import shape

QUOTES = st.builds(Quote, st.lists(PARAGRAPHS, min_size=1, max_size=2).map(tuple))
BODIES = st.lists(SIMPLE | QUOTES, max_size=4).map(tuple)


def parts_of(content: bytes) -> tuple[Part, ...]:
    """What is read of a Word file, without a process of its own."""
    lines = [line for line in DocumentText(content).lines() if not line.keys() & {"told", "more", "picture"}]
    return Shape().parts(lines)


def joined_quotes(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Two quotations in a row are one in Word."""
    made: list[Block] = []
    for is_quote, some in groupby(blocks, lambda b: isinstance(b, Quote)):
        held = list(some)
        made += [Quote(tuple(inner for b in held for inner in children(b)))] if is_quote else held
    return tuple(made)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(WORDS.filter(str.strip), st.integers(1, 4), BODIES), min_size=1, max_size=3))
def test_the_same_sections_come_back(written: list[tuple[str, int, tuple[Block, ...]]]) -> None:
    last, sections = 0, []
    for number, (heading, level, body) in enumerate(written):
        last = min(level, last + 1)
        words = " ".join(heading.split())
        sections.append(SpecificationSection(f"{number + 1}", words, body, last, uuid=f"{number:032d}"))
    paper = replace(paper_of(), sections=tuple(sections))
    found = parts_of(specification_word(paper))
    assert [(p.heading, p.level, p.section.replace("-", "")) for p in found] == [
        (s.heading, s.level, s.uuid) for s in sections
    ]
    for part, section in zip(found, sections, strict=True):
        assert plain_text(part.blocks).split() == plain_text(section.blocks).split()
        assert shape(part.blocks) == shape(joined_quotes(section.blocks))
        again = read_markdown(write_markdown(part.blocks))
        assert plain_text(again).split() == plain_text(section.blocks).split()


def test_styles_links_and_pictures_come_back_as_they_were() -> None:
    text = (
        "A **strong** and *leaning* [way](https://www.nhs.uk) with `code`.\n\n"
        "### Who\n\n3. three\n4. four\n   - in it\n\n"
        f'![A map](attachment:{UUID} "Where it is")\n\n| A | B |\n| --- | --- |\n| a<br>b | **c** |\n\n> said\n\n***'
    )
    blocks = read_markdown(text)
    (part,) = parts_of(specification_word(paper_of(blocks)))
    drawn = next(b for b in walk(part.blocks) if isinstance(b, Picture))
    assert drawn.uuid.startswith(SOURCE)
    back = tuple(replace(b, uuid=UUID) if isinstance(b, Picture) else b for b in part.blocks)
    assert write_markdown(back) == write_markdown(blocks)


def test_a_section_with_nothing_in_it_stays_empty() -> None:
    said = (Paragraph((Run("Nothing is written here yet.", italic=True),)),)
    section = SpecificationSection("1", "Aims", said, uuid="0" * 32, blank=True)
    (part,) = parts_of(specification_word(replace(paper_of(), sections=(section,))))
    assert (part.heading, part.blocks) == ("Aims", ())
