"""The outlines that come with the program can all be used, and a mistaken one is refused."""

import pytest

from storage.checklists.toml_table import TemplateError
from storage.desk.specification.outlines import outline, outlines, read_outline
from storage.engine.errors import StorageError


def test_three_outlines_come_with_the_program() -> None:
    assert [o.id for o in outlines()] == ["schedule-2a", "specialised", "council"]
    for known in outlines():
        assert known.title
        assert all(section.heading and section.guidance for section in known.sections)
        assert any(section.needed for section in known.sections)
        assert not any(section.needed and section.body for section in known.sections)


def test_an_outline_that_is_not_there_is_named() -> None:
    with pytest.raises(
        StorageError, match=r"no outline other.* Choose one of schedule-2a, specialised, council"
    ):
        outline("other")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'id = "a"\ntitle = "A"\nabout = "B"\n[[sections]]\nheading = "H"\nlevel = 2\nguidance = "G"',
            "level 2",
        ),
        ('id = "a"\ntitle = "A"\nabout = "B"\n[[sections]]\nheading = "H"\nguidance = "G"\nbdy = "x"', "bdy"),
        ('id = "a"\ntitle = "A"', "about must be given"),
        ("id = ", "cannot be read"),
    ],
)
def test_a_mistaken_outline_is_refused(text: str, words: str) -> None:
    with pytest.raises(TemplateError, match=words):
        read_outline(text)
