"""A template as data: its text is written and reads back the same, and a run keeps what the lists said."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.checklists.answers import Answer
from storage.checklists.data import pinned_text, read_data, renamed, template_text
from storage.checklists.gates import gate_words
from storage.checklists.lists import ListEntry, Lists, shipped_entries, shipped_lists
from storage.checklists.structure import Template
from storage.checklists.template import TemplateError, read_template, shipped, shipped_text
from storage.rules.risks import scales
from tests.storage.checklists.language.form import text_of


@pytest.mark.parametrize("template", shipped(), ids=lambda template: template.id)
def test_every_shipped_template_written_out_reads_back_as_itself(template: Template) -> None:
    data = read_data(shipped_text(template.id))
    written = template_text(data)
    assert read_data(written) == data
    assert read_template(written) == template
    assert read_data(json.dumps(data)) == data


WORDS = st.text(max_size=30).map(lambda words: " ".join(words.split()))


@settings(max_examples=100, deadline=None)
@given(WORDS, st.dictionaries(WORDS, WORDS, max_size=3), st.integers(-(2**40), 2**40))
def test_any_words_survive_being_written(words: str, options: dict[str, str], weight: int) -> None:
    part = {"key": words, "options": options, "optional": True, "when": [words]}
    data = {"id": words, "sections": [{"letter": "A", "questions": [{"weight": weight, "parts": [part]}]}]}
    assert read_data(template_text(data)) == data


@pytest.mark.parametrize("text", ["{", '{"a": ' * 40 + "1" + "}" * 40, "a = [[", "{" * 100_000])
def test_what_is_no_template_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        read_data(text)


def test_a_run_keeps_the_lists_as_they_were_on_the_day() -> None:
    text = text_of("kind = 'number'\ngate = \"gate\"\npasses_if = \"${T90-21} < limit('provider_share')\"")
    kept = pinned_text(text, shipped_lists())
    other = Lists(
        [
            *(e for e in shipped_entries() if e.list not in ("limits", "effects")),
            ListEntry("limits", "provider_share", "Share", 35),
            ListEntry("effects", "good", "Good"),
            ListEntry("effects", "bad", "Bad"),
        ]
    )
    template = read_template(kept, other)
    gate = template.question("T90-21").gate
    assert gate is not None
    assert gate.passes_if == "${T90-21} < 20"
    groups = template.question("T90-11").first
    assert groups.column("effect").values == ("positive", "neutral", "negative", "unknown")
    assert groups.column("effect").options_from == "effects"
    assert "limit('provider_share')" not in kept


def test_bands_of_the_file_are_kept_by_a_run_and_name_its_scores() -> None:
    text = text_of(
        'gate = "gate"\nparts = [{ key = "score", kind = "matrix", label = "Score", closes_at = 15 }]'
    )
    assert "risk_matrix" not in pinned_text(text, shipped_lists())
    others = [e for e in shipped_entries() if e.list != "risk_bands"]
    bands = [
        ListEntry("risk_bands", "low", "Low", 8, "green", "Team"),
        ListEntry("risk_bands", "high", "High", 12, "orange", "Director"),
        ListEntry("risk_bands", "grave", "Grave", 25, "red", "Board"),
    ]
    template = read_template(pinned_text(text, Lists([*others, *bands])))
    assert [template.scales.band(points).name for points in (8, 9, 15)] == ["Low", "High", "Grave"]
    score = {"likelihood": 4, "consequence": 5}
    words = gate_words(template.question("T90-21"), Answer(values={"score": score}))
    assert words.startswith("Gate closed: score 20 (Grave)")
    assert Lists([*others, *bands[:2]]).scales() is None
    assert read_template(text).scales == scales()


def test_a_matrix_that_leaves_a_score_out_is_refused() -> None:
    matrix = '\n[risk_matrix]\nbands = [{ name = "Low", lowest = 1, highest = 12 }]\n[[sections]]'
    with pytest.raises(TemplateError, match="must cover every score"):
        read_template(text_of().replace("\n[[sections]]", matrix, 1))


def test_a_text_that_takes_nothing_from_the_lists_stays_as_it_is() -> None:
    assert pinned_text(shipped_text("T01"), shipped_lists()) == shipped_text("T01")


def test_questions_called_otherwise_are_so_in_every_expression() -> None:
    data = read_data(text_of("kind = 'text'\nrelevant = \"${T90-01} = 'yes' and ${T90-09.after} > 2\""))
    names = {"T90-01": "L01-01", "T90-09": "L01-09"}
    found = renamed(data, names)["sections"]
    assert isinstance(found, list)
    assert found[0]["questions"][-1]["relevant"] == "${L01-01} = 'yes' and ${L01-09.after} > 2"
