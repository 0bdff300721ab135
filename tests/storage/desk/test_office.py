"""Who keeps the file, and the letterhead that is kept as text."""

import pytest

from storage.desk.office import MOST_BYTES, change_office, letterhead_picture, letterhead_words, office, who
from storage.engine.errors import StorageError
from storage.records.reference import Desk
from tests.storage.desk.register import Register

PNG = b"\x89PNG\r\n\x1a\n" + bytes([0, 0, 0, 13]) + b"IHDR" + bytes([0, 0, 0, 9, 0, 0, 0, 9]) + b"the rest"


def test_the_record_is_made_once_and_then_changed(register: Register) -> None:
    store = register.store
    assert office(store).id is None
    assert who(store) == "Ann Lee"
    change_office(store, {"organisation": "Northmarsh ICB", "person": "Joy Okafor"})
    change_office(store, {"marking": "OFFICIAL"})
    change_office(store, {"marking": "OFFICIAL"})
    assert len(store.ids(Desk)) == 1
    assert (office(store).organisation, office(store).marking) == ("Northmarsh ICB", "OFFICIAL")
    assert who(store) == "Joy Okafor"
    assert who(store, " Sam ") == "Sam"
    assert register.labels().count("Change my organisation and me") == 2


def test_a_letterhead_comes_back_byte_for_byte(register: Register) -> None:
    change_office(register.store, {"letterhead": letterhead_words(PNG)})
    assert letterhead_picture(office(register.store).letterhead) == PNG


@pytest.mark.parametrize("words", ["", "not base64!", "aGVsbG8=", "é"])
def test_what_is_no_picture_is_left_out(words: str) -> None:
    assert letterhead_picture(words) == b""


def test_only_a_small_picture_is_taken() -> None:
    with pytest.raises(StorageError, match="PNG or JPEG"):
        letterhead_words(b"<svg/>")
    with pytest.raises(StorageError, match="larger than 1 MB"):
        letterhead_words(PNG + bytes(MOST_BYTES))
