"""PDF forms damaged at random, as the reading process reads them: each is read, or told in one word."""

import json
from io import BytesIO
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.exchange.foreign.pdf_fields import answer_form
from tests.campaign.frame import report, scaled

FORM = (Path(__file__).parents[1] / "files" / "forms" / "back-mupdf.pdf").read_bytes()
CHANGES = st.lists(st.tuples(st.integers(0, len(FORM) - 1), st.binary(min_size=1, max_size=8)), max_size=12)


def test_r4_a_damaged_pdf_form_is_read_or_told_in_a_word() -> None:
    told = {"end": 0, "unreadable": 0, "too_much": 0}

    @settings(max_examples=scaled(quick=60, night=3_000, release=20_000), deadline=None)
    @given(CHANGES, st.sampled_from((1.0, 1.0, 1.0, 0.6)))
    def damage(changes: list[tuple[int, bytes]], share: float) -> None:
        data = bytearray(FORM)
        for place, put in changes:
            data[place : place + len(put)] = put
        out = BytesIO()
        answer_form(bytes(data[: int(len(FORM) * share)]), out)
        last = json.loads(out.getvalue().splitlines()[-1])
        [kind] = told.keys() & last.keys()
        told[kind] += 1

    damage()
    refused = told["unreadable"] + told["too_much"]
    figures = {"damaged PDF forms": told["end"] + refused, "of them read": told["end"], "uncaught": 0}
    report("R4", figures)
