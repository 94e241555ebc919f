"""Files that are broken, locked, enormous or made to do harm: one clear sentence each, and the next file is read."""

from __future__ import annotations

import contextlib
import io
import socket
import zipfile
from pathlib import Path

import pytest

from alliance_tui.documents import read
from alliance_tui.documents.limits import Limits
from alliance_tui.errors import DocumentError
from tests.tools.fuzz_readers import SUFFIXES, WRONG, run

FIXTURES = Path(__file__).parents[1] / "fixtures" / "documents"


def accord(suffix: str) -> bytes:
    return (FIXTURES / f"accord.{suffix}").read_bytes()


def refusal(folder: Path, name: str, data: bytes, limits: Limits | None = None) -> str:
    """Why the file is refused: one sentence that names it, after which the next file is read as ever."""
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        read(path, limits=limits or Limits())
    sentence = str(caught.value)
    assert sentence.startswith(str(path))
    assert sentence.isprintable()
    assert read(FIXTURES / "accord.md").text
    return sentence.removeprefix(str(path))


def docx(members: dict[str, bytes]) -> bytes:
    """A Word file with some members replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(accord("docx"))) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            out.writestr(name, members.get(name, source.read(name)))
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("cut.pdf", accord("pdf")[:600], "fetch it again"),
        ("cut.docx", accord("docx")[:4000], "is damaged or cut short"),
        ("broken.docx", docx({"word/document.xml": b"<w:document"}), "is damaged"),
        ("locked.pdf", (FIXTURES / "locked.pdf").read_bytes(), "is encrypted"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "of the old kind"),
        ("rich.rtf", rb"{\rtf1 Norland}", "rich text"),
        ("empty.html", b"<html></html>", "holds no"),
        ("attached.eml", b"Message-ID: <1@x>\nMIME-Version: 1.0\nContent-Type: image/png\n\nabc\n", "holds no text"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "not text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_says_what_is_wrong_and_what_to_do(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    sentence = refusal(tmp_path, name, data)
    assert reason in sentence
    assert ":" in sentence


@pytest.mark.parametrize(
    ("member", "kind"),
    [("xl/workbook.xml", "spreadsheet"), ("ppt/presentation.xml", "presentation"), ("a.txt", "ZIP archive")],
)
def test_other_archives_are_called_by_their_name(tmp_path: Path, member: str, kind: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(member, "x")
    assert kind in refusal(tmp_path, "a.docx", made.getvalue())


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = docx({"word/document.xml": b" " * 100_000_000})
    assert len(bomb) < 1_000_000
    assert "unpacks to 101 MB, too much for 1,024 MB of memory" in refusal(tmp_path, "bomb.docx", bomb)


def test_an_xml_bomb_does_not_go_off(tmp_path: Path) -> None:
    lines = ['<!DOCTYPE w:document [<!ENTITY a "Norland ">']
    lines += [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)]
    text = "\n".join(lines) + "]>"
    document = zipfile.ZipFile(io.BytesIO(accord("docx"))).read("word/document.xml").decode()
    body = document.split("?>", 1)[1].replace("Harbour", "&j;")
    path = tmp_path / "laughs.docx"
    path.write_bytes(docx({"word/document.xml": ('<?xml version="1.0"?>' + text + body).encode()}))
    try:
        assert len(read(path).text) < 10_000
    except DocumentError as error:
        assert "is damaged" in str(error)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<html><body>" + b"<div>" * 100_000 + b"<p>Norland will build a harbour.</p>"),
        ("b.html", b"<html><body>" + b"<ul><li>" * 20_000 + b"Norland"),
        ("c.md", b"> " * 50_000 + b"Norland"),
        ("d.md", b"[" * 100_000),
        ("e.md", b"---\na: " + b"[" * 50_000 + b"\n---\nNorland\n"),
        (
            "f.md",
            b"---\n" + b"".join(b"k%d: &k%d [*k%d, *k%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 60)) + b"---\nx",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_deep_nesting_costs_a_sentence_at_most(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    try:
        read(path, limits=Limits(seconds=20))
    except DocumentError as error:
        assert str(error).isprintable()


def test_limits_are_named_and_the_worker_is_replaced(tmp_path: Path) -> None:
    pdf = accord("pdf")
    assert "over 2 pages" in refusal(tmp_path, "a.pdf", pdf, Limits(pages=2))
    assert "took over 0.001 seconds" in refusal(tmp_path, "a.pdf", pdf, Limits(seconds=0.001))
    assert "over 150 MB of memory" in refusal(tmp_path, "a.md", b"*a* " * 2_000_000, Limits(memory=150))


def test_nothing_is_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        place = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        page = f'<!DOCTYPE html SYSTEM "{place}"><html><head><link rel=stylesheet href="{place}"><base href="{place}">'
        page += f'</head><body><article><p>Norland will build a harbour.</p><img src="{place}"></article></body></html>'
        (tmp_path / "a.html").write_text(page)
        entity = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{place}">]>'
        document = zipfile.ZipFile(io.BytesIO(accord("docx"))).read("word/document.xml").decode().split("?>", 1)[1]
        (tmp_path / "b.docx").write_bytes(
            docx({"word/document.xml": (entity + document.replace("Harbour", "&x;")).encode()})
        )
        for name in ("a.html", "b.docx"):
            with contextlib.suppress(DocumentError):
                read(tmp_path / name)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_mutated_files_give_a_document_or_a_sentence_and_leave_nothing(suffix: str) -> None:
    told = run(suffix, 15)
    assert told["read"] + told["refused"] == 15
    assert not any(told[each] for each in WRONG)
