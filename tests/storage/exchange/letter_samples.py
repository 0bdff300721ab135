"""A letter with everything."""

from dataclasses import replace
from datetime import date

from storage.exchange.paper.papers import Imprint
from storage.exchange.paper.papers_letter import LetterPaper, letter_blocks

WORDS = """Dear colleague

This is formal notice under clause 17.2. It ends on 31 March 2027.

- records and people
- property & data

Yours sincerely

Joy Okafor
Manager"""


def letter(words: str = WORDS, picture: bytes = b"") -> LetterPaper:
    imprint = Imprint(
        date(2026, 11, 20),
        "",
        "Northmarsh ICB",
        "OFFICIAL",
        "3f2a91c0",
        picture,
        "Our crest" if picture else "",
    )
    return LetterPaper(
        imprint, "Notice that Night care will end", ("Millbrook Health CIC", "Unit 4, Mill Lane"), "20 November 2026",
        letter_blocks(words), ("1 Hill Road", "Northmarsh"), "CD-0064",
    )  # fmt: skip


def odd_letter(text: str) -> LetterPaper:
    """A letter made of one odd text."""
    return replace(letter(text), subject=text or "Letter", addressee=(text,), reference=text)
