"""The command line, run as its users run it: real processes on real files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alliance_tui import __version__
from alliance_tui.cli import main
from alliance_tui.cli.options.arguments import parse
from tests.support.pseudoterminal import Terminal

STATEMENT = (
    "Norland and Westmark to share radar data\n\n"
    "Norland and Westmark will link their coastal radars by next year. \x1b[2JThe end.\n"
)
COMMAND = [sys.executable, "-m", "alliance_tui"]


class Home:
    """An isolated home directory and the files in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}

    def run(self, *arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [*COMMAND, *map(str, arguments)]
        return subprocess.run(
            command, input=stdin, capture_output=True, env=self.environment, cwd=self.folder, timeout=120, check=False
        )

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "statement.txt"
    path.write_text(STATEMENT)
    return path


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the statement's analysis in its cache, so that no test waits for the language model."""
    folder = tmp_path_factory.mktemp("library")
    (folder / "statement.txt").write_text(STATEMENT)
    assert Home(folder).run("extract", "statement.txt", "--library", "known.sqlite").returncode == 0
    return folder / "known.sqlite"


def test_help_shows_commands_and_examples(home: Home) -> None:
    for command in ((), ("extract",), ("search",), ("info",)):
        done = home.run(*command, "--help")
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.startswith(b"usage: alliance-tui")
    assert b"examples:" in home.run("--help").stdout


def test_version_is_that_of_the_program_then_those_of_its_parts(home: Home) -> None:
    program, parts = home.run("--version").stdout.decode().splitlines()
    assert program == f"alliance-tui {__version__}"
    assert [part.split()[0] for part in parts.split(", ")] == ["Python", "Textual", "spaCy", "model", "extractor"]


def test_search_without_words_asks_for_the_query_only(home: Home) -> None:
    assert home.run("search").stderr.decode().splitlines()[-1].endswith("the following arguments are required: QUERY")


def test_info_takes_no_option_that_does_nothing(home: Home) -> None:
    assert b"--no-cache" not in home.run("info", "--help").stdout
    assert home.run("info", "--no-cache").returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),
        ("extract", "x.txt", "--format", "yaml"),
        ("extract", "x.txt", "--date", "yesterday"),
        ("extract", "x.txt", "--max-size", "-1"),
        ("search",),
        ("--no-such-option",),
        ("--plain",),
        ("extract", "statement.txt", "--output", "./statement.txt"),
        ("statement.txt",),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2_and_prints_no_data(home: Home, statement: Path, arguments: tuple[str, ...]) -> None:
    done = home.run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr
    assert b"Traceback" not in done.stderr
    assert statement.read_text() == STATEMENT


def test_a_date_before_the_year_1000_is_named(home: Home, statement: Path) -> None:
    done = home.run("extract", statement, "--date", "0024-04-10")
    assert done.returncode == 2
    assert b"argument --date: 0024-04-10: the year must be between 1000 and 9999" in done.stderr


def test_each_unreadable_file_is_one_line_and_the_status_is_1(home: Home) -> None:
    (home.folder / "noise.txt").write_bytes(bytes(range(256)) * 9)
    done = home.run("extract", "missing.txt", "noise.txt", "--format", "jsonl")
    assert (done.returncode, done.stdout) == (1, b"")
    missing, noise = done.stderr.decode().splitlines()
    assert "missing.txt" in missing
    assert "noise.txt" in noise


def test_info_prints_versions_and_paths(home: Home) -> None:
    done = home.run("info")
    assert done.returncode == 0
    for word in ("alliance-tui: ", "Python: ", "model: ", "library: ", "terminal: "):
        assert word in done.stdout.decode()
    assert home.files() == []


def test_only_debug_prints_a_traceback(home: Home) -> None:
    assert b"Traceback" not in home.run("extract", "missing.txt").stderr
    assert b"Traceback" in home.run("extract", "missing.txt", "--debug").stderr


