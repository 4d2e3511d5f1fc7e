"""What a file is, by its content; every refusal says what to do."""

import io
import zipfile

import docx
import pytest

from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import Upload
from compliance.storage.content import WORD, check_upload, megabytes

LIMIT = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
PDF = b"%PDF-1.7\n1 0 obj\n"


def archive(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name, text in parts.items():
            opened.writestr(name, text)
    return made.getvalue()


def word() -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("letter.pdf", PDF, "application/pdf"),
        ("LETTER.PDF", PDF, "application/pdf"),
        ("plan.docx", word(), WORD),
        (
            "plan.odt",
            archive(mimetype="application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
        ("scan.png", PNG, "image/png"),
        ("scan.jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
        ("notes.txt", "Nodiadau: ŵ ŷ\n".encode(), "text/plain"),
        ("counts.csv", b"force,count\nNorthmoor,3\n", "text/csv"),
    ],
)
def test_what_is_allowed_is_known_by_its_content(name, content, media_type):
    assert check_upload(Upload(name, content), LIMIT) == media_type


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("empty.pdf", b"", "is empty"),
        ("huge.txt", b"x" * (LIMIT + 1), "limit is 1 MB"),
        ("program.exe", b"MZ\x90\0" + b"\0" * 60, "Choose a PDF"),
        ("page.html", b"<html><script>alert(1)</script>", "Choose a PDF"),
        ("page.txt", b"<html><script>alert(1)</script>", "Choose a PDF"),
        ("letter.pdf", PNG, "which is a PNG picture"),
        ("picture.png", PDF, "which is a PDF"),
        ("data.zip", archive(a="1"), "Choose a PDF"),
        ("plan.docx", archive(a="1"), "Choose a PDF"),
        ("plan.docx", archive(**{"word/document.xml": "x", "word/vbaProject.bin": "x"}), "macros"),
        ("broken.docx", b"PK\x03\x04 and then nothing", "Choose a PDF"),
        ("binary.txt", b"text\0with zeros", "Choose a PDF"),
        ("latin.txt", b"caf\xe9", "Choose a PDF"),
    ],
)
def test_what_is_not_allowed_is_refused_beside_the_field(name, content, complaint):
    with pytest.raises(RuleBroken, match=complaint) as refused:
        check_upload(Upload(name, content), LIMIT)
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
