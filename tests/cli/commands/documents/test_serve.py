"""`alliance-tui serve` takes the explorer's options, except those that a page cannot have."""

from __future__ import annotations

import sys

import pytest

from alliance_tui.cli.commands.documents import serve
from alliance_tui.cli.options.arguments import parse
from alliance_tui.errors import UsageError


def test_all_other_options_are_the_explorers() -> None:
    arguments = parse(["serve", "a.txt", "--port", "8080", "--query", "radar", "--no-cache"])
    assert (arguments.command, arguments.port) == ("serve", 8080)
    assert arguments.explorer_arguments == ["a.txt", "--query", "radar", "--no-cache"]
    assert arguments.paths == ["a.txt"]


def test_what_pages_may_read_besides_is_named_by_an_option_of_its_own() -> None:
    arguments = parse(["serve", "--allow", "b/", "a.txt", "--allow", "c.txt"])
    assert arguments.allow == ["b/", "c.txt"]
    assert arguments.explorer_arguments == ["a.txt"]


@pytest.mark.parametrize(
    "wrong",
    [["--plain", "a.txt"], ["-"], ["--port", "0"], ["--port", "65536"], ["--port", "http"], ["--max-pages", "x"]],
)
def test_options_that_cannot_be_served_are_wrong_usage(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        parse(["serve", *wrong])
    assert leaving.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_without_the_extra_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "alliance_tui.browser.server", None)
    with pytest.raises(UsageError, match=r"pip install 'alliance-tui\[browser\]'"):
        serve.run(parse(["serve"]))
