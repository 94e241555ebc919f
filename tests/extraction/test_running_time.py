"""The running time of the analysis grows with the text, not with its square, whatever is repeated in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest
import spacy

from alliance_tui.documents.language_detection import detect_language
from alliance_tui.documents.metadata import find_title
from alliance_tui.documents.publication_date import find_publication_date
from alliance_tui.documents.sanitise import sanitise
from alliance_tui.extraction.amounts import find_amounts
from alliance_tui.extraction.dates.deadlines import find_date_expressions
from alliance_tui.extraction.dates.named_events import NamedEvents, find_reference_date
from alliance_tui.extraction.layout.segments import segment
from alliance_tui.extraction.nlp.spacy_pipeline import Passage, parse_segments
from alliance_tui.extraction.parties.entity_table import find_entities
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Document
from tests.faults.hostile_texts import repeated

MAX_GROWTH = 2.5
"""The highest growth of the time when the text doubles; a quadratic stage grows by 4."""
SIZE = 12_000
"""Characters of the shorter text; the longer one has four times as many, two doublings."""
NEGLIGIBLE_SECONDS = 0.03
"""Less is not compared: a stage may take its longer way only from the first word on that calls for it."""
MEASUREMENTS = 5
DATE = "2024-01-01"
TOKENIZER = spacy.blank("en")

FRAGMENTS = [
    "Japan-U.S.-",
    "Joint Working Group (JWG) ",
    "Japan will sign the treaty and ",
    "Office of the ",
    "the ",
    "A.B.",
    "A’",
    "Ab-",
    "Ab’s ",
    "(AB) ",
    "Ministries of Ab, ",
    "today, within that year, ",
    "The {}o Treaty of {}a. The Treaty enters into force. ",
    "{}o Working Group ({}G) ",
    "Minister {}o {}a of Kenya, ",
    "{}o Trade, trade, Trade and ",
]
"""Each is repeated in one line, "{}" replaced by a new word each time."""


def layout_and_metadata(text: str) -> None:
    sanitise(text)
    find_title(text)
    find_publication_date(text)
    detect_language(text)
    segment(text)


def dates_and_amounts(text: str) -> None:
    reference_date = find_reference_date(text, DATE)
    events = NamedEvents(text, reference_date)
    for part in segment(text):
        find_date_expressions(text, part.start, part.end, reference_date)
        events.date_expressions(part.start, part.end)
        find_amounts(text, part.start, part.end)


def entities_of_prose(text: str) -> None:
    """Find entities with all of the pipeline but the statistical model."""
    _find_entities(text, list(parse_segments(TOKENIZER, text, segment(text), lambda _: False)))


def entities_of_headings(text: str) -> None:
    _find_entities(text, [])


def _find_entities(text: str, passages: Sequence[Passage]) -> None:
    find_entities(Document.from_text(text, title="Title", date=DATE), passages)


def seconds(stage: Callable[[str], None], text: str) -> float:
    start = time.thread_time()
    stage(text)
    return time.thread_time() - start


def growth(stage: Callable[[str], None], fragment: str, size: int) -> float:
    """The growth of the stage's time for each doubling of the text, from the shortest times of up to five measurements.

    The shortest time of each text is the one that the machine's other work disturbed least.
    """
    texts = [repeated(fragment, length) for length in (size, 4 * size)]
    fastest = [float("inf"), float("inf")]
    growth_per_doubling = float("inf")
    for _ in range(MEASUREMENTS):
        fastest = [min(best, seconds(stage, text)) for best, text in zip(fastest, texts, strict=True)]
        growth_per_doubling = (fastest[1] / max(fastest[0], NEGLIGIBLE_SECONDS)) ** 0.5
        if growth_per_doubling < MAX_GROWTH:
            break
    return growth_per_doubling


def quadratic(text: str) -> None:
    """Search the rest of the text at each word, as a stage of quadratic time does."""
    for place in range(0, len(text), 2):
        text.find("not in it", place)


@pytest.mark.parametrize("fragment", FRAGMENTS[:3])
def test_quadratic_time_would_be_noticed(fragment: str) -> None:
    assert growth(quadratic, fragment, SIZE) >= MAX_GROWTH


STAGES = [layout_and_metadata, dates_and_amounts, entities_of_prose, entities_of_headings]


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_the_time_of_stages_without_the_model_grows_with_the_text(fragment: str) -> None:
    growths = {stage.__name__: growth(stage, fragment, SIZE) for stage in STAGES}
    assert {name: value for name, value in growths.items() if value >= MAX_GROWTH} == {}


@pytest.mark.model
@pytest.mark.parametrize(
    "fragment",
    [
        "Japan will sign the treaty and ",
        "Kenya will fund the {}o Treaty with Peru. ",
        "Kenya will build the {}o Port with Peru by 2031 and ",
        "(",
    ],
)
def test_the_time_of_the_whole_analysis_grows_with_the_text(extractor: Extractor, fragment: str) -> None:
    def analyse(text: str) -> None:
        extractor.analyse(Document.from_text(text, title="Title", date=DATE))

    analyse("Japan will sign a treaty by 2030.")  # loads the models
    assert growth(analyse, fragment, 6_000) < MAX_GROWTH
