"""Lexicons are typed, and a reader's own files add to them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from alliance_tui.errors import LexiconError
from alliance_tui.extraction.data_folders import BUILT_IN
from alliance_tui.extraction.lexicon import load, loading
from alliance_tui.extraction.lexicon.loading import merge, own_faults, read_built_in, read_own
from alliance_tui.extraction.lexicon.schemas import (
    LEXICONS,
    Amounts,
    Bodies,
    CapitalisedNames,
    Cues,
    Dates,
    Domains,
    Lexicon,
    Organisations,
    Places,
    Roles,
    States,
    Units,
)
from alliance_tui.extraction.lexicon.source import FaultyLexiconError, Source, convert
from alliance_tui.records import EntityType, Strength


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the reader's own lexicons, empty."""
    for schema in LEXICONS:
        load(schema)  # cached, so that no later test meets what is added here
    monkeypatch.setattr(loading, "own_folder", lambda: tmp_path)
    return tmp_path


def loaded(schema: type[Lexicon], own: Path, text: str) -> Lexicon:
    """The lexicon with the reader's additions."""
    (own / schema.file_name()).write_text(text, "utf-8")
    built_in = read_built_in(schema)
    additions = read_own(built_in)
    assert additions is not None
    return convert(built_in, merge(built_in.tables, additions.tables))


@pytest.mark.parametrize("schema", LEXICONS)
def test_every_built_in_lexicon_has_a_schema_and_every_schema_a_lexicon(schema: type[Lexicon]) -> None:
    assert isinstance(load(schema), schema)
    assert {path.name for path in BUILT_IN.glob("*.toml")} == {each.file_name() for each in LEXICONS}


@pytest.mark.parametrize("schema", LEXICONS)
def test_the_built_in_lexicons_have_no_long_lines(schema: type[Lexicon]) -> None:
    lines = (BUILT_IN / schema.file_name()).read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 120] == []


# --- Faults ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "text", "line", "what"),
    [
        (Units, "[units\n", 1, "no valid TOML (expected ']'"),
        (Units, "[units]\n'HAN' =\n", 2, "no valid TOML (invalid value"),
        (Bodies, "\n[unit]\n'HAN' = []\n", 2, "unit: not known here: known are bodies, members"),
        (Organisations, "[organisation]\n'HAN' = []\n", 1, "not known here: is “organisations” meant?"),
        (States, "[states]\n'Norland' = { demonym = ['Norlander'] }\n", 2, "states, Norland, demonym: not known here"),
        (
            Places,
            "[places]\n'Lamu' = []\n'Mombasa' = 'MBA'\n",
            3,
            "places, Mombasa: must be a list, not text in quotes",
        ),
        (Cues, "speech_verbs = [\n    'vow',\n    3,\n]\n", 1, "entry 2: must be text in quotes, not a whole number"),
        (Cues, "[event_verbs]\nagreed = ['vow']\nvowed = ['vow']\n", 3, "vowed: not known here: known are explored"),
        (Cues, "[event_verbs]\n\nagreed = 'vow'\n", 3, "event_verbs, agreed: must be a list"),
        (Domains, "[marks]\n'marine' = ['reef']\n", 2, "marks, marine: not known here: is “maritime” meant?"),
        (
            Dates,
            "date_hints = [\n    # of weeks\n    'fortnights?',\n    'a(b',\n]\n",
            4,
            "no valid regular expression",
        ),
        (Dates, "date_hints = ['(a|b)']\n", 1, "write (?:…) for (…)"),
        (Amounts, "[currency_symbols]\n'K$(' = 'PGK'\n", 2, "currency_symbols, K$(: no valid regular expression"),
        (Roles, "[offices]\nministers = [\n    'Vizier',\n    ' ',\n]\n", 4, "empty, or with white space around it"),
        (Roles, "kind = 'regex'\n[offices]\nministers = ['Vizier']\n", 2, "kind must be 'word', not 'regex'"),
    ],
)
def test_a_fault_is_reported_with_its_line(own: Path, schema: type[Lexicon], text: str, line: int, what: str) -> None:
    with pytest.raises(FaultyLexiconError) as raised:
        loaded(schema, own, text)
    fault = raised.value.fault
    assert fault.path == own / schema.file_name()
    assert what in fault.what
    assert fault.line == line
    assert f"{fault.path}: line {line}: " in str(raised.value)


