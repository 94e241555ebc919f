"""The agreements of a library are sorted and grouped as those of one document are, the latest documents first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from alliance_tui.explorer.state.table_view import DOCUMENT_COLUMNS, Grouping, TableColumn, TableView, arranged
from alliance_tui.library.agreement_keys import GROUPINGS, SORT_COLUMNS, AgreementOrder, agreement_keys
from alliance_tui.library.ingestion.source_file import read_source_file
from alliance_tui.library.store import Library, open_library
from alliance_tui.records import Agreement, Amount, Analysis, Deadline, Domain, Kind, Strength
from tests.support import builders, sample_library

ANALYSIS = builders.analysis()
SPAN = ANALYSIS.agreements[0].evidence
DEADLINES = [
    None,
    *(Deadline(edtf, SPAN, *bounds) for edtf, *bounds in (("2027", "2027-01-01", "2027-12-31"), ("XXXX-05",))),
]
UNITS = ("USD", "percent", "MW", "ships")


def variants(record: Agreement) -> st.SearchStrategy[Agreement]:
    """Copies of a record with other values in the fields by which it is sorted or grouped."""
    return st.builds(
        replace,
        st.just(record),
        kind=st.sampled_from([Kind.AGREEMENT, Kind.AGREEMENT, Kind.DECLARATORY]),
        title=st.sampled_from(["Éire", "eire", "Zeppelin", "apple", "ÄPFEL"]),
        strength=st.sampled_from([None, *Strength]),
        parties=st.sampled_from([(), ("Norway",), ("denmark", "Norway"), ("Åland",)]),
        deadline=st.sampled_from(DEADLINES),
        amounts=st.lists(
            st.builds(Amount, st.sampled_from([1.0, 5e8, 2e9]), st.sampled_from(UNITS), st.just(SPAN)), max_size=2
        ).map(tuple),
        domain=st.sampled_from([None, Domain.MARITIME, Domain.SPACE]),
        section=st.sampled_from([None, "Security", "Peace and Trade"]),
        confidence=st.sampled_from([None, 0.2, 0.9]),
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Path]]:
    folder = tmp_path_factory.mktemp("agreements")
    with open_library(folder / "library.sqlite") as opened:
        yield opened, folder / "document.txt"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.tuples(*map(variants, ANALYSIS.agreements)),
    st.sampled_from([None, *(column for column in DOCUMENT_COLUMNS if column is not TableColumn.SECTION)]),
    st.sampled_from([None, *(grouping for grouping in Grouping if grouping is not Grouping.SECTION)]),
    st.booleans(),
)
def test_the_order_is_that_of_the_table_of_a_document(
    library: tuple[Library, Path],
    records: tuple[Agreement, ...],
    sort: TableColumn | None,
    grouping: Grouping | None,
    reverse: bool,
) -> None:
    opened, file = library
    file.write_text(ANALYSIS.document.text)
    opened.remove([document.number for document in opened.documents()])
    opened.upsert(Analysis(ANALYSIS.document, (), records, "rules", "model"), read_source_file(file))
    order = AgreementOrder(sort or "", reverse, grouping or "")
    view = TableView(sort, reverse, grouping)
    for all_kinds in (False, True):
        listed = [records[position] for _, position in agreement_keys(opened.db, order, all_kinds=all_kinds)]
        expected = [record for record in records if all_kinds or record.kind is Kind.AGREEMENT]
        assert listed == arranged(expected, view)


def test_every_column_and_grouping_of_a_table_has_its_values() -> None:
    assert set(SORT_COLUMNS) == set(TableColumn)
    assert set(GROUPINGS) == set(Grouping)


def test_the_latest_documents_come_first_and_those_without_a_date_last(tmp_path: Path) -> None:
    with open_library(sample_library.fill(tmp_path)) as opened:
        documents = {document.number: document for document in opened.documents()}
        keys = agreement_keys(opened.db, AgreementOrder(), all_kinds=False)
        dates = [documents[number].date or "" for number, _ in keys]
        assert len(dates) > 3
        assert dates == sorted(dates, reverse=True)
