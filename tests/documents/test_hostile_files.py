"""Files that are broken, locked, enormous or made to do harm: one clear sentence each, and the next file is read."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alliance_tui.documents import read, read_all
from alliance_tui.documents.format_detection import DocumentFormat, detect_format
from alliance_tui.documents.limits import Limits
from alliance_tui.documents.publication_date import parse_date_line, parse_dateline
from alliance_tui.documents.readers.pdf_paragraphs import PrintedLine, lay_out_pages
from alliance_tui.errors import DocumentError
from alliance_tui.records import Document
from tests.tools.fuzz_readers import SUFFIXES, WRONG, run

FIXTURES = Path(__file__).parents[1] / "fixtures" / "documents"


def accord_bytes(suffix: str) -> bytes:
    return (FIXTURES / f"accord.{suffix}").read_bytes()


def error_sentence(folder: Path, name: str, data: bytes, limits: Limits | None = None) -> str:
    """Return the error of a file, without its name, and check that the next file is read."""
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        read(path, limits=limits or Limits())
    sentence = str(caught.value)
    assert sentence.startswith(str(path))
    assert sentence.isprintable()
    assert read(FIXTURES / "accord.md").text
    return sentence.removeprefix(str(path))


def docx_with(members: dict[str, bytes]) -> bytes:
    """Return a Word file with some members replaced."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(accord_bytes("docx"))) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            out.writestr(name, members.get(name, source.read(name)))
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("cut.pdf", accord_bytes("pdf")[:600], "fetch it again"),
        ("cut.docx", accord_bytes("docx")[:4000], "is damaged or cut short"),
        ("broken.docx", docx_with({"word/document.xml": b"<w:document"}), "is damaged"),
        ("locked.pdf", (FIXTURES / "locked.pdf").read_bytes(), "is encrypted"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "of the old format"),
        ("rich.rtf", rb"{\rtf1 Norland}", "rich text"),
        ("empty.html", b"<html></html>", "holds no"),
        ("attached.eml", b"Message-ID: <1@x>\nMIME-Version: 1.0\nContent-Type: image/png\n\nabc\n", "holds no text"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "not text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_says_what_is_wrong_and_what_to_do(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    sentence = error_sentence(tmp_path, name, data)
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
    assert kind in error_sentence(tmp_path, "a.docx", made.getvalue())


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = docx_with({"word/document.xml": b" " * 100_000_000})
    assert len(bomb) < 1_000_000
    assert "unpacks to 101 MB, too much for 1,024 MB of memory" in error_sentence(tmp_path, "bomb.docx", bomb)


def test_an_xml_bomb_does_not_go_off(tmp_path: Path) -> None:
    lines = ['<!DOCTYPE w:document [<!ENTITY a "Norland ">']
    lines += [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)]
    text = "\n".join(lines) + "]>"
    document = zipfile.ZipFile(io.BytesIO(accord_bytes("docx"))).read("word/document.xml").decode()
    body = document.split("?>", 1)[1].replace("Harbour", "&j;")
    path = tmp_path / "laughs.docx"
    path.write_bytes(docx_with({"word/document.xml": ('<?xml version="1.0"?>' + text + body).encode()}))
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


@pytest.mark.parametrize(
    ("name", "opening", "closing"),
    [
        ("divisions.html", "<div>", "</div>"),
        ("unclosed.html", "<font>", ""),
        ("lists.html", "<ul><li>", "</li></ul>"),
        ("quotes.md", "> ", ""),
        ("lists.md", "- ", ""),
    ],
    ids=lambda value: value if value.endswith(("html", "md")) else "",
)
def test_what_is_nested_is_read_whole_or_refused(tmp_path: Path, name: str, opening: str, closing: str) -> None:
    """Whatever the depth: a text that lacks what is nested deeper would pass for the whole."""
    first, last = "Norland will build a harbour.", "Westmark will pay for it."
    for depth in (1, 12, 40, 120, 300, 2_000):
        path = tmp_path / name
        if name.endswith("html"):
            nested = f"{opening * depth}<p>{first}</p>{closing * depth}<p>{last}</p>"
            path.write_text(f"<html><body>{nested}</body></html>")
        else:
            path.write_text(f"{opening * depth}{first}\n\n{last}\n")
        try:
            text = read(path).text
        except DocumentError as error:
            assert "nested too deeply: save its text alone" in str(error)
            assert depth >= 100
        else:
            assert first in text
            assert last in text


def word_table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def word_cell(text: str, nested: str = "") -> str:
    return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p>{nested}</w:tc>"


def test_a_table_in_a_cell_of_a_table_is_read_once(tmp_path: Path) -> None:
    inner = word_table(word_cell("Norland") + word_cell("a harbour"), word_cell("Westmark") + word_cell("a road"))
    outer = word_table(word_cell("Who builds what", word_table(word_cell("", inner))) + word_cell("by 2031"))
    assert word_lines(tmp_path, outer) == ["Who builds what | by 2031", "Norland | a harbour", "Westmark | a road"]