@pytest.mark.model
def test_extract_prints_the_analysis_of_every_document_that_can_be_read(home: Home, statement: Path) -> None:
    done = home.run("extract", statement, "missing.txt", "-", "--format", "json", "--date", "2029-03-04", stdin=b"Hi.")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    first, second = json.loads(done.stdout)
    assert done.stdout.isascii()
    assert first["document"]["path"] == str(statement)
    assert first["document"]["text"] == STATEMENT.replace("\x1b", "␛")
    assert first["document"]["date"] == "2029-03-04"
    assert second["document"]["path"] == "-"


@pytest.mark.model
def test_a_second_run_gives_the_same_answer_from_the_cache(home: Home, statement: Path) -> None:
    first = home.run("extract", statement, "--format", "json")
    assert [path.name for path in home.files() if path != statement] == ["library.sqlite"]
    started = "import sys; from alliance_tui.cli import main; main(); print('spacy' in sys.modules, file=sys.stderr)"
    again = subprocess.run(
        [sys.executable, "-c", started, "extract", str(statement), "--format", "json"],
        env=home.environment,
        capture_output=True,
        check=False,
        cwd=home.folder,
    )
    assert again.stdout == first.stdout
    assert again.stderr == b"False\n"


@pytest.mark.model
def test_no_cache_leaves_nothing_on_disk(home: Home, statement: Path) -> None:
    assert home.run("extract", statement, "--no-cache").returncode == 0
    assert home.files() == [statement]


@pytest.mark.model
def test_output_goes_to_the_file_that_was_named(home: Home, statement: Path, library: Path) -> None:
    done = home.run("extract", statement, "--format", "json", "--output", "out.json", "--library", library)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert json.loads((home.folder / "out.json").read_bytes())["schema"] == 1


def test_an_output_that_cannot_be_written_is_wrong_usage(home: Home, statement: Path) -> None:
    done = home.run("extract", "missing.txt", "--output", "no/such/folder/out.json")
    assert done.returncode == 2
    assert b"no/such/folder/out.json cannot be written" in done.stderr


@pytest.mark.model
def test_an_empty_and_a_foreign_document_are_noted_and_answered(home: Home, library: Path) -> None:
    (home.folder / "a.txt").write_text(" \n")
    (home.folder / "b.txt").write_text("Le ministre a dit que les deux pays se sont mis d'accord sur la pêche.")
    done = home.run("extract", "a.txt", "b.txt", "--format", "jsonl", "--library", library)
    lines = done.stderr.decode().splitlines()
    assert "a.txt is empty" in lines[0]
    assert "b.txt is in French" in lines[1]
    assert [json.loads(line)["agreements"] for line in done.stdout.splitlines()] == [[], []]


@pytest.mark.model
@pytest.mark.parametrize(("date", "asked"), [((), True), (("--date", "2021-04-03"), False)])
def test_a_hint_asks_for_the_date_if_a_deadline_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], date: list[str], asked: bool
) -> None:
    path = tmp_path / "tugs.txt"
    path.write_text("The ministers met on a boat. Norland will send six tugs to Westmark by next year.")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["extract", str(path), "--no-cache", *date]) == 0
    assert ("give it with --date" in capsys.readouterr().err) is asked


@pytest.mark.model
def test_plain_prints_text_and_records_without_control_characters(home: Home, statement: Path, library: Path) -> None:
    done = home.run("--plain", statement, "--library", library)
    text = done.stdout.decode()
    assert done.returncode == 0
    assert "Norland and Westmark will link their coastal radars" in text
    assert all(character == "\n" or character.isprintable() for character in text)


@pytest.mark.pty
@pytest.mark.model
def test_the_table_is_as_wide_as_the_terminal(home: Home, statement: Path, library: Path) -> None:
    command = [*COMMAND, "extract", str(statement), "--library", str(library)]
    for columns, is_whole in ((60, False), (300, True)):
        with Terminal(command, columns=columns) as terminal:
            terminal.wait_for_end()
            heading = next(line.rstrip() for line in terminal.lines if line.startswith("Norland and Westmark to"))
        assert heading.endswith(str(statement)) is is_whole
        assert heading.endswith("…") is not is_whole


