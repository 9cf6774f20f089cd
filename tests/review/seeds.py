"""One defect a check, put into a clean draft."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
CITY = "quyet-dinh-thanh-pho"
COUNCIL = "nghi-quyet-hdnd"
WARD = "quyet-dinh-phuong"
LETTER = "cong-van"
AMENDING = "quyet-dinh-sua-doi"
NAMES = (CITY, COUNCIL, WARD, LETTER, AMENDING)


@dataclass(frozen=True)
class Seed:
    """``old`` becomes ``new`` in the draft (first place); ``quote`` must stand in the finding's quotation."""

    check: str
    draft: str
    old: str
    new: str
    quote: str = ""

    def apply(self, text: str) -> str:
        if self.old not in text:
            raise ValueError(f"{self.check}: {self.old!r} is not in {self.draft}")
        return text.replace(self.old, self.new, 1)


def text_of(name: str) -> str:
    return (HERE / "drafts" / f"{name}.txt").read_text(encoding="utf-8")


SEEDS = tuple(Seed(**row) for row in yaml.safe_load((HERE / "seeds.yaml").read_text(encoding="utf-8")))
