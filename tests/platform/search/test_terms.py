"""Words become the terms that an index holds."""

import sys

import pytest

from onward.platform.search import terms

WORDS = ("engineers", "nationally", "conditional", "gardening", "electricity", "happiness", "organisations", "ponies")


@pytest.fixture
def restless():
    """Let threads take turns at nearly every step."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_words_of_one_kind_have_one_stem():
    assert {terms.stem(word) for word in ("engineer", "engineers", "engineering")} == {"engin"}


def test_threads_that_stem_at_once_do_not_mix_their_words(together, restless):
    stem = terms.stem.__wrapped__
    alone = [stem(word) for word in WORDS]

    found = together(8, lambda _: [[stem(word) for word in WORDS] for _ in range(300)])

    assert all(each == alone for many in found for each in many)
