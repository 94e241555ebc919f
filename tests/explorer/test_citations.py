"""Citations as people write them: without local paths and offsets."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from alliance_tui.explorer.presenters.citations import STYLES, citation
from alliance_tui.records import Analysis, Document
from tests.support import builders

ANALYSIS = builders.analysis(replace(builders.document(), source="Coast Wire, https://example.org/accord"))
PORT = ANALYSIS.agreements[3]
QUOTE = "Lisbon pledged to open the port of Leixões to Danish ships"


@pytest.mark.parametrize(
    ("style", "cited"),
    [
        (
            "plain",
            f"“{QUOTE}” (Portugal and Denmark join forces at sea, 2026-03-02, paragraph 4, Coast Wire, "
            "https://example.org/accord)",
        ),
        (
            "chicago",
            f"“{QUOTE}” “Portugal and Denmark join forces at sea,” Coast Wire, March 2, 2026, par. 4, "
            "https://example.org/accord.",
        ),
        (
            "markdown",
            f"> {QUOTE}\n>\n> — [Portugal and Denmark join forces at sea](<https://example.org/accord>), Coast Wire, "
            "2026\\-03\\-02, paragraph 4",
        ),
        ("{source} ({date}), {place}: {quote}", f"Coast Wire (2026-03-02), paragraph 4: {QUOTE}"),
    ],
)
def test_a_record_is_cited_in_a_style(style: str, cited: str) -> None:
    assert citation(ANALYSIS, PORT, style) == cited


@pytest.mark.parametrize("style", list(STYLES))
def test_no_citation_tells_a_path_or_offsets(style: str) -> None:
    document = Document.from_text(builders.ACCORD, title="Accord", path="/home/ada/secret/accord.txt")
    cited = citation(Analysis(document, (), (PORT,), "test", "test"), PORT, style)
    assert "ada" not in cited
    assert str(PORT.evidence.start) not in cited
    assert ", ," not in cited
