"""What is installed: the wheel and the source archive hold all that the program needs."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from alliance_tui.cli.commands.assistance.man_page import man_page
from alliance_tui.cli.options.parsers import COMMANDS, complete_parser
from alliance_tui.documents import seed_document

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "tui" / "alliance_tui"


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive."""
    if not importlib.util.find_spec("hatchling"):
        pytest.skip("the build backend is not installed")
    folder = tmp_path_factory.mktemp("distributions")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(distributions: Path) -> Path:
    """The content of the wheel."""
    (wheel,) = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(distributions / "installed")
    return distributions / "installed"


def package_files(folder: Path) -> set[Path]:
    """The files of the package, relative to its folder."""
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}


def test_the_seed_ships_in_the_wheel(installed: Path) -> None:
    program = (
        "from alliance_tui.documents import seed_document; d = seed_document(); print(d.path, len(d.text), d.date)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    path, length, date = done.stdout.split()
    assert Path(path).is_relative_to(installed)
    assert (int(length), date) == (len(seed_document().text), "2024-04-10")


def test_all_files_of_the_package_ship_in_the_wheel(installed: Path) -> None:
    shipped = package_files(installed / "alliance_tui")
    assert package_files(PACKAGE) <= shipped
    assert {path.suffix for path in shipped if path.parts[:2] == ("extraction", "data")} >= {".toml", ".npz", ".onnx"}
    assert {path.name for path in shipped} >= {"encoder-LICENSE.txt", "encoder-NOTICE.txt"}


def test_the_source_archive_holds_the_package_the_seeds_and_what_builds_the_wheel(distributions: Path) -> None:
    (archive,) = distributions.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert {f"tui/alliance_tui/{path}" for path in package_files(PACKAGE)} <= names
    assert {f"seeds/{path.name}" for path in (ROOT / "seeds").iterdir()} <= names
    assert {"pyproject.toml", "hatch_build.py", "README.md", "LICENSE"} <= names


def test_the_man_page_in_the_wheel_is_that_of_the_command_line(installed: Path) -> None:
    (page,) = installed.glob("*.data/data/share/man/man1/alliance-tui.1")
    assert page.read_text(encoding="utf-8") == man_page()


@pytest.fixture(scope="module")
def environment(distributions: Path) -> Path:
    """An empty virtual environment with the wheel, for which wheels of all that it needs are fetched."""
    (wheel,) = distributions.glob("*.whl")
    folder = distributions / "environment"
    venv.create(folder)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    install = [*pip, "install", "--only-binary", ":all:", "--no-compile", "--no-input", str(wheel)]
    done = subprocess.run(install, capture_output=True, text=True, timeout=900, check=False)
    if "Could not find a version" in done.stderr or "NewConnectionError" in done.stderr:
        pytest.skip("no package index answers")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.model
@pytest.mark.timeout(600)  # wheels of all that it needs are fetched
def test_the_wheel_runs_its_main_job_in_an_empty_environment_and_home(environment: Path, tmp_path: Path) -> None:
    def run(*command: str | Path) -> str:
        home = {"HOME": str(tmp_path), "PATH": f"{environment / 'bin'}:/usr/bin:/bin"}
        return subprocess.run(
            command, env=home, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=True
        ).stdout

    facts = json.loads(run("alliance-tui", "info", "--format", "json"))
    seed = Path(facts["first article"])
    assert seed.is_relative_to(environment)
    (tmp_path / "seed.txt").write_bytes(seed.read_bytes())
    extracted = json.loads(run("alliance-tui", "extract", "seed.txt", "--date", "2024-04-10", "--format", "json"))
    text = extracted["document"]["text"]
    assert sum(record["kind"] == "agreement" for record in extracted["agreements"]) == 10
    assert all(text[record["start"] : record["end"]] == record["quote"] for record in extracted["agreements"])
    assert run("alliance-tui", "library", "add", "seed.txt") == "1 added; 1 document in the library\n"
    assert run("alliance-tui", "search", "dicsa").startswith(f"{tmp_path / 'seed.txt'}:9:")
    assert "alliance-tui" in run("alliance-tui", "completion", "bash")
    assert (environment / "share" / "man" / "man1" / "alliance-tui.1").read_text(encoding="utf-8") == man_page()
    assert run("alliance-tui", "help", "man") == man_page()


def test_the_man_page_names_every_command_and_option() -> None:
    page = man_page().replace(r"\-", "-")
    for command in COMMANDS:
        assert f".SS alliance-tui {command}\n" in page
        for action in complete_parser(command)._actions:
            assert all(option in page for option in action.option_strings if option not in ("-h", "--help"))


def test_the_man_page_is_formatted_without_a_warning(tmp_path: Path) -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    command = ["groff", "-man", "-ww", "-Tutf8"]
    done = subprocess.run(command, input=man_page(), capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    assert "documents" in done.stdout
