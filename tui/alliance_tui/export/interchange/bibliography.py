"""The sources of records as bibliographic data: CSL-JSON, RIS and BibTeX, one item for each document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from alliance_tui.export.labels import collapse_whitespace
from alliance_tui.export.provenance import provenance_line
from alliance_tui.records import Document
from alliance_tui.review.reviewed_analysis import ReviewedAnalysis

_ADDRESS = re.compile(r"https?://\S+")
_BIBTEX_SPECIAL = re.compile(r"([\\{}$&%#_^~])")
_BIBTEX_ESCAPES = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}
_NEWS = ("news", "article", "press")


def source_address(document: Document) -> str | None:
    """Return the address in the document's source, None where it names none."""
    match = _ADDRESS.search(document.source or "")
    return match[0] if match else None


def publisher(document: Document) -> str | None:
    """Return the words of the document's source without an address."""
    return _ADDRESS.sub("", document.source or "").strip(" ,;()<>") or None


def to_csl(documents: Iterable[ReviewedAnalysis]) -> Iterator[str]:
    """Yield a CSL-JSON array."""
    separator = "["
    for reviewed in documents:
        document = reviewed.analysis.document
        item = {
            "id": document.id,
            "type": "article-newspaper" if _is_news(document) else "report",
            "title": collapse_whitespace(document.title),
            "issued": {"date-parts": [[int(part) for part in document.date.split("-")]]} if document.date else None,
            "publisher": publisher(document),
            "genre": document.kind,
            "URL": source_address(document),
            "note": provenance_line(reviewed),
        }
        yield separator + "\n" + json.dumps({key: value for key, value in item.items() if value}, indent=2)
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def to_ris(documents: Iterable[ReviewedAnalysis]) -> Iterator[str]:
    """Yield a RIS record for each document; lines end with CRLF."""
    for reviewed in documents:
        document = reviewed.analysis.document
        fields = [
            ("TY", "NEWS" if _is_news(document) else "GOVDOC"),
            ("ID", document.id),
            ("TI", document.title),
            ("DA", document.date.replace("-", "/") if document.date else None),
            ("PY", document.date[:4] if document.date else None),
            ("PB", publisher(document)),
            ("M3", document.kind),
            ("UR", source_address(document)),
            ("N1", provenance_line(reviewed)),
            ("ER", ""),
        ]
        yield "".join(f"{tag}  - {collapse_whitespace(value)}\r\n" for tag, value in fields if value is not None)


def to_bibtex(documents: Iterable[ReviewedAnalysis]) -> Iterator[str]:
    """Yield a BibTeX entry for each document."""
    for reviewed in documents:
        document = reviewed.analysis.document
        fields = {
            "title": f"{{{_bibtex(document.title)}}}",
            "year": document.date[:4] if document.date else None,
            "date": document.date,
            "institution": _bibtex(publisher(document) or "") or None,
            "type": _bibtex(document.kind or "") or None,
            "url": source_address(document),
            "note": _bibtex(provenance_line(reviewed)),
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        yield f"@techreport{{d{document.id},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex(text: str) -> str:
    """Return a text on one line, with the characters escaped that have a meaning in TeX."""
    return _BIBTEX_SPECIAL.sub(lambda m: _BIBTEX_ESCAPES.get(m[0], f"\\{m[0]}"), collapse_whitespace(text))


def _is_news(document: Document) -> bool:
    return any(word in (document.kind or "").lower() for word in _NEWS)
