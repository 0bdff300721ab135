"""Only plain web and e-mail addresses are addresses, and what is opened is exactly what is shown."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.desk.addresses import Address, NotAnAddress, is_address, read_address
from storage.desk.unseen import visible
from tests.campaign.frame import report
from tests.hostile import LINKS


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://www.gov.uk/guidance?a=b#c", "https://www.gov.uk/guidance?a=b#c"),
        (" HTTPS://WWW.Gov.UK ", "https://www.gov.uk"),
        ("www.leeds.gov.uk/contracts", "https://www.leeds.gov.uk/contracts"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("joy.okafor@nhs.net", "mailto:joy.okafor@nhs.net"),
        ("mailto:joy@nhs.net?subject=Lot%201", "mailto:joy@nhs.net?subject=Lot%201"),
        ("http://192.0.2.7/x", "http://192.0.2.7/x"),
        ("https://example.org/café au", None),
        ("https://example.org/café", "https://example.org/caf%C3%A9"),
    ],
)
def test_what_people_write_becomes_one_plain_address(typed: str, url: str | None) -> None:
    if url is None:
        assert not is_address(typed)
    else:
        assert read_address(typed).url == url


def test_k1_no_hostile_link_is_an_address() -> None:
    assert len(LINKS) >= 300
    taken = [link for link in LINKS if is_address(link)]
    report("K1", {"hostile links": len(LINKS), "opened": len(taken)})
    assert taken == []


def test_a_refusal_names_what_cannot_be_seen() -> None:
    with pytest.raises(NotAnAddress, match=r"‹U\+202E›"):
        read_address("https://gov.uk/\u202etxt.exe")
    assert visible("a\x00\u200bb") == "a‹U+0000›‹U+200B›b"


def test_letters_of_another_alphabet_are_spelt_out() -> None:
    lookalike = read_address("https://аррӏе.com/x")  # Cyrillic
    assert lookalike.host == "xn--80ak6aa92e.com" and lookalike.url == "https://xn--80ak6aa92e.com/x"
    assert "another alphabet" in lookalike.remark
    assert "аррӏе.com" in read_address("https://xn--80ak6aa92e.com").remark
    assert "not encrypted" in read_address("http://example.org").remark
    assert read_address("https://example.org") == Address("https://example.org", "example.org")


@given(
    st.text(max_size=60)
    | st.builds("{}:{}".format, st.sampled_from(["http", "https", "mailto"]), st.text(max_size=40))
)
def test_whatever_is_typed_only_three_schemes_come_out(words: str) -> None:
    try:
        address = read_address(words)
    except NotAnAddress:
        return
    parts = urlsplit(address.url)
    assert parts.scheme in ("http", "https", "mailto") and address.url.isascii()
    assert not any(c.isspace() or c == "\\" for c in address.url)
    assert address.is_mail or (parts.hostname == address.host and "@" not in parts.netloc)