def test_a_built_in_lexicon_must_have_all_tables_and_state_its_kinds(tmp_path: Path) -> None:
    path = tmp_path / "bodies.toml"
    path.write_text("kind = 'name'\n\n[bodies]\n'Quad' = []\n")
    source = Source.read(path, Bodies)
    with pytest.raises(LexiconError, match="members: missing"):
        convert(source, source.tables)
    path.write_text("[bodies]\n'Quad' = []\n")
    with pytest.raises(LexiconError, match=re.escape("line 1: bodies: kind must be 'name', and is not stated")):
        Source.read(path, Bodies)


def test_an_own_file_that_cannot_be_read_is_a_fault(own: Path) -> None:
    os.mkfifo(own / "units.toml")
    (own / "cues.toml").mkdir()
    (own / "dates.toml").write_bytes(b"date_hints = [\n    '\xff',\n]\n")
    (own / "places.toml").write_text("x = " + "[" * 50_000)
    (own / "roles.toml").write_text("x = " + "9" * 5_000)
    for schema, what in (
        (Units, "cannot be read"),
        (Cues, "cannot be read"),
        (Dates, "is not UTF-8"),
        (Places, "nested too deeply"),
        (Roles, "no valid TOML"),
    ):
        with pytest.raises(FaultyLexiconError, match=what):
            read_own(read_built_in(schema))


def test_a_byte_order_mark_is_passed_over(own: Path) -> None:
    (own / "bodies.toml").write_bytes(b"\xef\xbb\xbf[bodies]\n'Norland Quad' = []\n")
    added = read_own(read_built_in(Bodies))
    assert added is not None
    assert added.tables == {"bodies": {"Norland Quad": []}}


# --- Merging --------------------------------------------------------------------------------------------------------


def test_without_an_own_file_nothing_is_added(own: Path) -> None:
    assert read_own(read_built_in(Units)) is None
    assert own_faults() == ()


def test_lists_are_joined_the_readers_entries_first(own: Path) -> None:
    roles = loaded(Roles, own, "[offices]\nministers = ['Vizier', 'Minister']\n")
    assert isinstance(roles, Roles)
    built_in = load(Roles).offices.ministers
    assert roles.offices.ministers == ("Vizier", "Minister", *(word for word in built_in if word != "Minister"))
    assert roles.titles == load(Roles).titles


def test_tables_are_merged_entry_by_entry(own: Path) -> None:
    text = "[organisations]\n'Harbour Authority' = ['HAN']\n'European Commission' = ['the Berlaymont']\n"
    organisations = loaded(Organisations, own, text)
    assert isinstance(organisations, Organisations)
    assert organisations.organisations["Harbour Authority"] == ("HAN",)
    assert organisations.organisations["European Commission"] == ("the Berlaymont",)
    assert organisations.alliances == load(Organisations).alliances
    assert len(organisations.organisations) == len(load(Organisations).organisations) + 1


def test_of_two_single_values_the_readers_counts(own: Path) -> None:
    amounts = loaded(Amounts, own, "[scales]\nmn = 1_000\nlac = 100_000\n")
    assert isinstance(amounts, Amounts)
    assert (amounts.scales["mn"], amounts.scales["lac"], amounts.scales["bn"]) == (1e3, 1e5, 1e9)


def test_a_state_gains_forms_and_keeps_its_own(own: Path) -> None:
    states = loaded(States, own, "[states]\n'Japan' = { forms = ['Nihon'] }\n'Norland' = { capital = 'Nor' }\n")
    assert isinstance(states, States)
    assert states.states["Japan"].forms == ("Nihon", *load(States).states["Japan"].forms)
    assert states.states["Japan"].capital == "Tokyo"
    assert states.states["Norland"].capital == "Nor"


def test_a_lemma_gains_a_strength_and_a_noun_a_type(own: Path) -> None:
    cues = loaded(Cues, own, "[event_verbs]\nagreed = ['initialise']\n")
    names = loaded(CapitalisedNames, own, "[head_nouns]\nbody = ['Conclave']\n")
    assert isinstance(cues, Cues) and isinstance(names, CapitalisedNames)
    assert cues.event_verbs["initialise"] is Strength.AGREED
    assert cues.event_verbs["ratify"] is Strength.BINDING
    assert names.head_nouns[EntityType.BODY][0] == "Conclave"


def test_a_faulty_file_is_passed_over_and_said_so(own: Path) -> None:
    (own / "units.toml").write_text("[units]\n'HAN' = 3\n")
    (own / "unit.toml").write_text("[units]\n'HAN' = []\n")
    (own / "cues.toml").write_text("speech_verbs = ['vow']\n")
    unknown, faulty = own_faults()
    assert unknown.startswith("unit.toml is passed over: no lexicon has this name; they are amounts.toml")
    assert faulty.startswith("units.toml is passed over: line 2: units, HAN: must be a list, not a whole number (")