@pytest.mark.parametrize("wrapper", ["w:sdt><w:sdtContent", "w:customXml", "w:ins"])
def test_a_cell_in_a_content_control_or_inserted_is_read(tmp_path: Path, wrapper: str) -> None:
    ends = "".join(f"</{each.removeprefix('<')}>" for each in reversed(wrapper.split(">")))
    row = word_cell("Norland") + f"<{wrapper}>{word_cell('a harbour')}{ends}"
    assert word_lines(tmp_path, word_table(row)) == ["Norland | a harbour"]


def word_lines(folder: Path, body: str) -> list[str]:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    path = folder / "tables.docx"
    path.write_bytes(docx_with({"word/document.xml": document.encode()}))
    return read(path).text.splitlines()


def test_limits_are_named_and_the_worker_is_replaced(tmp_path: Path) -> None:
    pdf = accord_bytes("pdf")
    assert "over 2 pages" in error_sentence(tmp_path, "a.pdf", pdf, Limits(pages=2))
    assert "took over 0.001 seconds" in error_sentence(tmp_path, "a.pdf", pdf, Limits(seconds=0.001))
    assert "took over 0.001 seconds" in error_sentence(tmp_path, "a.pdf", pdf, Limits(processor_seconds=0.001))
    assert "over 150 MB of memory" in error_sentence(tmp_path, "a.md", b"*a* " * 2_000_000, Limits(memory=150))


def test_nothing_is_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        place = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        page = f'<!DOCTYPE html SYSTEM "{place}"><html><head><link rel=stylesheet href="{place}"><base href="{place}">'
        page += f'</head><body><article><p>Norland will build a harbour.</p><img src="{place}"></article></body></html>'
        (tmp_path / "a.html").write_text(page)
        entity = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{place}">]>'
        document = (
            zipfile.ZipFile(io.BytesIO(accord_bytes("docx"))).read("word/document.xml").decode().split("?>", 1)[1]
        )
        (tmp_path / "b.docx").write_bytes(
            docx_with({"word/document.xml": (entity + document.replace("Harbour", "&x;")).encode()})
        )
        for name in ("a.html", "b.docx"):
            with contextlib.suppress(DocumentError):
                read(tmp_path / name)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_mutated_files_give_a_document_or_a_sentence_and_leave_nothing(suffix: str) -> None:
    counts = run(suffix, 15)
    assert counts["read"] + counts["refused"] == 15
    assert not any(counts[each] for each in WRONG)


