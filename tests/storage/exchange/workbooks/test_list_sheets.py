"""The lists there are: found by name, with the keys of the pages that show them."""

import pytest

from desktop.pages.shelf import PAGES
from storage.engine.errors import StorageError
from storage.exchange.workbooks.list_sheets import LISTS, list_named


def test_a_list_is_found_by_its_name_and_an_unknown_one_is_answered_with_all() -> None:
    assert list_named("Break dates") is LISTS["break-dates"]
    with pytest.raises(StorageError, match="actions, checklists"):
        list_named("contracts")


def test_every_page_with_a_list_has_one() -> None:
    pages = {page.key for page in PAGES}
    assert {"providers", "services", "specifications", "checklists", "actions"} <= pages & LISTS.keys()


def test_what_rows_are_called_inside_a_sentence() -> None:
    assert (LISTS["kpis"].noun, LISTS["meetings"].noun) == ("KPIs", "review meetings")
