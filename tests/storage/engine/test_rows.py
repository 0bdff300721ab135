"""A row that has not changed gives the record it gave before; one that has gives another."""

from storage.engine.own_fields import OwnField
from storage.engine.rows import MOST_AGAIN, Rows


def test_the_same_row_gives_the_same_record_and_another_row_another() -> None:
    rows = Rows(OwnField)
    first = (1, "uuid", None, None, *(None for _ in range(len(rows.written) - 3)))
    made = rows.again(first)
    assert rows.again(tuple(first)) is made
    assert rows.again((2, *first[1:])) != made
    for number in range(3, MOST_AGAIN + 3):
        rows.again((number, *first[1:]))
    assert rows.again(first) == made
