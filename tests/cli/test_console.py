"""Where output goes: standard streams that are full or closed, and files that exist already."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from alliance_tui.cli.console import write_output
from tests.support.sample_library import fill

PROGRAM = f"{sys.executable} -m alliance_tui"


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a shell, whose redirections the test is about."""
    return subprocess.run(
        ["bash", "-c", f"{PROGRAM} {command}"], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
@pytest.mark.parametrize("command", ["help keys", "info", "library list --library {library}"])
def test_an_output_that_cannot_be_written_is_one_sentence(tmp_path: Path, command: str, redirection: str) -> None:
    done = shell(f"{command.format(library=fill(tmp_path))} {redirection}")
    assert done.returncode == 1
    reason = "No space left on device" if "full" in redirection else "Bad file descriptor"
    assert done.stderr == f"alliance-tui: the output cannot be written ({reason}): send it elsewhere\n"


def test_a_closed_standard_input_cannot_be_read() -> None:
    done = shell("extract - --format jsonl <&-")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "alliance-tui: standard input cannot be read: Bad file descriptor\n"


@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full"])
def test_without_standard_error_the_data_is_printed_all_the_same(tmp_path: Path, redirection: str) -> None:
    path = fill(tmp_path)
    done = shell(f"search 'norland domain:cooking' --library {path} {redirection}")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Norland" in done.stdout


def test_a_closed_stream_does_not_become_the_library(tmp_path: Path) -> None:
    path = fill(tmp_path)
    before = path.read_bytes()
    shell(f"library list --library {path} >&- 2>&- <&-")
    assert path.read_bytes() == before


def test_the_mode_of_a_replaced_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o600)
    write_output(["new"], str(path))
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_file_has_the_mode_of_any_other(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_output(["new"], str(tmp_path / "out.csv"))
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "out.csv").stat().st_mode) == 0o640


def test_a_link_still_leads_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    link.symlink_to(real)
    write_output(["new"], str(link))
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_link_to_a_file_that_is_not_there_makes_it(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_output(["new"], str(tmp_path / "link.csv"))
    assert (tmp_path / "real.csv").read_text() == "new"


def test_an_interrupted_output_leaves_the_file_and_nothing_else(tmp_path: Path) -> None:
    def chunks() -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_output(chunks(), str(path))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
