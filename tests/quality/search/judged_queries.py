"""Measure how many queries find what a reader means, by judged queries on documents that the search was not made on.

    python -m tests.quality.search.judged_queries [KIND...]

data/judged_queries.jsonl and judged_queries_archive.jsonl (on documents of the archive, and on made-up news) have a
query a line: its `kind`, the `document` that is searched, and what is right, as spans [start, end] of the text. A query
is right if nine in ten of the spans `must` are highlighted; if nine in ten of the highlighted spans are in one of
`must` or `may`, or consist of words that match a pattern of `may`; if the first match is in a span of `first`; if an
agreement whose evidence touches each span of `records` is found, and none that touches one of `records_not`; if the
words of `absent` are named as missing; with `nothing`, if nothing is highlighted.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from alliance_tui.documents.loader import read
from alliance_tui.extraction.pipeline import Extractor
from alliance_tui.records import Analysis, Document
from alliance_tui.search.engine import search
from alliance_tui.search.indexing.search_index import SearchIndex
from alliance_tui.search.indexing.tokenizer import FUNCTION_WORDS
from alliance_tui.search.matches import Matches, Range
from alliance_tui.training.annotations import Corpus
from tests.quality.data_sets import CORPORA
from tests.support.shared_folder import ARCHIVE, require_shared_folder

DATA = Path(__file__).parent / "data"
SETS = ("judged_queries", "judged_queries_archive")
LEAST = 0.9
"""The share of what must be highlighted, and of what is highlighted rightly."""

_WORD = re.compile(r"[\w$%°¥€£]+")

JudgedQuery = dict[str, Any]


def judged_queries(name: str, kinds: Iterable[str] = ()) -> list[JudgedQuery]:
    """The queries of a set that are of these kinds; all, for no kinds."""
    every = [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [query for query in every if not kinds or query["kind"] in set(kinds)]


def documents_of(queries: Iterable[JudgedQuery]) -> dict[str, Document]:
    """The documents of queries: of the shared folder, of a set of `corpora`, of `data` or of the archive."""
    names = sorted({query["document"] for query in queries})
    folders = (require_shared_folder(), CORPORA, DATA)
    paths = {name: folder / name for name in names for folder in folders if (folder / name).exists()}
    with tempfile.TemporaryDirectory() as unpacked:
        archive = Corpus(require_shared_folder() / ARCHIVE, Path(unpacked))
        paths |= archive.paths(set(names) - paths.keys())
        return {name: read(paths[name]) for name in names}


def faults(query: JudgedQuery, matches: Matches, analysis: Analysis) -> Iterator[str]:
    """Yield what is wrong with the matches of a query."""
    text = analysis.document.text
    found = [(match.start, match.end) for match in matches.text]
    if query.get("nothing"):
        yield from ["highlights what does not occur"] if found else []
        return
    absent = [word for word in query.get("absent", ()) if not any(word in each.lower() for each in matches.missing)]
    if absent:
        yield f"does not name {', '.join(absent)}"
    yield from _faults_of_text(query, found, text)
    quotes = {match.record_id for match in matches.agreements}
    evidence = [(a.evidence.start, a.evidence.end) for a in analysis.agreements if a.id in quotes]
    if not all(_touches(span, evidence) for span in query.get("records", ())):
        yield f"lacks an agreement ({len(evidence)} found)"
    if any(_touches(span, evidence) for span in query.get("records_not", ())):
        yield "finds a wrong agreement"


def _faults_of_text(query: JudgedQuery, found: Sequence[Range], text: str) -> Iterator[str]:
    must, may = query.get("must", []), query.get("may", [])
    patterns = [re.compile(each, re.IGNORECASE) for each in may if isinstance(each, str)]
    spans = [*must, *(each for each in may if not isinstance(each, str))]
    missed = [text[start:end] for start, end in must if not _touches((start, end), found)]
    if len(missed) > (1 - LEAST) * len(must):
        yield f"misses {len(missed)} of {len(must)}: {missed[:3]}"
    wrong = [each for each in found if not _touches(each, spans) and not _is_allowed(text, each, patterns)]
    if (spans or patterns) and len(wrong) > (1 - LEAST) * len(found):
        yield f"{len(wrong)} of {len(found)} wrong: {[text[start:end] for start, end in wrong[:3]]}"
    if query.get("first") and not _touches(found[0] if found else (0, 0), query["first"]):
        yield f"begins with {text[slice(*found[0])]!r}" if found else "highlights nothing"


def _touches(span: Sequence[int], others: Iterable[Sequence[int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _is_allowed(text: str, span: Range, patterns: Sequence[re.Pattern[str]]) -> bool:
    """Whether a span, widened to whole words, matches a pattern as a whole or word by word."""
    start, end = span
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    whole = text[start:end].strip()
    if any(pattern.fullmatch(whole) for pattern in patterns):
        return True
    words = _WORD.findall(whole)
    content = [word for word in words if word.lower() not in FUNCTION_WORDS] if len(words) > 1 else words
    return bool(content) and all(any(pattern.fullmatch(word) for pattern in patterns) for word in content)


def measure(
    queries: Iterable[JudgedQuery], analyses: Mapping[str, Analysis]
) -> dict[str, list[tuple[JudgedQuery, list[str]]]]:
    """Each query with its faults, by kind."""
    indexes = {name: SearchIndex.build(analysis.document.text, analysis) for name, analysis in analyses.items()}
    by_kind: dict[str, list[tuple[JudgedQuery, list[str]]]] = defaultdict(list)
    for query in queries:
        analysis, index = analyses[query["document"]], indexes[query["document"]]
        matches = search(index, query["query"], typing=False)
        by_kind[query["kind"]].append((query, list(faults(query, matches, analysis))))
    return by_kind


def main() -> None:
    extractor = Extractor()
    for name in SETS:
        queries = judged_queries(name, sys.argv[1:])
        analyses = {document: extractor.analyse(each) for document, each in documents_of(queries).items()}
        _print_results(name, measure(queries, analyses))


def _print_results(name: str, by_kind: Mapping[str, list[tuple[JudgedQuery, list[str]]]]) -> None:
    print(name)
    for kind, results in by_kind.items():
        right = sum(not found for _, found in results)
        print(f"{kind:12} {right:3} of {len(results):3}")
        for query, found in results:
            for fault in found:
                print(f"    {query['query']} ({Path(query['document']).stem}): {fault}")
    right = sum(not found for results in by_kind.values() for _, found in results)
    count = sum(map(len, by_kind.values()))
    print(f"all          {right:3} of {count:3}: {right / count:.3f}")


if __name__ == "__main__":
    main()
