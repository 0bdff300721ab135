"""Reading an expression and printing it: what is printed reads back as the same, and strength is as expected."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.checklists.language.grammar import STRENGTH, parse, show
from storage.checklists.language.tokens import ExpressionError
from storage.checklists.language.tree import Call, Minus, Name, Node, Number, Op, Own, Text

SIMPLE = st.one_of(
    st.decimals(min_value=0, max_value=10**9, places=2).map(lambda d: Number(Decimal(format(d, "f")))),
    st.text(st.characters(exclude_characters="'“”‘’", codec="utf-8"), max_size=12).map(Text),
    st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,8}", fullmatch=True).map(Name),
    st.just(Own()),
)


def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Op, st.sampled_from(sorted(STRENGTH)), inner, inner),
        st.builds(Minus, inner),
        st.builds(
            Call, st.sampled_from(["not", "sum", "count-selected"]), st.lists(inner, max_size=3).map(tuple)
        ),
    )


@settings(max_examples=200, deadline=None)
@given(st.recursive(SIMPLE, larger, max_leaves=12))
def test_what_is_printed_reads_back_as_the_same(node: Node) -> None:
    printed = show(node)
    assert parse(printed) == node
    assert show(parse(printed)) == printed


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("${}ab.,'\"()<>=!+-*/ 12andornot"), max_size=30))
def test_any_text_is_an_expression_or_is_refused_with_a_place(text: str) -> None:
    try:
        node = parse(text)
    except ExpressionError as error:
        assert error.mistake
        assert 0 <= error.at <= len(text)
    else:
        assert parse(show(node)) == node


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("1+2*3", "1 + 2 * 3"),
        ("(1+2)*3", "(1 + 2) * 3"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("${a}='x' or ${b}='y' and ${c}='z'", "${a} = 'x' or ${b} = 'y' and ${c} = 'z'"),
        ("(${a}='x' or ${b}='y') and ${c}='z'", "(${a} = 'x' or ${b} = 'y') and ${c} = 'z'"),
        ("not ${a} = 'x' and true()", "not(${a} = 'x') and true()"),
        ("4 / 2", "4 div 2"),
        ("-${a} + 1", "-${a} + 1"),
        ("-(${a} + 1)", "-(${a} + 1)"),
        ("today()-3", "today() - 3"),
        ("${ age }", "${age}"),
        ("“yes” = ‘no’", "'yes' = 'no'"),
        ('"it\'s"', '"it\'s"'),
    ],
)
def test_operators_hold_together_as_people_expect(text: str, printed: str) -> None:
    assert show(parse(text)) == printed


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("$agreed = 'yes'", "write ${agreed} instead of $agreed"),
        ("$(agreed) = 'yes'", "write ${agreed} instead of $(agreed)"),
        ("{agreed} = 'yes'", "a name is written with $"),
        ("agreed = 'yes'", "write ${agreed} for the answer of that name, or 'agreed' in quotation marks"),
        ("${a} == 'yes'", "write = instead of =="),
        ("${a} <> 'yes'", "write != instead of <>"),
        ("${a} = 'x' && ${b} = 'y'", "write and instead of &&"),
        ("${a} ≥ 3", "write >= instead of ≥"),
        ("${a} = 'x' AND ${b} = 'y'", "write and in small letters"),
        ("${a} = 'yes", "the quotation mark ' is never closed"),
        ("(${a} = 'yes'", "the bracket ( is never closed"),
        ("${a} = 'yes')", ") is not expected here"),
        ("${a} =", "the expression stops too early"),
        ("and ${a}", "and needs something before it"),
        ("${a} ${b}", "something is missing before ${b}"),
        ("sum(${a} ${b})", "something is missing before ${b}"),
        ("True", "write true() instead of True"),
        ("${}", "a name is missing between the curly brackets"),
        ("", "the expression stops too early"),
        ("#", "# means nothing here"),
        ("(" * 40 + "1" + ")" * 40, "too many brackets"),
        ("1" + "+1" * 300, "more than 400 parts"),
        ("1" * 2001, "longer than 2000 characters"),
    ],
)
def test_a_slip_is_named_with_what_to_write(text: str, mistake: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert mistake in caught.value.mistake
