"""The loader: offsets, encodings, metadata, folders and errors."""

from __future__ import annotations

import codecs
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_tui.documents import read, read_all
from alliance_tui.documents.encoding import decode
from alliance_tui.documents.limits import DEFAULT_LIMITS, Limits
from alliance_tui.documents.sanitise import sanitise
from alliance_tui.errors import DocumentError
from alliance_tui.records import Document


def write_file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def error_sentence(path: Path | str, limits: Limits = DEFAULT_LIMITS) -> str:
    with pytest.raises(DocumentError) as caught:
        read(path, limits=limits)
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_utf8_text_keeps_its_length_and_its_offsets(text: str) -> None:
    decoded = decode(text.encode())
    if decoded is not None:
        assert decoded == text.removeprefix("\ufeff")
        assert len(sanitise(decoded)) == len(decoded)


def test_a_plain_file_keeps_its_offsets(tmp_path: Path) -> None:
    source = "\ufeffTítle “A”\r\n\r\nNorland \x1b[31mwill\u202e build.\rEnd"
    document = read(write_file(tmp_path, "a.txt", source))
    assert len(document.text) == len(source) - 1
    assert document.text.index("will") == source.index("will") - 1
    assert document.text.startswith("Títle “A” \n \nNorland ")
    assert "\x1b" not in document.text


def test_an_empty_file_is_a_document_without_text(tmp_path: Path) -> None:
    document = read(write_file(tmp_path, "nothing.txt", b""))
    assert (document.text, document.title, document.date) == ("", "nothing", None)


PROSE = "Les deux États renforceront leur coopération – “à l’été” – avec l’Ukraine. " * 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_western_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    assert decode(PROSE.encode(encoding)) == PROSE


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Стороны договорились продолжить переговоры о сокращении вооружений в следующем году. " * 4),
        ("shift_jis", "両首脳は、日米同盟の抑止力と対処力を一層強化することで一致した。" * 6),
        ("euc_kr", "양국 정상은 한미동맹을 더욱 강화하기로 합의하였다. 국방 협력을 확대한다. " * 6),
        ("gb18030", "双方同意继续加强两国在各领域的合作，并就共同关心的问题交换了意见。" * 6),
    ],
)
def test_encodings_of_other_scripts_are_detected(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_one_broken_byte_does_not_spoil_a_utf8_file() -> None:
    assert decode(PROSE.encode() + b"\xff" + PROSE.encode()) == PROSE + "\ufffd" + PROSE


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, b"\x00" * 500, b"\x7fELF\x02\x01\x01" + b"\x00" * 900, os.urandom(4096)],
    ids=["every byte", "zeros", "program", "noise"],
)
def test_binary_files_give_an_error(tmp_path: Path, data: bytes) -> None:
    sentence = error_sentence(write_file(tmp_path, "a.txt", data))
    assert "a.txt" in sentence
    assert "not text" in sentence


def test_each_error_names_the_file_and_the_cause(tmp_path: Path) -> None:
    assert "no such file" in error_sentence(tmp_path / "missing.txt")
    assert "folder" in error_sentence(tmp_path)
    assert "cannot be read" in error_sentence("a\0b")
    large = write_file(tmp_path, "large.txt", "x" * 2000)
    assert "larger than 0.001 MB" in error_sentence(large, limits=Limits(megabytes=0.001))
    assert "a device or a pipe, not a file" in error_sentence("/dev/zero")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", "x")
    path.chmod(0)
    assert "permission" in error_sentence(path)


