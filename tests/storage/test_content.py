"""What a file is, by its content; every refusal says what to do."""

import codecs
import io
import zipfile
import zlib

import docx
import openpyxl
import pytest

from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import Upload
from compliance.storage.content import EXCEL, WORD, check_upload, megabytes

LIMIT = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
PDF = b"%PDF-1.7\n1 0 obj\n"
PROGRAM = b"MZ\x90\0" + b"\0" * 60
ODT = {"mimetype": "application/vnd.oasis.opendocument.text"}
TABLE = "force,café\r\nNorthmoor,3\r\n"


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return made.getvalue()


def word(parts: dict[str, str | bytes] | None = None) -> bytes:
    """A real Word document, with more parts than it ought to have."""
    made = io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as opened:
        for name, content in (parts or {}).items():
            opened.writestr(name, content)
    return made.getvalue()


def excel() -> bytes:
    """A real Excel workbook."""
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    return made.getvalue()


def packed(objects: bytes, head: bytes = b"/Type /ObjStm") -> bytes:
    """A PDF that keeps these objects in a stream."""
    held = zlib.compress(objects)
    return (
        PDF + b"5 0 obj\n<< " + head + b" /Filter /FlateDecode >>\nstream\n" + held + b"\nendstream\nendobj\n"
    )


def types(words: str) -> bytes:
    """A file that only says of itself what it is."""
    return archive({"[Content_Types].xml": words, "word/document.xml": "x"})


def locked(content: bytes) -> bytes:
    """An archive whose every entry says that it is encrypted."""
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        pieces = content.split(sign)
        content = sign.join(
            [pieces[0], *(one[: at - 4] + bytes([one[at - 4] | 1]) + one[at - 3 :] for one in pieces[1:])]
        )
    return content


