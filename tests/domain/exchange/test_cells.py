import pytest
from hypothesis import given
from hypothesis import strategies as st

from onward.domain.exchange.cells import neutralise, restore

LIVE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "'=1",
    *(f"{hidden}=1" for hidden in "\u00ad\u180e\u202e\u2066\u034f\ufe0f\u3164\u2800\u0301\x00\U000e0041"),
    *(f"{sign}1" for sign in "\ufe66\ufe62\ufe63\ufe6b\u207a\u208c\ufb29"),
    "\u202e\u00ad '\ufe66cmd",
]

hostile = st.text(st.sampled_from("'=+-@\t\r\n＝＋－＠ \u200b\ufeff\u00ad\u202e\ufe66\ufe62a1\"")) | st.text()


@pytest.mark.parametrize("cell", LIVE)
def test_a_formula_becomes_text(cell):
    assert neutralise(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "Acme", "'Tis the season", "5 - 3", "O'Neill", "'", "a=b", "\u00ad", "’=1", "Ä=1", "1", "½"]
)
def test_other_cells_stay_as_they_are(cell):
    assert neutralise(cell) == cell
    assert restore(cell) == cell


@given(hostile)
def test_what_was_neutralised_comes_back(cell):
    assert restore(neutralise(cell)) == cell


@given(hostile)
def test_no_cell_goes_out_alive(cell):
    assert not neutralise(cell).lstrip(" \u200b\ufeff\u00ad\u202e").startswith(tuple("=+-@＝＋－＠\ufe66\ufe62"))
    assert not neutralise(cell).startswith(tuple("\t\r\n"))