FRAGMENTS = {
    "comments": ("<!---->", "a.html"),
    "comments apart": ("<!-- a --> \n", "a.txt"),
    "open comments": ("<!--", "a.html"),
    "open comments in Markdown": ("<!--", "a.md"),
    "declarations": ("<?xml ", "a.txt"),
    "tags": ("<a", "a.html"),
    "header lines": ("A-b: c\n d\n", "a.txt"),
    "front matter": ("---\na: \n", "a.md"),
    "lines of a mail": ("Message-ID: 1\n" + "word " * 15 + "\n", "a.eml"),
}


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_repeated_fragments_cost_time_in_proportion(tmp_path: Path, fragment: str) -> None:
    text, name = FRAGMENTS[fragment]
    path = tmp_path / name
    for size in (300, 40_000, 300_000):
        path.write_text((text * (size // len(text) + 1))[:size] + "<p>x</p>")
        began = time.process_time()
        try:
            read(path, limits=Limits(seconds=10))
        except DocumentError as error:  # a page of nothing but comments
            assert "took over" not in str(error), f"{size} bytes"
        assert time.process_time() - began < 2, f"{size} bytes"


def test_comments_before_the_first_tag_of_a_page_are_passed_over() -> None:
    page = b"<!-- saved -->\n<!-- from\na browser -- -->  <!DOCTYPE  html><p>Norland</p>"
    assert detect_format(page, "a") is DocumentFormat.HTML
    assert detect_format(b"<!---->" * 280 + b"<html>", "a") is DocumentFormat.HTML
    assert detect_format(b"<!---->" * 40 + b"<p>x</p>", "x.txt") is DocumentFormat.TEXT
    assert detect_format(b"<!-- <html> -->", "x.txt") is DocumentFormat.TEXT


@pytest.mark.parametrize("line", ["A" * 85 + "! 2020-01-01", "A." * 40 + "! 1 May 2020", "Ab-" * 25 + "! 2020-01-01"])
def test_capitals_beside_a_date_are_not_split_in_every_way(line: str) -> None:
    began = time.process_time()
    assert parse_date_line(line) is None
    assert parse_dateline(line) is None
    assert time.process_time() - began < 1


def test_a_long_word_at_the_end_of_a_printed_line_is_looked_through_once() -> None:
    lines = [PrintedLine("w" * 200_000, 0.0, 100.0, 10.0), PrintedLine("word", 0.0, 90.0, 10.0)]
    began = time.process_time()
    text = lay_out_pages([lines]).text
    assert len(text) > 200_000
    assert time.process_time() - began < 2


def test_tags_and_comments_of_markdown_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("<div>\nNorland <!-- a\nb --> and <!-- open <b>Westmark</b>\n</div>\n")
    text = read(tmp_path / "a.md").text
    assert "Norland" in text
    assert "Westmark" in text
    assert "b -->" not in text
    assert "<b>" not in text


@pytest.fixture
def time_limit() -> Iterator[None]:
    """Fail after a few seconds where something waits for ever."""

    def give_up(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("time_limit")
def test_devices_and_pipes_give_an_error_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        for name in ("fifo", "zero.txt", "socket"):
            with pytest.raises(DocumentError, match=f"{name} is a device or a pipe, not a file: save its content"):
                read(tmp_path / name)
    found = list(read_all([tmp_path]))
    assert [str(each) for each in found if isinstance(each, DocumentError)] == [str(found[0])]
    assert "holds no documents" in str(found[0])


@pytest.mark.usefixtures("time_limit")
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.symlink_to("/dev/zero"), "a device or a pipe, not a file"),
        (os.mkfifo, "a device or a pipe, not a file"),
        (lambda path: path.write_text("title = " + "9" * 5000), "is not valid TOML"),
        (lambda path: path.write_text("x = " + "[" * 50_000), "is not valid TOML"),
        (lambda path: path.write_text("# " * 50_000 + "\ntitle = 'a'"), "File too large"),
        (lambda path: path.mkdir(), "Is a directory"),
    ],
    ids=["device", "pipe", "long number", "deep", "large", "folder"],
)
def test_a_sidecar_that_cannot_be_read_costs_its_document_only(
    tmp_path: Path, make: Callable[[Path], None], reason: str
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Norland will build a harbour.")
    make(tmp_path / "a.toml")
    refused, document = read_all([tmp_path])
    assert isinstance(refused, DocumentError)
    assert reason in str(refused)
    assert "a.toml" in str(refused)
    assert isinstance(document, Document)


@pytest.mark.usefixtures("time_limit")
def test_a_pipe_that_the_shell_opened_is_read_up_to_the_limit() -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb"), os.fdopen(writer, "wb", buffering=0) as pipe:
        pipe.write(b"Norland will build a harbour.")
        pipe.close()
        assert read(f"/dev/fd/{reader}").text == "Norland will build a harbour."
    with open("/dev/zero", "rb") as endless, pytest.raises(DocumentError, match="larger than 1 MB"):  # noqa: PTH123
        read(f"/dev/fd/{endless.fileno()}", limits=Limits(megabytes=1))


def test_a_number_of_thousands_of_digits_in_front_matter_leaves_it_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("+++\nx = " + "9" * 5000 + "\n+++\nNorland\n")
    assert "Norland" in read(tmp_path / "a.md").text


@pytest.mark.parametrize(
    "reference", [b"&#27;", b"&#11;", b"&#xFFFE;", b"&#x1b", b"&#0;", b"&#xD800;", b"&#9999999999;"]
)
def test_a_page_with_a_forbidden_character_reference_is_read(tmp_path: Path, reference: bytes) -> None:
    page = tmp_path / "page.html"
    sentence = b" will host the talks on fisheries in the spring, and it will &amp; must pay for them."
    page.write_bytes(
        b"<html><body><p>Chile " + reference + sentence + b"</p><p>Peru" + sentence + b"</p></body></html>"
    )
    text = read(page).text
    assert text.startswith("Chile ")
    assert text.endswith("and it will & must pay for them.\n")


@pytest.mark.parametrize(
    ("written", "expected"),
    [(r"Smile \ud83d\ude00", "Smile 😀"), (r"Half \ud83d one", "Half \ufffd one"), (r"Smile \U0001F600", "Smile 😀")],
)
def test_surrogates_in_front_matter_are_joined_or_replaced(tmp_path: Path, written: str, expected: str) -> None:
    document = tmp_path / "note.md"
    document.write_text(f'---\ntitle: "{written}"\n---\nChile will host the talks.\n', encoding="utf-8")
    assert read(document).title == expected


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_byte_order_mark_is_read(tmp_path: Path, encoding: str) -> None:
    document = tmp_path / "note.txt"
    text = "Chile and Peru will host the talks in “March” and pay for them.\n" * 5
    document.write_bytes(text.encode(encoding))
    assert read(document).text == text


def test_the_reading_process_ends_with_its_parent_in_the_middle_of_a_file() -> None:
    program = (
        "from alliance_tui.documents import sandbox\n"
        "from alliance_tui.documents.format_detection import DocumentFormat\n"
        "from alliance_tui.documents.limits import Limits\n"
        "page = b'<html><body>' + b'<div>' * 200 + b'<p>word <b>word</b></p>' * 200_000\n"
        "sandbox.read_in_sandbox(page, DocumentFormat.HTML, Limits())\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program])
    deadline = time.monotonic() + 60
    while not (workers := children_of(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)  # it reads by now, for longer than that
    assert process.poll() is None
    process.kill()
    process.wait(timeout=30)
    assert workers, "the reading process had not started"
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]


def children_of(process: int) -> list[int]:
    """Return the process ids of the children of a process."""
    listings = list(Path("/proc").glob(f"{process}/task/*/children"))
    if not listings:
        pytest.skip("this system does not list the children of a process")
    return [int(child) for listing in listings for child in listing.read_text().split()]
