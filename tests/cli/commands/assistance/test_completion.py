"""Shell completion: what real shells offer at Tab, and the scripts that set them up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from alliance_tui.cli.options.parsers import COMMANDS, SHELLS
from tests.support.pseudoterminal import Terminal

SEPARATOR = "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with documents, and `alliance-tui` on the path beside it."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "alliance-tui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m alliance_tui "$@"\n')
    program.chmod(0o755)
    documents = tmp_path / "documents"
    (documents / "minutes").mkdir(parents=True)
    for name in ("statement.txt", "status report.txt", ".hidden.txt"):
        (documents / name).write_text("Norland.")
    return documents


def complete(line: str, folder: Path, shell: str = "bash") -> list[str]:
    """Return the completions of a command line with the cursor at its end, as the shells' scripts ask for them."""
    request = {
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": SEPARATOR,
        "_ARGCOMPLETE_SHELL": shell,
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(folder.parent / "completions"),
    }
    environment = os.environ | request
    subprocess.run([sys.executable, "-m", "alliance_tui"], env=environment, cwd=folder, timeout=60, check=True)
    return [item for item in (folder.parent / "completions").read_text().split(SEPARATOR) if item]


def test_the_first_word_is_a_command_or_a_file(folder: Path) -> None:
    assert complete("alliance-tui ", folder) == [*COMMANDS, "minutes/", "statement.txt", r"status\ report.txt"]
    assert complete("alliance-tui ex", folder) == ["extract"]
    assert complete("alliance-tui statement.txt ", folder) == ["minutes/", "statement.txt", r"status\ report.txt"]


def test_options_and_their_values_are_those_of_the_command(folder: Path) -> None:
    assert complete("alliance-tui extract --fo", folder) == ["--format"]
    assert complete("alliance-tui extract statement.txt --format js", folder) == ["json", "jsonl"]
    assert complete("alliance-tui library li", folder) == ["list"]
    assert complete("alliance-tui library list --so", folder) == ["--sort"]
    assert {"--port", "--query", "--date"} <= set(complete("alliance-tui serve --", folder))
    assert complete("alliance-tui extract --date ", folder) == []


def test_paths_are_completed_in_every_command_and_for_options(folder: Path) -> None:
    for command in ("extract st", "search norland st", "library add st", "extract --output st", "--library st"):
        assert complete(f"alliance-tui {command}", folder) == ["statement.txt", r"status\ report.txt"], command
    assert complete("alliance-tui extract .h", folder) == [".hidden.txt"]
    assert complete("alliance-tui extract missing/", folder) == []


def test_queries_complete_fields_and_closed_lists_of_values(folder: Path) -> None:
    assert complete("alliance-tui search par", folder) == ["party:"]
    assert {"party:", "date:", "strength:"} <= set(complete("alliance-tui search ", folder))
    assert complete("alliance-tui search 'radar strength:com", folder) == [
        "radar strength:committed",
        "radar strength:completed",
    ]
    assert complete("alliance-tui --query has:am", folder) == ["has:amount"]


def test_zsh_is_given_descriptions_of_commands_and_options(folder: Path) -> None:
    assert complete("alliance-tui lex", folder, "zsh")[0].startswith("lexicon:Check the lexicons")
    assert complete("alliance-tui extract --outp", folder, "zsh") == ["--output:write there instead of standard output"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_is_accepted_by_it(shell: str, folder: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    command = [sys.executable, "-m", "alliance_tui", "completion", shell]
    script = subprocess.run(command, capture_output=True, timeout=60, check=True).stdout
    assert b"alliance-tui" in script
    done = subprocess.run([shell, "-n"], input=script, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.pty
@pytest.mark.parametrize(
    ("shell", "setup"),
    [
        ("bash --norc --noprofile -i", 'eval "$(alliance-tui completion bash)"'),
        ("zsh -f -i", 'autoload -U compinit; compinit -u; eval "$(alliance-tui completion zsh)"'),
        ("fish --no-config -i", "alliance-tui completion fish | source"),
    ],
)
def test_a_shell_completes_commands_fields_and_files_at_tab(shell: str, setup: str, folder: Path) -> None:
    if not shutil.which(shell.split()[0]):
        pytest.skip(f"{shell.split()[0]} is not installed")
    environ = {"PATH": f"{folder.parent / 'bin'}{os.pathsep}{os.environ['PATH']}", "HOME": str(folder.parent)}
    with Terminal(shell.split(), columns=100, lines=24, environ=environ, cwd=folder) as terminal:
        terminal.settle()
        terminal.send(f"{setup}\r")
        terminal.settle(1)
        for typed, completed in (
            ("alliance-tui extr\t", "alliance-tui extract "),
            ("alliance-tui search par\t", "alliance-tui search party:"),
            ("alliance-tui extract stateme\t", "alliance-tui extract statement.txt"),
        ):
            terminal.send(typed)
            terminal.wait_for(completed)
            terminal.send("\x15")  # clears the line
