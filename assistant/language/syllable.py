"""The Vietnamese syllable (âm tiết): which letters make one, and where its tone mark stands."""

from __future__ import annotations

from functools import lru_cache

PLAIN_VOWELS = "aăâeêioôơuưy"
TONED_VOWELS = (  # one row per tone: huyền, sắc, hỏi, ngã, nặng; columns as in PLAIN_VOWELS
    "àằầèềìòồờùừỳ",
    "áắấéếíóốớúứý",
    "ảẳẩẻểỉỏổởủửỷ",
    "ãẵẫẽễĩõỗỡũữỹ",
    "ạặậẹệịọộợụựỵ",
)
SHARP, HEAVY = 1, 4  # rows of TONED_VOWELS: the only tones a syllable ending in c, ch, p, t can carry
NO_TONE = -1

_TONE_OF = {vowel: (PLAIN_VOWELS[i], tone) for tone, row in enumerate(TONED_VOWELS) for i, vowel in enumerate(row)}
_TONED = {(PLAIN_VOWELS[i], tone): vowel for tone, row in enumerate(TONED_VOWELS) for i, vowel in enumerate(row)}
_HATTED = frozenset("ăâêôơư")

ONSETS = ("ngh", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "ch", *"bcdđghklmnprstvx", "")
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyn uynh uyên
    uyêt uyt uyu ư ưa ưc ưi ưng ưt ươc ươi ươm ươn ương ươp ươt ươu ưu y yêm yên yêng yêt yêu
"""
RHYMES = frozenset(_RHYMES.split())
QU_RHYMES = frozenset(("ynh", "yt", "yn", "ych"))


def split_tone(syllable: str) -> tuple[str, int]:
    """The lower-case syllable without its tone, and the tone: ``"hoà"`` → ``("hoa", 0)``; NO_TONE where there is none.

    Of several tone marks the last counts.
    """
    tone = NO_TONE
    letters = []
    for char in syllable:
        plain, mark = _TONE_OF.get(char, (char, NO_TONE))
        tone = mark if mark != NO_TONE else tone
        letters.append(plain)
    return "".join(letters), tone


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (NFC, any case) can be one Vietnamese syllable, with or without diacritics of its own."""
    lowered = word.lower()
    toned = sum(char in _TONE_OF for char in lowered)
    if not 0 < len(word) <= 7 or toned > 1:
        return False
    plain, tone = split_tone(lowered)
    for onset in ONSETS:
        rhyme = plain[len(onset) :]
        if plain.startswith(onset) and (rhyme in RHYMES or (onset == "qu" and rhyme in QU_RHYMES)):
            closed = plain.endswith(("c", "ch", "p", "t"))
            return not closed or tone in (SHARP, HEAVY, NO_TONE)
    return False


@lru_cache(maxsize=65_536)
def place_tone(syllable: str, *, modern: bool = False) -> str:
    """The lower-case NFC syllable with its tone where official texts put it: ``hoà`` → ``hòa``, ``qúy`` → ``quý``.

    ``modern`` puts it on the second vowel of an open oa, oe, uy instead (``hoà``, ``uỷ``).
    Anything that is not one syllable with one tone comes back unchanged; the length never changes.
    """
    plain, tone = split_tone(syllable)
    if tone == NO_TONE or sum(char in _TONE_OF for char in syllable) != 1:
        return syllable
    start, end = _vowels(plain)
    if start == end or any(char in PLAIN_VOWELS for char in plain[end:]):
        return syllable
    at = _tone_position(plain, start, end, modern=modern)
    return plain[:at] + _TONED[plain[at], tone] + plain[at + 1 :]


def _vowels(plain: str) -> tuple[int, int]:
    """Start and end of the first run of vowels; the u of qu and the i of gi belong to the onset."""
    start = next((i for i, char in enumerate(plain) if char in PLAIN_VOWELS), len(plain))
    end = start
    while end < len(plain) and plain[end] in PLAIN_VOWELS:
        end += 1
    if plain[:2] in ("qu", "gi") and end > 2:
        start = 2
    return start, end


def _tone_position(plain: str, start: int, end: int, *, modern: bool) -> int:
    for at in range(end - 1, start - 1, -1):  # ă â ê ô ơ ư carry the tone; of ươ the ơ does
        if plain[at] in _HATTED:
            return at
    if end < len(plain):  # before a final consonant the last vowel: hoàn, huỳnh
        return end - 1
    if end - start == 3:  # ngoài, khuỷu
        return start + 1
    if modern and plain[start:end] in ("oa", "oe", "uy"):
        return end - 1
    return start
