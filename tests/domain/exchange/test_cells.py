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
]

hostile = st.text(st.sampled_from("'=+-@\t\r\n＝＋－＠ \u200b\ufeffa1\"")) | st.text()


@pytest.mark.parametrize("cell", LIVE)
def test_a_formula_becomes_text(cell):
    assert neutralise(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Acme", "'Tis the season", "5 - 3", "O'Neill", "'", "a=b"])
def test_other_cells_stay_as_they_are(cell):
    assert neutralise(cell) == cell
    assert restore(cell) == cell


@given(hostile)
def test_what_was_neutralised_comes_back(cell):
    assert restore(neutralise(cell)) == cell


@given(hostile)
def test_no_cell_goes_out_alive(cell):
    assert not neutralise(cell).lstrip(" \u200b\ufeff").startswith(tuple("=+-@＝＋－＠"))
    assert not neutralise(cell).startswith(tuple("\t\r\n"))
