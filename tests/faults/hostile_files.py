"""Hostile files: of every format that is read, and of others that claim to be one."""

from __future__ import annotations

import io
import os
import random
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from functools import cache
from html import escape
from pathlib import Path

from tests.faults.hostile_texts import hostile_text
from tests.support.hostile_text import ATTACKS
from tests.tools.fuzz_readers import FIXTURES, mutate, mutate_inside

_DATES = ("2024-04-10", "0001-01-01", "9999-12-31", "2024-02-30", "12 May 2024", "")
_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1", "koi8-r")
_XML_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _attack(chance: random.Random) -> str:
    return chance.choice(list(ATTACKS.values()))


def plain_text(chance: random.Random, length: int) -> bytes:
    """Return text in one of many encodings."""
    encoding = chance.choice(_ENCODINGS)
    errors = "surrogatepass" if encoding.startswith("utf") and chance.random() < 0.1 else "replace"
    return hostile_text(chance, length).encode(encoding, errors)


def markdown(chance: random.Random, length: int) -> bytes:
    """Return Markdown with front matter, nested quotes, lists, tables, links and tags."""
    front = chance.choice(
        (
            "",
            f'---\ntitle: "{_attack(chance)}"\ndate: {chance.choice(_DATES)}\n---\n',
            '---\ntitle: "\\ud83d \\x1b[2J"\nx: &a [*a, *a]\n---\n',
            f"+++\ntitle = {_attack(chance)!r}\nx = {'9' * 5000}\n+++\n",
            "---\n" + "- " * chance.randrange(2000),
        )
    )
    mark = chance.choice(("> ", "- ", "# ", "1. ", "| a ", "**", "[a](", "`", "<div>", "<!-- ", "    "))
    marks = mark * chance.choice((1, 10, min(length, 1000)))
    return (front + marks + hostile_text(chance, length)).encode("utf-8", "replace")


def html(chance: random.Random, length: int) -> bytes:
    """Return a page with deep nesting, references, scripts and attributes."""
    tag = chance.choice(("div", "p", "b", "table><tr><td", "ul><li", "span", "svg", "a href=x"))
    depth = chance.choice((0, 1, 100, length // 10))
    text = escape(hostile_text(chance, length))
    references = "".join(f"&#{chance.randrange(0x120000)};" for _ in range(chance.randrange(20)))
    title = escape(_attack(chance))
    head = f'<title>{title}</title><meta name="date" content="{chance.choice(_DATES)}"><script>{title}</script>'
    page = f"<html><head>{head}</head><body>{f'<{tag}>' * depth}{references}<p>{text}</p>"
    return (chance.choice(("", "<!---->" * 300, "<?xml ")) + page).encode("utf-8", "replace")


def mail(chance: random.Random, length: int) -> bytes:
    """Return an e-mail, its headers hostile too."""
    message = EmailMessage()
    message["Subject"] = " ".join(_attack(chance).splitlines())
    message["Date"] = chance.choice(("Sat, 3 Apr 2021 09:30:00 +0100", "5 Jan 9999", "5 Jan 0199", "x"))
    message.set_content(hostile_text(chance, length).replace("\r", " "))
    if chance.random() < 0.3:
        message.add_alternative(html(chance, length).decode(), subtype="html")
    data = message.as_bytes()
    return mutate(data, chance) if chance.random() < 0.5 else data


def docx(chance: random.Random, length: int) -> bytes:
    """Return a Word file with hostile paragraphs, a bomb, or a mutant of a real one."""
    if chance.random() < 0.4:
        return mutate_inside(_fixture("accord.docx"), "docx", chance)
    text = hostile_text(chance, length) if chance.random() < 0.8 else "a" * (200 * length)
    lines = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    deep = chance.choice((0, 0, 5000))
    return word_file("<w:tbl><w:tr><w:tc>" * deep + lines + "</w:tc></w:tr></w:tbl>" * deep)


def word_file(body: str) -> bytes:
    """Return a Word file with this body."""
    document = f'<w:document xmlns:w="{_XML_NAMESPACE}"><w:body>{body}</w:body></w:document>'
    return _with_member(_fixture("accord.docx"), "word/document.xml", document.encode("utf-8", "replace"))


def _with_member(archive: bytes, changed: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            out.writestr(name, content if name == changed else source.read(name))
    return made.getvalue()


def pdf(chance: random.Random, length: int) -> bytes:
    """Return a mutant of a real PDF, or one page whose content stream is hostile."""
    if chance.random() < 0.5:
        return mutate_inside(_fixture("accord.pdf"), "pdf", chance)
    text = hostile_text(chance, length).encode("latin-1", "replace").translate(None, b"()\\")
    operators = b"BT /F1 12 Tf 72 720 Td (" + text.replace(b"\n", b") Tj 0 -14 Td (") + b") Tj ET"
    content = chance.choice((operators, b"q " * length + operators, bytes(100 * length), b"[" * length))
    return _one_page(zlib.compress(content))


def _one_page(stream: bytes) -> bytes:
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    )
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def rich_text(chance: random.Random, length: int) -> bytes:
    """Return RTF, which is not read, with groups nested deeply."""
    return b"{\\rtf1 " + b"{" * chance.choice((1, length)) + hostile_text(chance, length).encode("ascii", "replace")


def noise(chance: random.Random, length: int) -> bytes:
    """Return random bytes, some of them with the first bytes of a format."""
    return chance.choice(
        (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<html>", b"\xff\xfe")
    ) + chance.randbytes(length)


FORMATS: dict[str, Callable[[random.Random, int], bytes]] = {
    "txt": plain_text,
    "md": markdown,
    "html": html,
    "eml": mail,
    "docx": docx,
    "pdf": pdf,
    "rtf": rich_text,
    "bin": noise,
}


@cache
def _fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def write_hostile_file(folder: Path, chance: random.Random, length: int) -> Path:
    """Write a file of a random format, with a hostile name and sometimes a sidecar; return its path."""
    kind = chance.choice(list(FORMATS))
    suffix = kind if chance.random() < 0.9 else chance.choice(list(FORMATS))
    stem = f"{chance.randrange(10**6)}{_attack(chance) if chance.random() < 0.3 else ''}"
    name = stem.encode("utf-8", "surrogatepass").translate(None, b"/\0")[:200] + b"." + suffix.encode()
    path = Path(folder, os.fsdecode(name))
    path.write_bytes(FORMATS[kind](chance, length))
    if chance.random() < 0.2:
        sidecar = f"title = {_attack(chance)!r}\ndate = {chance.choice(_DATES) or 1}\nkind = 'x\\u001b'\n"
        path.with_suffix(".toml").write_text(sidecar, encoding="utf-8", errors="replace")
    return path
