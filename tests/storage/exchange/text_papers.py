"""Specifications as papers for tests: any blocks as their sections, with a picture, and what Word says of them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from docx import Document as open_document
from docx.document import Document

from storage.desk.specification.section_pictures import DrawnPicture
from storage.exchange.paper.papers import Fact, SpecificationPaper, SpecificationSection
from storage.text.tree import Block
from tests.storage.exchange.paper_samples import letterhead, specification
from tests.storage.text.making import UUID

PICTURE = DrawnPicture(UUID, letterhead(), "png")


def paper_of(*bodies: tuple[Block, ...], title: str = "Skin care", change: str = "") -> SpecificationPaper:
    """A specification of these sections."""
    sections = tuple(
        SpecificationSection(str(number), f"Section {number}", blocks, uuid=f"{number:032d}")
        for number, blocks in enumerate(bodies, 1)
    )
    status = "redline" if change else "issued"
    return replace(
        specification(),
        title=title,
        status=status,  # type: ignore[arg-type]
        sections=sections,
        facts=(Fact("Owner", "Ann & Lee <1>"),),
        pictures=(PICTURE,),
    )


def opened(content: bytes) -> Document:
    """A Word file as python-docx reads it."""
    return open_document(io.BytesIO(content))


def part(content: bytes, name: str) -> str:
    """A part of a Word file as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(name).decode()
