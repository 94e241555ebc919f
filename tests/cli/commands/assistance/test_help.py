"""`alliance-tui help TOPIC` explains the explorer on a page of a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from alliance_tui.cli.main import main
from alliance_tui.cli.options.parsers import COMMANDS, complete_parser
from alliance_tui.explorer.persistence.settings import settings_path


@pytest.mark.parametrize(
    ("topic", "explained"),
    [("keys", "next_match"), ("query", "strength:>=committed"), ("symbols", "declaratory")],
)
def test_a_topic_has_a_page_that_fits_in_eighty_columns(
    topic: str, explained: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["help", topic]) == 0
    page = capsys.readouterr().out
    assert explained in page
    assert max(map(len, page.splitlines())) <= (80 if topic != "keys" else 100)
    assert all(line == line.rstrip() for line in page.splitlines())


def test_the_keys_are_the_readers_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text('[keys]\nnext_match = ["ctrl+g"]\n', encoding="utf-8")
    assert main(["help", "keys"]) == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if line.endswith(" next_match"))
    assert line.split()[0] == "Ctrl-G"


def test_without_a_topic_all_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    listed = capsys.readouterr().out
    assert "library ACTION" in listed
    assert "help TOPIC" in listed


def test_another_topic_is_a_usage_error_that_names_the_topics(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "colours"]) == 2
    assert "'keys', 'query', 'register', 'symbols'" in capsys.readouterr().err


def parsers_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield a parser and those of its actions."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for subparser in action.choices.values():
                yield from parsers_of(subparser)


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_the_help_of_each_command_and_action_fits_in_eighty_columns(
    command: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for parser in parsers_of(complete_parser(command)):
        lines = parser.format_help().splitlines()
        assert [line for line in lines if len(line) > 80] == [], parser.prog


def test_examples_are_printed_line_by_line_and_descriptions_are_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    printed = complete_parser("demo").format_help().replace("\n", " ")
    assert "article that ships with it." in printed
    assert max(map(len, complete_parser("demo").format_help().splitlines())) <= 50
    examples = "  alliance-tui library list --sort date\n  alliance-tui library occasions"
    assert examples in complete_parser("library").format_help()
