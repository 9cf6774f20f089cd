"""The annotated draft opens in LibreOffice, and every comment survives its way through it."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from assistant.review import Report, annotate, review
from tests.review.conftest import pinned
from tests.review.seeds import CITY, SEEDS, text_of
from tests.review.test_annotate import write_docx

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
DEFECTS = ("K10", "K30", "K50", "K66")
INSTALL = "apt-get install -y libreoffice-writer-nogui"


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    """A flawed draft as a Word file, reviewed, and its annotated copy."""
    folder = tmp_path_factory.mktemp("chu thich có dấu")
    source, target = folder / "Dự thảo.docx", folder / "Dự thảo - rà soát.docx"
    text = text_of(CITY)
    for seed in SEEDS:
        if seed.draft == CITY and seed.check in DEFECTS and seed.old in text:
            text = seed.apply(text)
    write_docx(text, source)
    catalogue, names, held = pinned()
    report = review(source, on=date(2026, 11, 25), catalogue=catalogue, names=names, texts=held)
    assert len(report.findings) >= 2
    annotate(report, target, source)
    return report, target


def converted(source: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice writes it, with a profile of its own."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip(f"LibreOffice is not installed: {INSTALL}")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    made = folder / f"{source.stem}.{kind}"
    assert made.exists(), done.stderr
    return made


@pytest.mark.timeout(600)
def test_every_comment_is_there_with_its_author_after_libreoffice_read_and_wrote_it(
    annotated: tuple[Report, Path], tmp_path: Path
) -> None:
    report, file = annotated
    with zipfile.ZipFile(converted(file, "odt", tmp_path)) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    notes = ["".join(note.itertext()) for note in content.iter(_OFFICE)]
    assert len(notes) == len(report.findings)
    for finding in report.findings:
        assert any(finding.check in note and finding.reason in note for note in notes), finding
    assert all("Trợ lý rà soát" in note for note in notes)
    assert "Phân loại phản ánh" in "".join(content.itertext())


@pytest.mark.timeout(600)
def test_the_annotated_file_prints_as_a_pdf_with_the_drafts_words(
    annotated: tuple[Report, Path], tmp_path: Path
) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    pdf = pdfium.PdfDocument(converted(annotated[1], "pdf", tmp_path))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "QUYẾT ĐỊNH" in text and "Phân loại phản ánh" in text
