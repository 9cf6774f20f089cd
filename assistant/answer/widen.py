"""What a question implies and a record says outright: added to the search beside the words of synonyms.yaml."""

from __future__ import annotations

import re

from assistant.language.informal import legal_synonyms
from assistant.language.normalise import fold

IDENTITY_CARD_AGE = 14  # Điều 19 Luật Căn cước: younger children have a record of their own

# Over folded text, so that “quoc tich Han” counts too. The short names are everyday words elsewhere (“người hạn chế”,
# “dân tộc Tày”), so they count only beside the words of a family or a visit.
_COUNTRIES = (
    "nuoc ngoai|ngoai quoc|han quoc|dai loan|trung quoc|nhat ban|an do|thai lan|canada|campuchia|singapore|malaysia"
    "|philippin(?:es)?|hong kong|chau au|chau phi|lao(?! dong)|nigeria|na uy|ha lan|thuy si|indonesia|brazil|nam phi"
)
_SHORT = "han|nhat|my|tay|phap|uc|duc|nga"
_PERSON = "nguoi|cha|ba|me|ban|ky su|chuyen gia|giao vien|lao dong|ong|tho"
_NEAR = "chong|vo|(?:con|chu|chang) re|(?:con|co|nang) dau|khach|ban trai|ban gai|quoc tich"
_NAMED = rf"({_PERSON}|{_NEAR})((?: (?:la|nguoi|quoc tich|mang quoc tich|den tu))*) (?:{_COUNTRIES})"
_NEARLY = rf"({_NEAR})((?: (?:la|nguoi|quoc tich|mang quoc tich))*) (?:{_SHORT})"
_FOREIGN = re.compile(rf"\b(?:{_NAMED}|{_NEARLY}|nguoi (?:my|nhat|uc)|viet kieu|ngoai kieu|work permit)\b")
_ALIKE = re.compile(r"hạn|hẳn|hận|ngã|ngả|án đó")  # “vô hạn” without its diacritics is “vợ Hàn”
# As it is written with diacritics: “con lai” is no “con lại”, “khách Tây” comes from no “Tây Ninh”.
_SPELT = re.compile(
    r"\b(?:con|bé|cháu) lai\b|\b(?:ông|bà|anh|cô|khách|cho|thằng|mấy) [Tt]ây\b(?! (?:Ninh|Nguyên|Hồ|Thạnh))"
    r"|\bngười (?:Hàn|Đức|Pháp|Nga|Ấn|Anh|Ý)\b"
)
_CARD = re.compile(r"\bcan cuoc\b|\bcccd\b")
_AGAIN = re.compile(r"\b(?:doi|lai|mat|het han|hong|hu)\b")
_AGE = re.compile(r"\b(\d{1,2}) ?(?:t|tuoi)\b")


def widened(text: str) -> tuple[str, ...]:
    """The words of the law for everyday words, for foreigners named by country, and for a child's age."""
    folded = fold(text)
    found = list(legal_synonyms(text))
    if is_foreign(text):
        found += ["có yếu tố nước ngoài", "người nước ngoài"]
    age = _AGE.search(folded)
    if age and _CARD.search(folded) and not _AGAIN.search(folded):
        young = int(age.group(1)) < IDENTITY_CARD_AGE
        found.append("cấp thẻ căn cước cho người " + ("dưới 14 tuổi" if young else "từ đủ 14 tuổi trở lên"))
    return tuple(dict.fromkeys(found))


def is_foreign(text: str) -> bool:
    """True where a person of the question is a foreigner: “chồng Đài Loan”, “khách Hàn Quốc”."""
    named = (match.span() for match in _FOREIGN.finditer(fold(text)))
    return any(not _ALIKE.search(text[start:end]) for start, end in named) or bool(_SPELT.search(text))


def speaks_of_foreigners(text: str) -> bool:
    """True also where no person is meant: “học ở nước ngoài”."""
    return is_foreign(text) or "nước ngoài" in text.lower()
