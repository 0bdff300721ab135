"""Every page says whose it is and how it is marked, as the file says."""

from datetime import date
from pathlib import Path

from storage.desk.office import change_office, letterhead_words
from storage.engine.state import file_uuid
from storage.exchange.paper.papers import Imprint
from storage.exchange.paper.print_data import imprint_of
from tests.storage.desk.register import TODAY, make_register

PNG = b"\x89PNG\r\n\x1a\n" + bytes([0, 0, 0, 13]) + b"IHDR" + bytes([0, 0, 0, 9, 0, 0, 0, 9]) + b"the rest"


def test_without_a_file_only_the_day_is_known() -> None:
    assert imprint_of(None, TODAY) == Imprint(TODAY)


def test_the_file_says_whose_page_it_is(tmp_path: Path) -> None:
    register = make_register(tmp_path / "register.desk")
    store = register.store
    change_office(
        store,
        {
            "organisation": "Northmarsh ICB",
            "marking": "OFFICIAL-SENSITIVE",
            "person": "Joy Okafor",
            "letterhead": letterhead_words(PNG),
        },
    )
    imprint = imprint_of(store, date(2027, 1, 2))
    assert imprint == Imprint(
        date(2027, 1, 2), "Joy Okafor", "Northmarsh ICB", "OFFICIAL-SENSITIVE", file_uuid(store.conn), PNG
    )
    store.close()
