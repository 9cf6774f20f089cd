"""Vietnamese number words as integers: “ba mươi triệu” → 30_000_000."""

from __future__ import annotations

_DIGITS = {
    "không": 0, "linh": 0, "lẻ": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4,
    "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_AROUND = frozenset(("đồng", "chẵn", "việt", "nam", "mỗi"))  # words that belong to no number


def read_words(text: str) -> int | None:
    """The number that a phrase writes; None where it holds any other word than number words and “đồng”.

    “mười hai triệu đồng mỗi năm” → 12_000_000: from the first word that is no number word on, only a unit may follow.
    """
    words = text.lower().replace(",", " ").replace("-", " ").split()
    cut = next((i for i, word in enumerate(words) if word in _AROUND), len(words))
    number, tail = words[:cut], words[cut:]
    if not number or (tail and tail[0] != "đồng"):
        return None
    return _value(number)


def _value(words: list[str]) -> int | None:
    total = group = tens = 0
    pending: int | None = None  # the digit read last, not yet added
    for word in words:
        if word in _DIGITS:
            if pending is not None and tens == 0 and word not in ("linh", "lẻ"):
                return None
            pending = _DIGITS[word] if word not in ("linh", "lẻ") else None
        elif word == "trăm":
            group, pending = group + (1 if pending is None else pending) * 100, None
        elif word in ("mươi", "chục"):
            group, pending, tens = group + (1 if pending is None else pending) * 10, None, 1
        elif word == "mười":
            group, tens = group + 10, 1
        elif word in _SCALES:
            total += (group + (pending or 0) or 1) * _SCALES[word]
            group, tens, pending = 0, 0, None
        else:
            return None
    return total + group + (pending or 0)