ALLOWED = {
    "a PDF": ("letter.pdf", PDF, "application/pdf"),
    "a name in capitals": ("LETTER.PDF", PDF, "application/pdf"),
    "a PDF whose stream speaks of pages": ("web.pdf", PDF + b" " * 5000 + b"stream\n(<script>)\nendstream", "application/pdf"),
    "a PDF whose page speaks of programs": ("web.pdf", PDF + b"stream\n(/JavaScript /JS)\nendstream", "application/pdf"),
    "a PDF with packed objects": ("web.pdf", packed(b"<< /JSON /JavaScripts /Title (x) >>"), "application/pdf"),
    "a PDF whose packed page speaks of programs": ("web.pdf", packed(b"/JS", b"/Type /XObject"), "application/pdf"),
    "Word": ("plan.docx", word(), WORD),
    "Excel": ("counts.xlsx", excel(), EXCEL),
    "Word with the table behind a chart": ("plan.docx", word({"word/embeddings/Sheet1.xlsx": excel()}), WORD),
    "Excel with settings of a printer": ("plan.docx", word({"word/printerSettings/printerSettings1.bin": b"\0"}), WORD),
    "OpenDocument": ("plan.odt", archive({**ODT, "Object 1/content.xml": "x"}), ODT["mimetype"]),
    "PNG": ("scan.png", PNG, "image/png"),
    "JPEG": ("scan.jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
    "text in UTF-8": ("notes.txt", "Nodiadau: ŵ ŷ\n".encode(), "text/plain"),
    "text of Windows": ("notes.txt", "café, £5 – “so”".encode("cp1252"), "text/plain"),
    "CSV": ("counts.csv", TABLE.encode(), "text/csv"),
    "CSV of Windows": ("counts.csv", TABLE.encode("cp1252"), "text/csv"),
    "CSV with a mark": ("counts.csv", codecs.BOM_UTF8 + TABLE.encode(), "text/csv"),
    "UTF-16 of Excel": ("counts.txt", TABLE.encode("utf-16"), "text/plain"),
    "UTF-16 the other way": ("counts.csv", codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "text/csv"),
    "CSV that begins like a bitmap": ("counts.csv", b"BM,Total\n1,2\n", "text/csv"),
    "CSV that begins like a program": ("counts.csv", b"MZ,Total\n1,2\n", "text/csv"),
    "text that begins like music": ("notes.txt", b"ID3 is the name of a tag\n", "text/plain"),
    "text that begins like mail": ("notes.txt", b"From: Ada\nTo: Ben\n", "text/plain"),
    "text that begins like JSON": ("notes.txt", b'{"force": "Northmoor"}', "text/plain"),
    "text that speaks of pages": ("notes.txt", b"The page had a <script> in it", "text/plain"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ALLOWED)
def test_what_is_allowed_is_known_by_its_content(kind):
    name, content, media_type = ALLOWED[kind]
    assert check_upload(Upload(name, content), LIMIT) == media_type


REFUSED = {
    "nothing": ("empty.pdf", b"", "is empty"),
    "too much": ("huge.txt", b"x" * (LIMIT + 1), "limit is 1 MB"),
    "a program": ("program.exe", PROGRAM, "Choose a PDF"),
    "a page": ("page.html", b"<html><script>alert(1)</script>", "Choose a PDF"),
    "a page called text": ("page.txt", b" <!DOCTYPE html><p>", "Choose a PDF"),
    "a page in UTF-16": ("page.txt", "<html>".encode("utf-16"), "Choose a PDF"),
    "a picture that is a program of a browser": ("a.txt", b"<svg onload='alert(1)'>", "Choose a PDF"),
    "rich text": ("a.txt", rb"{\rtf1 \object}", "Choose a PDF"),
    "a lying PDF": ("letter.pdf", PNG, "which is a PNG picture"),
    "a lying PNG": ("picture.png", PDF, "which is a PDF"),
    "a lying Word document": ("plan.docx", excel(), "which is an Excel workbook"),
    "an archive": ("data.zip", archive({"a": "1"}), "Choose a PDF"),
    "an archive called Word": ("plan.docx", archive({"word/document.xml": "1"}), "Choose a PDF"),
    "a broken archive": ("broken.docx", b"PK\x03\x04 and then nothing", "Choose a PDF"),
    "text with zeros": ("binary.txt", b"text\0with zeros", "Choose a PDF"),
    "half of UTF-16": ("half.txt", codecs.BOM_UTF16_LE + b"a", "Choose a PDF"),
    "old Office": ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Save it as .docx"),
    "macros of Word": ("plan.docx", word({"word/vbaProject.bin": "x"}), "holds macros"),
    "macros under another name": ("plan.docx", types("application/vnd.ms-word.document.macroEnabled"), "holds macros"),
    "macros of Excel 4": ("plan.docx", word({"xl/macrosheets/sheet1.xml": "x"}), "holds macros"),
    "macros of OpenDocument": ("plan.odt", archive({**ODT, "Basic/Standard/Module1.xml": "x"}), "holds macros"),
    "scripts of OpenDocument": ("plan.odt", archive({**ODT, "Scripts/python/a.py": "x"}), "holds macros"),
    "a program inside": ("plan.docx", word({"word/run.exe": PROGRAM}), r"inside it \(run.exe\)"),
    "a program called a picture": ("plan.docx", word({"word/media/image1.png": PROGRAM}), "inside it"),
    "a program in OpenDocument": ("plan.odt", archive({**ODT, "run.exe": PROGRAM}), "inside it"),
    "an embedded object": ("plan.docx", word({"word/embeddings/oleObject1.bin": "x"}), "inside it"),
    "an embedded object without an ending": ("plan.odt", archive({**ODT, "Object 1": b"\xd0\xcf\x11\xe0"}), "inside it"),
    "a control that runs": ("plan.docx", word({"word/activeX/activeX1.bin": "x"}), "inside it"),
    "macros one level down": ("plan.docx", word({"word/embeddings/a.docx": word({"word/vbaProject.bin": "x"})}), "holds macros"),
    "a document in a document in a document": ("plan.docx", word({"word/embeddings/a.docx": word({"word/b.docx": word()})}), "inside it"),
    "a way out of the folder": ("plan.docx", word({"../../etc/cron.xml": "x"}), "inside it"),
    "a bomb": ("plan.docx", lambda: word({"word/media/image1.png": b"\0" * (60 * LIMIT)}), "far too large"),
    "many parts": ("plan.odt", lambda: archive({**ODT, **{f"{number}.xml": "" for number in range(10_001)}}), "far too large"),
    "locked": ("plan.docx", locked(word()), "protected by a password"),
    "locked OpenDocument": ("plan.odt", archive({**ODT, "META-INF/manifest.xml": "<encryption-data>"}), "protected by a password"),
    "two archives": ("plan.docx", archive({"a": "1"}) + word(), "two files joined"),
    "PDF and archive": ("letter.pdf", PDF + archive({"a": "1"}), "two files joined"),
    "picture and archive": ("scan.png", PNG + archive({"a": "1"}), "two files joined"),
    "PDF and page": ("letter.pdf", PDF + b"<< >> stream\n<html><script>\nendstream", "two files joined"),
    "PDF and page at its end": ("letter.pdf", PDF + b" " * 5000 + b"<!doctype html><p>", "two files joined"),
    "a PDF with a program": ("letter.pdf", PDF + b"<< /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>", "holds a program"),
    "a PDF whose program hides its name": ("letter.pdf", PDF + b"<< /S /J#61va#53cript >>", "holds a program"),
    "a PDF with a packed program": ("letter.pdf", packed(b"<< /S/JavaScript/JS(x) >>"), "holds a program"),
    "a PDF that hides that it packs one": ("letter.pdf", packed(b"<< /JS<41> >>", b"/Type /Obj#53tm"), "holds a program"),
    "a PDF that starts a program": ("letter.pdf", PDF + b"<< /S /Launch /F (calc.exe) >>", "or starts one"),
    "a locked PDF": ("letter.pdf", packed(b"x").replace(b"x\x9c", b"??"), "locked or damaged"),
    "a PDF that grows": ("letter.pdf", lambda: packed(b" " * (65 * LIMIT)), "locked or damaged"),
    "archive and PDF": ("plan.odt", archive({**ODT, "%PDF-1.7.xml": "x"}), "two files joined"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_allowed_is_refused_beside_the_field(kind):
    name, content, complaint = REFUSED[kind]
    # The large ones are made by the worker that has this test, and not wherever tests are collected.
    upload = Upload(name, content() if callable(content) else content)
    with pytest.raises(RuleBroken, match=complaint) as refused:
        check_upload(upload, LIMIT)
    assert refused.value.field == "evidence_file"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\plan.docx", "plan.docx"),
        ("new\nline\x00.pdf", "newline.pdf"),
        ("", "file"),
    ],
)
def test_a_name_never_holds_a_folder(name, safe):
    assert Upload(name, b"x").safe_name == safe


def test_sizes_in_words():
    assert megabytes(25 * LIMIT) == "25 MB"
    assert megabytes(int(0.3 * LIMIT)) == "0.3 MB"
