"""A small PDF writer for the tests: text at places of the page, in a font that knows every letter by its code point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Put:
    """One run of text with its left edge and baseline in points, and the size of its type."""

    text: str
    x: float = 90.0
    y: float = 700.0
    size: float = 12.0


_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange "
    b"endcmap CMapName currentdict /CMap defineresource pop end end"
)


def make_pdf(pages: Sequence[Sequence[Put]], *, width: int = 595, height: int = 842) -> bytes:
    """Letters are half as wide as high; the text layer is Unicode."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",  # the page tree, once the pages are known
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 6 0 R /DW 500 >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(_TO_UNICODE), _TO_UNICODE),
        b"<< /Type /FontDescriptor /FontName /Arial /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 "
        b"/Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    kids = []
    for puts in pages:
        drawn = b"\n".join(
            b"BT /F1 %f Tf 1 0 0 1 %f %f Tm <%s> Tj ET" % (p.size, p.x, p.y, p.text.encode("utf-16-be").hex().encode())
            for p in puts
        )
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (width, height, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assembled(objects)


def make_latin(text: str, size: int) -> bytes:
    """One line in a font that PDFium can draw; plain letters only."""
    drawn = b"BT /F1 %d Tf 1 0 0 1 60 700 Tm (%s) Tj ET" % (size, text.encode("ascii"))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return _one_page(drawn, b"/Font << /F1 4 0 R >>", font, 595, 842)


def make_scan(pixels: bytes, width: int, height: int) -> bytes:
    """A page that is only a grey picture, at 300 dots an inch."""
    wide, high = width * 72 / 300, height * 72 / 300
    picture = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray " % (width, height)
    picture += b"/BitsPerComponent 8 /Length %d >> stream\n%s\nendstream" % (len(pixels), pixels)
    return _one_page(b"q %f 0 0 %f 0 0 cm /Im1 Do Q" % (wide, high), b"/XObject << /Im1 4 0 R >>", picture, wide, high)


def _one_page(drawn: bytes, resources: bytes, resource: bytes, width: float, height: float) -> bytes:
    return _assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %f %f] /Contents 5 0 R /Resources << %s >> >>"
            % (width, height, resources),
            resource,
            b"<< /Length %d >> stream\n%s\nendstream" % (len(drawn), drawn),
        ]
    )


def _assembled(objects: Sequence[bytes]) -> bytes:
    data = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(data)
