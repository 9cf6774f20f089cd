"""Legal bases as a reader sees them."""

from __future__ import annotations

from assistant.law.procedure import LegalBasis, printed_bases


def test_a_document_is_named_once_with_all_its_places() -> None:
    bases = [
        LegalBasis("60/2014/QH13", "dieu-16.khoan-2", "Luật Hộ tịch"),
        LegalBasis("75/2022/TT-BTC"),
        LegalBasis("60/2014/QH13", "dieu-15"),
        LegalBasis("60/2014/QH13", "dieu-15"),
    ]
    assert printed_bases(bases) == ["khoản 2 Điều 16; Điều 15 Luật Hộ tịch (60/2014/QH13)", "75/2022/TT-BTC"]