def test_hostile_names_and_metadata_are_sanitised(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a\x1b[2J\nb.txt", b"")
    document = read(path)
    assert document.path is not None
    assert document.path.isprintable()
    assert document.title.isprintable()
    assert error_sentence(tmp_path / "\x1b]0;x\x07.txt").isprintable()


def test_a_sidecar_gives_the_metadata(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", "Some headline\n2001-01-01\n\nText.")
    write_file(tmp_path, "a.toml", 'title = "Better"\ndate = 2024-04-10\nkind = "news"\nsource = "Gazette"\nother = 1')
    document = read(path)
    assert (document.title, document.date, document.kind, document.source) == (
        "Better",
        "2024-04-10",
        "news",
        "Gazette",
    )
    given = read(path, date="2030-02-03", title="Best")
    assert (given.title, given.date) == ("Best", "2030-02-03")


THE_YEAR_MUST_BE = "the year must be between 1000 and 9999"


@pytest.mark.parametrize("day", ["0001-01-01", "0024-04-10", "0999-12-31"])
def test_a_date_before_the_year_1000_in_a_sidecar_is_refused(tmp_path: Path, day: str) -> None:
    path = write_file(tmp_path, "a.txt", "Text.")
    write_file(tmp_path, "a.toml", f"date = {day}")
    assert error_sentence(path) == f"{tmp_path / 'a.toml'}: date {day}: {THE_YEAR_MUST_BE}"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "---\ndate: 0999-12-31\n---\nText.\n"),
        ("b.md", "+++\ndate = 0999-12-31\n+++\nText.\n"),
        ("a.eml", "Date: 31 Dec 0999 10:00:00 +0000\nSubject: Ports\n\nText.\n"),
    ],
    ids=["YAML", "TOML", "e-mail"],
)
def test_a_date_before_the_year_1000_in_a_file_is_left_out_with_a_notice(
    tmp_path: Path, name: str, content: str
) -> None:
    notices: list[str] = []
    path = write_file(tmp_path, name, content)
    assert read(path, on_notice=notices.append).date is None
    assert notices == [f"{path}: its date is left out: 0999-12-31: {THE_YEAR_MUST_BE}"]


def test_the_last_year_is_9999(tmp_path: Path) -> None:
    path = write_file(tmp_path, "note.md", "---\ndate: 9999-12-31\n---\nText.\n")
    assert read(path).date == "9999-12-31"


@pytest.mark.parametrize(
    "sidecar",
    ['title = "open', "title = 3", 'date = "soon"', b"\xff\xfe", "a = " + "[" * 20_000],
    ids=["broken", "number", "no date", "not UTF-8", "nested"],
)
def test_a_sidecar_that_makes_no_sense_is_named(tmp_path: Path, sidecar: str | bytes) -> None:
    path = write_file(tmp_path, "a.txt", "Text.")
    write_file(tmp_path, "a.toml", sidecar)
    assert "a.toml" in error_sentence(path)


def test_some_other_programs_sidecar_is_passed_over(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", "Headline\n\nText.")
    write_file(tmp_path, "a.toml", "[title]\nname = 1\n[tool.x]\ny = 2")
    assert read(path).title == "Headline"


def test_the_first_lines_give_title_and_date(tmp_path: Path) -> None:
    path = write_file(
        tmp_path, "a.txt", "FOR IMMEDIATE RELEASE\n\nJoint Statement of Two Ports\nApril 3, 2031\n\nText.\n"
    )
    document = read(path)
    assert (document.title, document.date) == ("Joint Statement of Two Ports", "2031-04-03")


def test_a_text_without_a_headline_is_called_by_its_file(tmp_path: Path) -> None:
    path = write_file(tmp_path, "harbour.txt", "Norland said on Monday that it will close the harbour.\n\nMore.")
    assert read(path).title == "harbour"


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(codecs.BOM_UTF8 + "Ä day.".encode())))
    document = read("-")
    assert (document.text, document.path, document.title) == ("Ä day.", "-", "standard input")


def test_a_folder_gives_its_documents_in_order_and_one_bad_file_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    for name in ("c.txt", "a.txt", "b/x.txt", ".hidden/y.txt", ".z.txt", "picture.png", "a.toml"):
        write_file(tmp_path, name, "")
    write_file(tmp_path, "bad.txt", b"\0" * 100)
    found = list(read_all([tmp_path, tmp_path / "missing.txt"]))
    names = [Path(item.path or "").name if isinstance(item, Document) else type(item).__name__ for item in found]
    assert names == ["a.txt", "DocumentError", "c.txt", "x.txt", "DocumentError"]


def test_a_folder_without_documents_is_an_error_of_its_own(tmp_path: Path) -> None:
    (error,) = read_all([tmp_path])
    assert isinstance(error, DocumentError)
    assert "holds no documents" in str(error)
