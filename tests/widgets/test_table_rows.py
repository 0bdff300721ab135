"""Rows held by place: fetched in pages, renewed when they change, forgotten when asked."""

from collections.abc import Mapping, Sequence

from widgets.table_rows import PAGE, Cell, PagedRows, Row


class Counted:
    """A source that notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def ids(self) -> Sequence[int]:
        return ()

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        self.asked.append(list(ids))
        return {id: Row(id, {"n": Cell(str(id))}) for id in ids}


def test_fetches_a_page_once_and_again_when_forgotten() -> None:
    source = Counted()
    rows = PagedRows(source)
    rows.take(range(1, 301))
    assert [rows.row(place).id for place in (0, 5, PAGE - 1)] == [1, 6, PAGE]  # type: ignore[union-attr]
    assert source.asked == [list(range(1, PAGE + 1))]
    rows.forget()
    rows.row(0)
    assert len(source.asked) == 2
    assert (len(rows), rows.row(300), rows.id_at(-1)) == (300, None, None)


def test_renews_only_what_is_held() -> None:
    source = Counted()
    rows = PagedRows(source)
    rows.take(range(1, 301))
    rows.row(0)
    assert rows.renew([4, 299]) == [3]
    assert source.asked[-1] == [4]


def test_says_whether_ids_came_went_or_moved() -> None:
    rows = PagedRows(Counted())
    rows.take([1, 2, 3])
    assert [rows.differs(order) for order in ([1, 2, 3], [1, 3, 2], [1, 2], [])] == [False, True, True, True]
    assert [row.id for row in rows.each([2, 0])] == [3, 1]
