"""The matrix: each undertaking in the cells of its parties, and what nobody is named for counted apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_tui.overviews.matrix import NO_FIELD, Matrix, MatrixColumns, MatrixOrder, party_matrix
from alliance_tui.overviews.party_codes import party_code
from alliance_tui.records import Domain
from tests.overviews.builders import undertaking

RADARS = undertaking("Link radars", "2029-03-04", parties="Norland, Westmark")
DRONES = undertaking("Buy drones", "2029-03-04", parties="Westmark, Norland", domain=Domain.DEFENCE_INDUSTRY)
OAKS = undertaking("Plant oaks", "2029-03-04", parties="Westmark", domain=None)
TALKS = undertaking("Meet", "2029-03-04", parties="Ostia, Westmark, Norland")
NOBODY = undertaking("Hope", "2029-03-04", parties="")
ROWS = (RADARS, DRONES, OAKS, TALKS, NOBODY)


def counts(matrix: Matrix) -> list[list[int]]:
    return [[len(matrix.at(row, column)) for column in matrix.columns] for row in matrix.rows]


def test_parties_by_parties_is_symmetric_and_has_what_each_undertakes_alone() -> None:
    matrix = party_matrix(ROWS, MatrixColumns.PARTIES)
    assert matrix.rows == matrix.columns == ("Westmark", "Norland", "Ostia")
    assert counts(matrix) == [[1, 3, 1], [3, 0, 1], [1, 1, 0]]
    assert matrix.at("Norland", "Westmark") == (RADARS, DRONES, TALKS)
    assert [len(matrix.totals[name]) for name in matrix.rows] == [4, 3, 1]
    assert matrix.without_parties == (NOBODY,)


def test_parties_by_field() -> None:
    matrix = party_matrix(ROWS, MatrixColumns.FIELD, MatrixOrder.NAME)
    assert matrix.rows == ("Norland", "Ostia", "Westmark")
    assert matrix.columns == ("maritime", "defence-industry", NO_FIELD)
    assert counts(matrix) == [[2, 1, 0], [1, 0, 0], [2, 1, 1]]


def test_each_pair_is_yielded_once() -> None:
    matrix = party_matrix(ROWS, MatrixColumns.PARTIES)
    assert [(row, column, len(rows)) for row, column, rows in matrix.pairs()] == [
        ("Westmark", "Westmark", 1),
        ("Westmark", "Norland", 3),
        ("Westmark", "Ostia", 1),
        ("Norland", "Ostia", 1),
    ]


def test_nothing_gives_an_empty_matrix() -> None:
    assert party_matrix([], MatrixColumns.PARTIES).rows == ()


def test_codes_are_those_of_states_and_initials_of_others() -> None:
    names = ("Japan", "European Union", "Arctic Coast Guard Forum", "Westmark", "bank")
    assert [party_code(name) for name in names] == ["JP", "EU", "ACGF", "Westmark", "bank"]


@settings(max_examples=50)
@given(st.lists(st.sets(st.sampled_from("ABCDE"), max_size=4).map(sorted), max_size=12), st.sampled_from(MatrixColumns))
def test_every_undertaking_of_a_party_is_in_one_of_its_cells(parties: list[list[str]], by: MatrixColumns) -> None:
    rows = [undertaking(str(number), "", parties=", ".join(each)) for number, each in enumerate(parties)]
    matrix = party_matrix(rows, by)
    for party in matrix.rows:
        ids = {id(row) for column in matrix.columns for row in matrix.at(party, column)}
        assert ids == {id(row) for row in matrix.totals[party]}
        for column in matrix.columns:
            assert by is MatrixColumns.FIELD or matrix.at(party, column) == matrix.at(column, party)
