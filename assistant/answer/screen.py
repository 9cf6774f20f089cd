"""First step: what must not reach retrieval ends here, with the sentence that says why and what to do."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.answer.status import SENTENCES
from assistant.answer.turn import Step, Turn
from assistant.answer.values import Answer, Status
from assistant.errors import BadInput, TooLarge
from assistant.language.informal import expand
from assistant.language.normalise import clean, fold
from assistant.privacy import mask_personal_data

RULES = Path(__file__).parent / "rules" / "screen.yaml"
_GREETING = re.compile(
    r"^(xin chao|chao( (ban|em|anh|chi|bot|tro ly|ad))?|hello|hi|alo|hey)( (a|ban|em|oi|nhe|nha))?[ !.,]*$"
)
_THANKS = re.compile(
    r"^(?:(?:da|vang|ok|oke)[ ,]*)?(?:cam on|thanks?|thank you|tks|tot qua|hay qua)(?: [a-z]{1,6}){0,5}[ !.,]*$"
    r"|^(?:da|vang|ok|oke)[ !.,]*$"
)
_WHO = re.compile(
    r"\b(ban|em|may|bot|tro ly)\b.{0,12}"
    r"\b(la ai|la gi|ten gi|lam duoc gi|giup (duoc )?gi|la nguoi (may|that|hay)|phai nguoi)\b"
)

_HELLO = {
    "citizen": (
        "Chào anh/chị, tôi là trợ lý ảo hỗ trợ người dân về thủ tục hành chính: cần giấy tờ gì, bao lâu, lệ phí bao "
        "nhiêu, nộp ở đâu. Tôi là hệ thống trí tuệ nhân tạo, không thay cơ quan có thẩm quyền. Anh/chị cần làm việc gì?"
    ),
    "staff": (
        "Chào anh/chị, tôi là trợ lý ảo cho công chức, viên chức: tra điều, khoản, điểm kèm tình trạng hiệu lực, "
        "thủ tục hành chính và tính thời hạn. Kết quả là đề xuất có dẫn nguồn, người có thẩm quyền quyết định."
    ),
    "reviewer": (
        "Chào anh/chị, tôi là trợ lý ảo rà soát văn bản. Anh/chị gửi dự thảo (.docx, .doc, .pdf) để tôi nêu các điểm "
        "cần xem lại kèm căn cứ và đề xuất sửa; người thẩm định quyết định."
    ),
}
THANKED = "Cảm ơn anh/chị. Khi cần làm hoặc tra cứu việc khác, anh/chị cứ hỏi tiếp."
_EXAMPLES = {
    "citizen": ("Đăng ký khai sinh cần giấy tờ gì?", "Làm lại căn cước mất bao lâu, tốn bao nhiêu tiền?"),
    "staff": ("Thời hạn giải quyết khiếu nại lần đầu là bao nhiêu ngày?", "Luật Đất đai còn hiệu lực không?"),
    "reviewer": ("Lần đầu viện dẫn nghị định trong dự thảo phải ghi những gì?",),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of rules/screen.yaml: patterns over the folded text, an outcome and its sentence."""

    id: str
    status: Status
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    accented: re.Pattern[str] | None  # what the words must hold where they were typed with diacritics
    text: str
    follow_ups: tuple[str, ...]

    def answer(self) -> Answer:
        """What ends the turn."""
        return Answer(status=self.status, text=self.text, follow_ups=self.follow_ups)

    def matches(self, text: str) -> bool:
        """``text``: as it was typed, abbreviations written out."""
        folded = fold(text)
        found = (match for pattern in self.patterns for match in pattern.finditer(folded))
        if not any(self._so_typed(text[match.start() : match.end()].lower()) for match in found):
            return False
        return not any(pattern.search(folded) for pattern in self.unless)

    def _so_typed(self, words: str) -> bool:
        """The words that matched are those meant, or were typed without diacritics, so that they may be."""
        return self.accented is None or fold(words) == words or bool(self.accented.search(words))


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """The rules in the order of the file."""
    rows = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return tuple(
        Rule(
            id=row["id"],
            status=Status(row["status"]),
            patterns=tuple(re.compile(p) for p in row["patterns"]),
            unless=tuple(re.compile(p) for p in row.get("unless", ())),
            accented=re.compile(row["accented"]) if "accented" in row else None,
            text=(row["text"] if "text" in row else SENTENCES[Status(row["status"])]).strip(),
            follow_ups=tuple(row.get("follow_ups", ())),
        )
        for row in rows
    )


def rule_named(rule_id: str) -> Rule:
    """The rule with this id."""
    return next(rule for rule in load_rules() if rule.id == rule_id)


def screen(assistant: str, max_chars: int) -> Step:
    """The step for one assistant. Raises BadInput for an empty message, TooLarge for one over ``max_chars``."""

    def step(turn: Turn) -> Turn:
        text = clean(turn.question.text).strip()
        if not text and not turn.question.files:
            raise BadInput("Câu hỏi trống. Anh/chị hãy nhập nội dung cần hỏi.", param="messages")
        if len(text) > max_chars:
            raise TooLarge(
                f"Câu hỏi dài {len(text):,} ký tự, vượt giới hạn {max_chars:,} ký tự. "
                "Anh/chị rút gọn câu hỏi, hoặc gửi nội dung dài dưới dạng tệp.",
                param="messages",
            )
        masked = mask_personal_data(text)
        turn = dataclasses.replace(turn, text=masked.text)
        said = " ".join(expand(text).split())
        folded = fold(said)
        matching = [rule for rule in load_rules() if rule.matches(said)]
        certain = [rule for rule in matching if rule.status is not Status.OUT_OF_SCOPE]
        if certain and all(rule.status is Status.EMERGENCY for rule in certain):
            turn = dataclasses.replace(turn, danger=certain[0].id)  # its words may tell of last year: see danger.py
        elif certain:
            return turn.ended(certain[0].answer())
        elif matching:
            turn = dataclasses.replace(turn, stray=matching[0].id)  # unless something is surely found: see compose
        if _THANKS.match(folded):
            return turn.ended(Answer(Status.ANSWERED, THANKED))
        if _GREETING.match(folded) or _WHO.search(folded):
            return turn.ended(Answer(Status.ANSWERED, _HELLO[assistant], follow_ups=_EXAMPLES[assistant]))
        if masked.kinds:
            return turn.warned(
                "Tin nhắn có thông tin cá nhân (" + ", ".join(masked.kinds) + "); tôi đã che đi và không lưu. "
                "Anh/chị không cần gửi số giấy tờ, số điện thoại khi hỏi thủ tục."
            )
        return turn

    return step
