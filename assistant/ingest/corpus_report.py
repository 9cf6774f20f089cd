"""What ``troly corpus check`` found, and how far the corpus reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Lỗi dữ liệu: the file, and what is wrong with what to do."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Độ phủ: how many records per field, type and status."""

    procedures: Mapping[str, int]
    guides: Mapping[str, int]
    documents: Mapping[str, Mapping[str, int]]  # doc_type → status → count

    @property
    def totals(self) -> tuple[int, int, int]:
        """(procedures, guides, documents)."""
        documents = sum(sum(states.values()) for states in self.documents.values())
        return sum(self.procedures.values()), sum(self.guides.values()), documents


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """Kết quả kiểm tra corpus."""

    problems: tuple[Problem, ...]
    coverage: Coverage

    @property
    def ok(self) -> bool:
        return not self.problems

    def text(self) -> str:
        """Problems first, then the coverage table."""
        lines = [str(problem) for problem in self.problems]
        lines.append(f"{len(self.problems)} lỗi." if self.problems else "Không có lỗi.")
        return "\n".join([*lines, "", *self._table()])

    def _table(self) -> list[str]:
        procedures, guides, documents = self.coverage.totals
        lines = [f"Thủ tục theo lĩnh vực ({procedures})", *_rows(self.coverage.procedures)]
        lines += [f"Hướng dẫn theo lĩnh vực ({guides})", *_rows(self.coverage.guides)]
        lines.append(f"Văn bản theo loại và tình trạng ({documents})")
        states = sorted({state for held in self.coverage.documents.values() for state in held})
        lines.append("  " + "loại".ljust(32) + "".join(state.rjust(16) for state in states) + "tổng".rjust(8))
        for doc_type, held in sorted(self.coverage.documents.items(), key=lambda item: -sum(item[1].values())):
            counts = "".join(str(held.get(state, 0)).rjust(16) for state in states)
            lines.append("  " + (doc_type or "(chưa rõ loại)").ljust(32) + counts + str(sum(held.values())).rjust(8))
        return lines


def _rows(counts: Mapping[str, int]) -> list[str]:
    return [f"  {name or '(không ghi)'}".ljust(50) + str(n).rjust(6) for name, n in Counter(counts).most_common()]
