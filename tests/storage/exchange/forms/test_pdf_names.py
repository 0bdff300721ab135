"""The names of the fields of a form: never with a full stop, and each leads back to its answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storage.exchange.forms.pdf_names import field_name, parted, state_of, tick_name, value_of

KEYS = st.from_regex(r"[A-Z]{1,4}[0-9]{2}-[0-9]{2}(/[A-Za-z0-9_.-]{1,9}){1,3}", fullmatch=True)
VALUES = st.from_regex(r"[A-Za-z0-9_.-]{1,12}", fullmatch=True)


@given(KEYS, VALUES)
def test_names_and_states_lead_back(key: str, value: str) -> None:
    assert parted(field_name(key)) == (key, "") and "." not in field_name(key)
    assert parted(tick_name(key, value)) == (key, value)
    assert value_of(state_of(value)) == value and state_of("Off") != "Off"
