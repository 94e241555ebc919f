"""Queries on the register."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from alliance_tui.linking.register import RegisterContext, RegisterRow, Statement, Status
from alliance_tui.linking.register_query import RegisterQueries, matching_rows
from alliance_tui.records import Domain, Strength
from alliance_tui.search.indexing.tokenizer import folded_words

BOTH = ("Norland", "Westmark")
RADARS = (
    Statement(
        1,
        0,
        "2028-03-04",
        "Link coastal radars",
        BOTH,
        Strength.PLANNED,
        domain=Domain.MARITIME,
        labels=frozenset(("accepted", "#sea", "#power", " ask")),
    ),
    Statement(2, 3, "2029-05-06", "Link coastal radars", BOTH, Strength.COMMITTED),
)
DRONES = (
    Statement(
        1,
        1,
        "2028-03-04",
        "Deliver drones",
        ("Suderia",),
        Strength.COMPLETED,
        instrument="Sky Pact",
        domain=Domain.OTHER,
        reaffirms=True,
        labels=frozenset(("doubted", "corrected", "#seabed")),
    ),
)
OAKS = (
    Statement(3, 0, "2029-12-31", "Plant oaks", ("Westmark",), Strength.AGREED, "2029", "2029-01-01", "2029-12-31"),
)
UNDATED = (Statement(4, 0, "", "Teach pilots", ("Ostia",), Strength.AIMED),)
CONTEXT = RegisterContext("2030-01-01", [*RADARS, *DRONES, *OAKS, *UNDATED])
ROWS = [RegisterRow(statements, CONTEXT) for statements in (RADARS, DRONES, OAKS, UNDATED)]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", "Link Deliver Plant Teach"),
        ("overdue:yes", "Plant"),
        ("overdue:no", "Link Deliver Teach"),
        ("first:2028", "Link Deliver"),
        ("first:2028-04..2029", "Plant"),
        ("last:>=2029-05", "Link Plant"),
        ("last:<2029", "Deliver"),
        ("told:>1", "Link"),
        ("told:1", "Deliver Plant Teach"),
        ("told:1..2", "Link Deliver Plant Teach"),
        ("status:delivered", "Deliver"),
        ("status:reaff", "Link"),
        ("status:silent", ""),
        ("party:westmark", "Link Plant"),
        ("party:westmark party:norland", "Link"),
        ("!party:westmark", "Deliver Teach"),
        ("strength:planned", "Link"),
        ("domain:maritime", "Link"),
        ('instrument:"sky pact"', "Deliver"),
        ("sky drones", "Deliver"),
        ("coastal westmark", "Link"),
        ('"coastal radars" told:2', "Link"),
        ("tag:sea", "Link Deliver"),
        ('tag:"sea power"', "Link"),
        ("note:ask", "Link"),
        ("!tag:sea", "Plant Teach"),
        ("is:accepted", "Link"),
        ("is:accep told:2", "Link"),
        ("is:corrected", "Deliver"),
        ("is:doubted", "Deliver"),
        ("is:new", "Link Plant Teach"),
        ("!is:new", "Deliver"),
        ("is:joint", "Link"),
        ("is:completed", "Deliver"),
        ("is:reaffirmed", "Deliver"),
    ],
)
def test_a_query_leaves_the_rows_that_match(query: str, titles: str) -> None:
    matches = matching_rows(ROWS, query)
    assert " ".join(row.title.split()[0] for row in matches.rows) == titles
    assert matches.problems == ()


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("status:forgotten", "status: takes promised"),
        ("told:many", "told: takes a number"),
        ("first:soon", "first: takes a date"),
        ("overdue:perhaps", "overdue: takes yes or no"),
        ("colour:red", "“colour” is no field of the register"),
        ("party:", "party: waits for a value"),
        ("is:", "is: waits for a value"),
        ("is:restated", "is: takes completed, open"),
        ("tag:-", "“-” has no word yet"),
    ],
)
def test_what_cannot_be_understood_is_said_and_ignored(query: str, problem: str) -> None:
    matches = matching_rows(ROWS, query)
    assert len(matches.rows) == len(ROWS)
    assert matches.problems[0].startswith(problem)


@pytest.mark.parametrize("status", ["rejected", "possible"])
def test_no_row_is_rejected_or_possible_and_that_is_said(status: str) -> None:
    matches = matching_rows(ROWS, f"is:{status}")
    assert matches.rows == ()
    assert matches.problems == (f"the register has no {status} agreements",)


TITLES = ("Link U.S. radars", "Ship 2 self-defence boats", "Westmark’s oaks", "Lend Łódź a lighthouse", "Teach_pilots")
TERMS = (
    *("", "u", "us", "self", "defence", "oak", "westmark", "lodz", "pilot", "!radar", '"link radars"', "x"),
    *("party:nor", "!party:westmark", "instrument:pact", "domain:mari", "strength:agr", "title:teach"),
    *("overdue:yes", "overdue:no", "status:reaff", "status:silent", "status:s", "!status:promised", "told:>1"),
    *("told:1..2", "first:2028", "first:>=2028-03", "last:<2029", "last:2028-02..2029", "!first:2029"),
)


def random_rows(chance: random.Random) -> list[RegisterRow]:
    """Undertakings of one to three statements, in no order."""
    statements = [
        Statement(
            number,
            0,
            chance.choice(("", "2028-03-04", "2028-11-30", "2029-05-06")),
            chance.choice(TITLES),
            chance.choice((BOTH, ("Westmark",), ())),
            chance.choice([*Strength, None]),
            deadline="2029" if (is_due := chance.random() < 0.5) else None,
            latest="2029-12-31" if is_due else None,
            domain=chance.choice([*Domain, None]),
            instrument=chance.choice(("Sky Pact", None)),
            is_done=chance.random() < 0.5,
        )
        for number in range(120)
    ]
    context, rows, left = RegisterContext("2030-01-01", statements), [], list(statements)
    while left:
        count = chance.choice((1, 1, 1, 2, 3))
        rows.append(RegisterRow(tuple(sorted(left[:count], key=lambda each: each.date)), context))
        del left[:count]
    return rows


def plainly_matches(row: RegisterRow, term: str) -> bool:
    """Whether a row matches a term, asked of the row itself."""
    if term.startswith("!"):
        return not plainly_matches(row, term[1:])
    field, _, value = term.rpartition(":")
    date = row.first if field == "first" else row.last
    match field:
        case "overdue":
            return (row.status is Status.OVERDUE) is (value == "yes")
        case "status":
            return row.silence is not None if "silent".startswith(value) else row.status.startswith(value)
        case "told":
            return row.documents > 1 if value == ">1" else 1 <= row.documents <= 2
        case "first" | "last":
            is_within = {
                "2028": date[:4] == "2028",
                "2029": date[:4] == "2029",
                ">=2028-03": date[:7] >= "2028-03",
                "<2029": date[:4] < "2029",
                "2028-02..2029": date[:7] >= "2028-02" and date[:4] <= "2029",
            }
            return bool(date) and is_within[value]
    return any(
        all(any(word.startswith(each) for word in words_of(statement, field)) for each in folded_words(value))
        for statement in row.statements
    )


def words_of(statement: Statement, field: str) -> list[str]:
    """The folded words of a field of a statement; of title, parties and instrument for no field."""
    fields = {
        "title": [statement.title],
        "party": statement.parties,
        "instrument": [statement.instrument or ""],
        "domain": [statement.domain or ""],
        "strength": [statement.strength or ""],
    }
    texts = fields[field] if field else [*fields["title"], *fields["party"], *fields["instrument"]]
    return [word for text in texts for word in folded_words(text)]


@pytest.mark.parametrize("seed", range(3))
def test_a_query_on_columns_leaves_what_each_row_says_of_itself(seed: int) -> None:
    chance = random.Random(seed)
    rows = random_rows(chance)
    queries = RegisterQueries(rows)
    for _ in range(150):
        terms = chance.sample(TERMS, chance.choice((1, 1, 2, 3)))
        expected = [row for row in rows if all(plainly_matches(row, term) for term in terms)]
        matches = queries.matching(" ".join(terms))
        assert matches.problems == ()
        assert list(map(id, matches.rows)) == list(map(id, expected)), terms


def test_a_label_of_one_statement_counts_for_the_row() -> None:
    later = replace(RADARS[1], labels=frozenset(("corrected",)))
    row = RegisterRow((RADARS[0], later), CONTEXT)
    assert matching_rows([row], "is:corrected is:accepted").rows == (row,)
