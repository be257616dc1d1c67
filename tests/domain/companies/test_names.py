"""What makes two names the name of one employer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.companies.names import LONGEST, name_key
from tests.poison import POISON


@pytest.mark.parametrize(
    ("key", "names"),
    [
        (
            "acme",
            ["Acme", "ACME Inc.", "Acme, Inc", "acme Co., Ltd.", "Acme GmbH & Co. KG", "Acme Pty Ltd", "PT Acme Tbk"],
        ),
        (
            "acme",
            ["Acme S.p.A.", "Acme S. p. A.", "Acme S.à r.l.", "Acme Sp. z o.o.", "Acme A/S", "Acme e.V.", "Acme OÜ"],
        ),
        (
            "acme",
            ["Acme UG (haftungsbeschränkt)", "Acmé", "Ａｃｍｅ Ｌｔｄ", "ACME A.Ş.", "Acme\u200b B.V.", "Acme Ltda"],
        ),
        ("muller and sohne", ["Müller & Söhne GmbH", "MÜLLER and SÖHNE", "Muller & Sohne"]),
        ("акме", ["ООО Акме", "Акме ООО", "ПАО «Акме»"]),
        ("アクメ", ["株式会社アクメ", "アクメ株式会社", "㈱アクメ", "(株)アクメ"]),
        ("아크메", ["주식회사 아크메", "(주)아크메", "㈜아크메"]),
        ("阿克梅", ["阿克梅有限公司", "阿克梅股份有限公司"]),
        ("orsted", ["Ørsted A/S", "orsted"]),
        ("jp morgan", ["J.P. Morgan", "JP Morgan & Co."]),
    ],
)
def test_an_employer_is_known_by_its_name_less_legal_form_case_and_accents(key, names):
    assert {name: name_key(name) for name in names} == dict.fromkeys(names, key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme UK Ltd", "Acme Ltd"),
        ("Acme (UK)", "Acme (NL)"),
        ("SC Johnson", "Johnson"),
        ("SAS Institute", "Institute"),
        ("KB Home", "Home"),
        ("North Foods", "South Foods"),
        ("Acme Holding", "Acme"),
        ("Acme 2", "Acme 3"),
        ("かぎ", "がぎ"),
        ("हिन्दी", "हन्दा"),
    ],
)
def test_a_place_a_number_and_a_word_in_front_make_another_name(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["Limited", "The Company", "AG", "株式会社", "!!!", "🧑🏽‍🚀", "++"])
def test_a_name_of_nothing_but_a_legal_form_or_signs_has_a_key(name):
    assert name_key(name)


@given(st.text() | st.sampled_from(POISON["strings"]))
def test_the_key_of_a_key_is_itself_and_can_be_stored(name):
    key = name_key(name)

    assert name_key(key) == key
    assert len(key) <= LONGEST
    assert "\0" not in key
    key.encode()


@given(
    st.text(alphabet=st.characters(codec="latin-1")), st.sampled_from(["GmbH", "Inc.", "S.p.A.", "Ltd", "Sp. z o.o."])
)
def test_a_legal_form_changes_no_key_of_a_name_that_has_a_word(name, form):
    key = name_key(name)
    if any(sign.isalnum() for sign in key):
        assert name_key(f"{name}, {form}") == key or len(key) > LONGEST - len(form)
