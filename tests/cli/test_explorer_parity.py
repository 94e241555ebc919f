"""The command line and the screen give the same answer: the same matches, ranks and spans."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alliance_tui.cli import main
from alliance_tui.extraction.fingerprint import extractor_version, model_version
from alliance_tui.highlighting import HighlightReason
from alliance_tui.library.analysis_cache import AnalysisCache
from alliance_tui.records import Analysis, Document
from tests.support import builders
from tests.support.pilot import app_on, driving

QUERIES = (
    *("lisbon", "portugla", "acpc", "denmark port", '"joint patrols"', "'ship", "^coop", "!china", "nato | skadi"),
    *("party:portugal", "strength:>=committed", "by:2031", "has:deadline", "type:state", "said:", "nothing-like-it"),
)


@pytest.fixture
def cached_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Analysis]:
    """The sample document as a file, a library with its analysis in the cache, and this analysis."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    from alliance_tui import documents

    sample = builders.analysis()
    path, library = tmp_path / "document.txt", tmp_path / "library.sqlite"
    path.write_text(sample.document.text, encoding="utf-8")
    document: Document = documents.read(path)
    assert document.text == sample.document.text
    analysis = Analysis(document, sample.entities, sample.agreements, extractor_version(), model_version(None))
    AnalysisCache(library).save(analysis)
    return path, library, analysis


@pytest.mark.parametrize("query", QUERIES)
async def test_a_query_matches_the_same_on_the_command_line_and_on_the_screen(
    query: str, cached_document: tuple[Path, Path, Analysis], capsys: pytest.CaptureFixture[str]
) -> None:
    path, library, analysis = cached_document
    status = main(["search", query, str(path), "--library", str(library), "--format", "json"])
    found = json.loads(capsys.readouterr().out)["matches"]
    assert status == int(not found)
    panes = {pane: [each for each in found if each["pane"] == pane] for pane in ("text", "entities", "agreements")}

    async with driving(app_on(analysis, query=query)) as drive:
        shown = drive.state.matches
        spans = sorted((each["start"], each["end"]) for each in panes["text"])
        assert spans == [(hit.start, hit.end) for hit in shown.text] == list(drive.screen.highlights.match_ticks)
        lit = "".join(drive.highlighted(HighlightReason.MATCH))
        assert lit == "".join(drive.state.text[start:end] for start, end in spans)
        for pane, matches in (("entities", shown.entities), ("agreements", shown.agreements)):
            ranks = [(each["record"], each["how"], each["score"]) for each in panes[pane]]
            assert ranks == [(match.record_id, match.match_type, round(match.score, 4)) for match in matches]


def test_lines_are_path_line_column_sentence(
    cached_document: tuple[Path, Path, Analysis], capsys: pytest.CaptureFixture[str]
) -> None:
    path, library, analysis = cached_document
    assert main(["search", "portugla", str(path), "--library", str(library)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed
    for each in printed:
        where, line, column, text = each.removeprefix(str(path.parent)).split(":", 3)
        assert where == "/document.txt"
        in_line = analysis.document.text.split("\n")[int(line) - 1]
        assert in_line[int(column) - 1 :].startswith(("Portugal", "Portuguese"))
        assert text[1:].split("Portug")[0] in in_line