@pytest.mark.model
def test_a_closed_pipe_is_no_error(home: Home, statement: Path) -> None:
    statement.write_text("A note." + "\n" * 200_000)
    process = subprocess.Popen(
        [*COMMAND, "--plain", str(statement)],
        env=home.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait(timeout=120) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def wait_until_asleep(process: subprocess.Popen[bytes]) -> None:
    """Return once the process has waited for something for a tenth of a second on end."""
    status = Path(f"/proc/{process.pid}/stat")
    asleep = 0
    while asleep < 10:
        time.sleep(0.01)
        assert process.poll() is None
        state = status.read_text().rpartition(")")[2].split()[0] if status.exists() else "S"
        asleep = asleep + 1 if state == "S" else 0


def test_an_interrupt_is_quiet(home: Home) -> None:
    process = subprocess.Popen(
        [*COMMAND, "extract", "-"],
        env=home.environment,
        stdin=subprocess.PIPE,  # an open pipe without data keeps the program waiting
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell ignores it in the background
    )
    wait_until_asleep(process)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60) == (b"", b"")
    assert process.returncode == 130


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3_000, "a" * 300 + "/b.txt"], ids=["name", "path", "folder"])
def test_a_path_that_is_too_long_is_one_sentence(home: Home, name: str) -> None:
    done = home.run("extract", name)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"cannot be read: File name too long" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_an_ending_signal_is_quiet_and_leaves_nothing(home: Home, number: signal.Signals) -> None:
    process = subprocess.Popen(
        [*COMMAND, "extract", "-", "--output", "out.json"],
        env=home.environment,
        cwd=home.folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    while not home.files():  # the file that is written until all is answered
        time.sleep(0.01)
    wait_until_asleep(process)
    process.send_signal(number)
    assert process.communicate(timeout=60) == (b"", b"")
    assert process.returncode == 128 + number
    assert home.files() == []


HANGING = """
import sqlite3, sys
from alliance_tui.cli import main
from alliance_tui.cli.commands.assistance import info
def run(arguments):
    print("hangs", flush=True)
    sqlite3.connect(":memory:").execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    )
info.run = run
sys.exit(main(["info"]))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_ending_signal_ends_what_hears_none(number: signal.Signals) -> None:
    process = subprocess.Popen([sys.executable, "-c", HANGING], stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"hangs\n"
    process.send_signal(number)
    assert process.wait(timeout=60) == 128 + number
    process.stdout.close()


@pytest.mark.model
def test_an_empty_document_is_answered_and_counts_as_failed(home: Home, library: Path) -> None:
    (home.folder / "empty.txt").write_text("")
    done = home.run("extract", "empty.txt", "--format", "json", "--library", library)
    assert done.returncode == 1
    assert json.loads(done.stdout)["agreements"] == []
    assert b"empty.txt is empty" in done.stderr


def test_an_error_of_the_program_is_one_sentence_without_the_name_of_an_exception(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(_: object) -> int:
        raise KeyError("secret")

    monkeypatch.setattr("alliance_tui.cli.commands.assistance.info.run", run)
    assert main(["info"]) == 1
    sentence = "stopped by a fault of its own: run it again with --debug and report what it prints"
    assert capsys.readouterr().err == f"alliance-tui: {sentence}\n"


def test_a_file_called_like_a_command_is_opened_by_its_path(home: Home) -> None:
    (home.folder / "extract").write_text("")
    assert b"terminal" in home.run("./extract").stderr
    assert b"required" in home.run("extract").stderr


@pytest.mark.parametrize(
    ("typed", "meant"), [("serach", "search"), ("libary", "library"), ("Extract", "extract"), ("infos", "info")]
)
def test_a_mistyped_command_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, typed: str, meant: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as exit_:
        parse([typed, "radar"])
    assert exit_.value.code == 2
    assert f"{typed} is neither a file nor a command: did you mean alliance-tui {meant}?" in capsys.readouterr().err


def test_a_mistyped_action_of_a_command_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["library", "serches"])
    assert "serches is no action of library: did you mean alliance-tui library searches?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["--qurey", "radar"], "there is no option --qurey: did you mean --query?"),
        (["extract", "a.txt", "--fromat=json"], "there is no option --fromat: did you mean --format?"),
        (["library", "add", "a/", "--qiuck"], "there is no option --qiuck: did you mean --quick?"),
        (["serve", "a.txt", "--max-secnds", "5"], "there is no option --max-secnds: did you mean --max-seconds?"),
        (["extract", "a.txt", "--zoom"], "unrecognized arguments: --zoom"),
        (["library", "list", "--quick"], "unrecognized arguments: --quick"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistyped_option_is_told(capsys: pytest.CaptureFixture[str], typed: list[str], meant: str) -> None:
    with pytest.raises(SystemExit) as exit_:
        parse(typed)
    assert exit_.value.code == 2
    assert capsys.readouterr().err.endswith(f"error: {meant}\n")


def test_words_after_two_dashes_are_no_options() -> None:
    assert parse(["search", "--", "--fromat"]).query == "--fromat"


@pytest.mark.parametrize(
    "typed",
    ["statment.txt", "extract statment.txt", "search radar statment.txt", "--plain statment.txt", "serve statment.txt"],
)
def test_a_mistyped_path_is_one_sentence(home: Home, statement: Path, typed: str) -> None:
    done = home.run(*typed.split())
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"alliance-tui: statment.txt: there is no such file; check the path\n"


@pytest.mark.parametrize("typed", ["serach", "statement", "./serach", "statement.txt", "x" * 5_000])
def test_a_file_or_a_word_like_no_command_is_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "serach").write_text("")
    assert parse([typed]).paths == [typed]


@pytest.mark.model
def test_search_prints_locations_for_other_programs(home: Home, statement: Path, library: Path) -> None:
    known = ("--library", library)
    lines = home.run("search", "costal radars", statement, *known).stdout.decode().splitlines()
    assert lines[0].startswith(f"{statement}:3:")
    assert "␛" in lines[0]
    done = home.run("search", "costal radars", statement, "--format", "json", *known)
    answer = json.loads(done.stdout)
    assert (answer["schema"], answer["query"]) == (1, "costal radars")
    sanitised = STATEMENT.replace("\x1b", "␛")
    in_text = [match for match in answer["matches"] if match["pane"] == "text"]
    assert {sanitised[match["start"] : match["end"]] for match in in_text} == {match["text"] for match in in_text}
    assert "coastal" in {match["text"] for match in in_text}


@pytest.mark.model
def test_control_characters_of_a_file_name_reach_no_terminal(home: Home, library: Path) -> None:
    (home.folder / "a\x1b[2J\n.txt").write_text(STATEMENT)
    for arguments in (("extract", "."), ("search", "radars", "."), ("--plain", ".")):
        done = home.run(*arguments, "\x1b]0;missing\x07.txt", "--library", library)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        for output in (done.stdout, done.stderr):
            assert all(character == "\n" or character.isprintable() for character in output.decode())


@pytest.mark.model
def test_a_file_that_is_no_library_is_left_alone_and_reported(home: Home, statement: Path) -> None:
    notes = home.folder / "notes"
    notes.write_text("mine")
    done = home.run("extract", statement, "--library", notes)
    assert done.returncode == 0
    assert done.stdout
    assert b"left as it is" in done.stderr
    assert notes.read_text() == "mine"


def test_an_interrupt_during_start_up_prints_no_traceback(home: Home) -> None:
    for milliseconds in range(0, 150, 6):
        started = subprocess.Popen([*COMMAND, "--version"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        time.sleep(milliseconds / 1000)
        started.send_signal(signal.SIGINT)
        assert b"alliance_tui/cli" not in started.communicate()[1]
