"""Operations of amending texts, and the text in force on a day."""

from datetime import date

import pytest

from assistant.law.amendment import Change, Consolidated, Operation, consolidate, find_operations
from assistant.law.document import LEVELS, Document, Locator, Provision

BASE = """
dieu-1 | Phạm vi | Luật này quy định việc trồng cây.
dieu-2 | Trồng cây |
dieu-2.khoan-1 | | Người trồng cây nộp đơn đến Ủy ban nhân dân cấp huyện.
dieu-2.khoan-2 | | Hồ sơ gồm:
dieu-2.khoan-2.diem-a | | đơn;
dieu-2.khoan-2.diem-b | | bản vẽ.
dieu-2.khoan-3 | | Lệ phí là 10.000 đồng.
dieu-3 | Chăm sóc | Cây được tưới mỗi ngày.
"""


def document(listing: str, number: str, effective_on: date | None, subject: str = "") -> Document:
    """A document from lines “locator | heading | text”."""
    provisions = []
    for line in listing.strip().splitlines():
        path, heading, text = (part.strip().replace("\\n", "\n") for part in line.split("|"))
        level, label = Locator(path).steps[-1]
        provisions.append(Provision(Locator(path), LEVELS[level][0], label, heading, text))
    return Document(number, "Luật", subject, effective_on=effective_on, provisions=tuple(provisions))


LAW = document(BASE, "20/2021/QH15", date(2022, 1, 1), "Luật Cây xanh")


def amending(*clauses: str, number: str = "30/2023/QH15", since: date | None = date(2024, 1, 1)) -> Document:
    lines = ["dieu-1 | Sửa đổi, bổ sung một số điều của Luật Cây xanh |"]
    lines += [f"dieu-1.khoan-{n} | | {clause}" for n, clause in enumerate(clauses, 1)]
    return document("\n".join(lines), number, since, "Luật sửa đổi, bổ sung một số điều của Luật Cây xanh")


def after(*clauses: str, on: date = date(2025, 1, 1)) -> Consolidated:
    return consolidate(LAW, [amending(*clauses)], on)


def text_of(result: Consolidated, path: str) -> str | None:
    return next((h.provision.text for h in result.provisions if h.locator.path == path), None)


def paths(result: Consolidated) -> list[str]:
    return [held.locator.path for held in result.provisions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sửa đổi, bổ sung khoản 2 Điều 5 như sau:\n“2. Nội dung mới.”",
            (Change.AMEND, "dieu-5.khoan-2", "2. Nội dung mới."),
        ),
        (
            "Bổ sung Điều 5a vào sau Điều 5 như sau: “Điều 5a. Tên\n1. Một.”",
            (Change.INSERT, "dieu-5a", "Điều 5a. Tên\n1. Một."),
        ),
        ("Sửa đổi tên Điều 5 như sau: “Điều 5. Tên mới”", (Change.RENAME, "dieu-5", "Điều 5. Tên mới")),
        ("Sửa đổi đoạn mở đầu khoản 2 Điều 5 như sau: “2. Gồm:”", (Change.AMEND_LEAD, "dieu-5.khoan-2", "2. Gồm:")),
        ("Bãi bỏ điểm đ khoản 2 Điều 5.", (Change.REPEAL, "dieu-5.khoan-2.diem-đ", "")),
        ("Ngưng hiệu lực thi hành khoản 2 Điều 5.", (Change.SUSPEND, "dieu-5.khoan-2", "")),
    ],
)
def test_an_instruction_becomes_an_operation(text, expected):
    (operation,) = find_operations(text)
    assert (operation.kind, operation.locator.path, operation.text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "old", "new"),
    [
        ("Thay thế cụm từ “cấp huyện” bằng cụm từ “cấp xã” tại Điều 5", Change.REPLACE_PHRASE, "cấp huyện", "cấp xã"),
        ('Thay thế cụm từ "cấp huyện" thành "cấp xã" tại Điều 5', Change.REPLACE_PHRASE, "cấp huyện", "cấp xã"),
        ("Sửa đổi cụm từ ”cấp huyện” thành cụm từ “cấp xã” tại Điều 5", Change.REPLACE_PHRASE, "cấp huyện", "cấp xã"),
        ("Bỏ cụm từ “cấp huyện” tại Điều 5", Change.DELETE_PHRASE, "cấp huyện", ""),
        (
            "Bổ sung cụm từ “đặc khu” vào sau cụm từ “phường,” tại Điều 5",
            Change.INSERT_PHRASE,
            "phường,",
            "phường, đặc khu",
        ),
    ],
)
def test_a_phrase_instruction_names_what_goes_and_what_comes(text, kind, old, new):
    (operation,) = find_operations(text)
    assert (operation.kind, operation.old, operation.new, operation.locator.path) == (kind, old, new, "dieu-5")


def test_several_phrases_with_their_places_are_kept_apart():
    text = "Thay thế cụm từ “A” bằng cụm từ “B” tại Điều 1 và Điều 2; cụm từ “C” bằng cụm từ “D” tại khoản 3 Điều 4."
    found = [(o.old, o.new, o.locator.path) for o in find_operations(text)]
    assert found == [("A", "B", "dieu-1"), ("A", "B", "dieu-2"), ("C", "D", "dieu-4.khoan-3")]


def test_an_inserted_unit_knows_its_anchor():
    first, second = find_operations("Bổ sung khoản 2a, khoản 2b vào sau khoản 2 Điều 5 như sau:\n“2a. Một.\n2b. Hai.”")
    assert (first.locator.path, first.anchor) == ("dieu-5.khoan-2a", Locator("dieu-5.khoan-2"))
    assert (second.locator.path, second.anchor) == ("dieu-5.khoan-2b", Locator("dieu-5.khoan-2"))


def test_nested_instructions_take_document_article_and_operation_from_above():
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Thủ đô\n"
        "1. Sửa đổi, bổ sung một số điểm, khoản của Điều 5 như sau:\n"
        "a) Sửa đổi, bổ sung khoản 2 như sau:\n“2. Mới.”;\n"
        "b) Bổ sung điểm c vào sau điểm b khoản 3 như sau:\n“c) thêm;”.\n"
        "2. Bãi bỏ các quy định sau đây:\n"
        "a) Khoản 4 Điều 6;\n"
        "b) Điều 7.\n"
    )
    found = [(o.kind.value, o.locator.path, o.document, o.place.path) for o in find_operations(text)]
    assert found == [
        ("amend", "dieu-5.khoan-2", "Luật Thủ đô", "dieu-1.khoan-1.diem-a"),
        ("insert", "dieu-5.khoan-3.diem-c", "Luật Thủ đô", "dieu-1.khoan-1.diem-b"),
        ("repeal", "dieu-6.khoan-4", "Luật Thủ đô", "dieu-1.khoan-2.diem-a"),
        ("repeal", "dieu-7", "Luật Thủ đô", "dieu-1.khoan-2.diem-b"),
    ]


def test_articles_inside_the_quotation_are_not_instructions():
    text = "Điều 1. Bổ sung Điều 8a vào sau Điều 8 như sau:\n“Điều 8a. Tên\n1. Bãi bỏ rào chắn.\n2. Theo Điều 9.”"
    assert [(o.kind, o.locator.path) for o in find_operations(text)] == [(Change.INSERT, "dieu-8a")]


def test_an_amended_clause_takes_its_points_with_it_and_names_its_source():
    result = after(
        "Sửa đổi, bổ sung khoản 2 Điều 2 như sau:\\n“2. Hồ sơ gồm:\\na) đơn điện tử;\\nb) ảnh;\\nc) bản vẽ.”"
    )
    assert result.complete
    assert [p for p in paths(result) if p.startswith("dieu-2.khoan-2")] == [
        "dieu-2.khoan-2", "dieu-2.khoan-2.diem-a", "dieu-2.khoan-2.diem-b", "dieu-2.khoan-2.diem-c"]  # fmt: skip
    assert text_of(result, "dieu-2.khoan-2.diem-a") == "đơn điện tử;"
    changed = {h.locator.path: (h.source, h.since) for h in result.provisions if h.source}
    assert set(changed.values()) == {("30/2023/QH15", date(2024, 1, 1))}
    assert "dieu-2.khoan-1" not in changed


def test_before_its_day_an_amendment_changes_nothing():
    result = after("Bãi bỏ Điều 3.", on=date(2023, 12, 31))
    assert (paths(result), result.applied, result.unapplied) == ([p.locator.path for p in LAW.provisions], (), ())
    assert "dieu-3" not in paths(after("Bãi bỏ Điều 3.", on=date(2024, 1, 1)))


def test_what_is_repealed_is_kept_as_ended_with_its_source():
    result = after("Bãi bỏ khoản 2 Điều 2.")
    assert [e.provision.locator.path for e in result.ended] == [
        "dieu-2.khoan-2", "dieu-2.khoan-2.diem-a", "dieu-2.khoan-2.diem-b"]  # fmt: skip
    assert {(e.source, e.since) for e in result.ended} == {("30/2023/QH15", date(2024, 1, 1))}


def test_new_units_stand_behind_their_anchor_or_in_order():
    result = after(
        "Bổ sung Điều 2a vào sau Điều 2 như sau:\\n“Điều 2a. Tỉa cây\\n1. Mỗi năm một lần.”",
        "Bổ sung khoản 1a Điều 2 như sau: “1a. Nộp trực tuyến.”",
        "Bổ sung điểm a1 vào sau điểm a khoản 2 Điều 2 như sau: “a1) ảnh;”",
    )
    assert result.complete
    order = paths(result)
    assert order.index("dieu-2a") == order.index("dieu-2.khoan-3") + 1
    assert order.index("dieu-2.khoan-1a") == order.index("dieu-2.khoan-1") + 1
    assert order.index("dieu-2.khoan-2.diem-a1") == order.index("dieu-2.khoan-2.diem-a") + 1
    (heading,) = [h.provision.heading for h in result.provisions if h.locator.path == "dieu-2a"]
    assert heading == "Tỉa cây"


def test_a_phrase_is_replaced_in_the_unit_and_everything_below_it():
    result = after("Thay thế cụm từ “bản vẽ” bằng cụm từ “sơ đồ” tại Điều 2.", "Bỏ cụm từ “mỗi ngày” tại Điều 3.")
    assert text_of(result, "dieu-2.khoan-2.diem-b") == "sơ đồ."
    assert text_of(result, "dieu-3") == "Cây được tưới ."
    assert text_of(result, "dieu-1") == "Luật này quy định việc trồng cây."


def test_heading_and_lead_in_change_without_touching_what_is_below():
    result = after(
        "Sửa đổi tên Điều 2 như sau: “Điều 2. Trồng và đốn cây”",
        "Sửa đổi đoạn mở đầu khoản 2 Điều 2 như sau: “2. Hồ sơ trồng cây gồm:”",
    )
    assert next(h for h in result.provisions if h.locator.path == "dieu-2").provision.heading == "Trồng và đốn cây"
    assert text_of(result, "dieu-2.khoan-2") == "Hồ sơ trồng cây gồm:"
    assert text_of(result, "dieu-2.khoan-2.diem-a") == "đơn;"


def test_a_suspended_unit_keeps_its_text_and_says_so():
    result = after("Ngưng hiệu lực thi hành khoản 3 Điều 2.")
    (held,) = [h for h in result.provisions if h.suspended]
    assert held.locator.path == "dieu-2.khoan-3"
    assert "30/2023/QH15" in held.note


@pytest.mark.parametrize(
    ("clause", "marked", "why"),
    [
        ("Sửa đổi, bổ sung khoản 9 Điều 2 như sau: “9. Mới.”", "dieu-2", "không có khoản 9 Điều 2"),
        ("Sửa đổi, bổ sung khoản 3 Điều 2 như sau:", "dieu-2.khoan-3", "không đọc được nội dung mới"),
        ("Bổ sung Điều 3 vào sau Điều 2 như sau: “Điều 3. Mới.”", "dieu-3", "đã có Điều 3"),
        ("Thay thế cụm từ “tro” bằng cụm từ “than” tại Điều 3.", "dieu-3", "không thấy cụm từ “tro”"),
        ("Bãi bỏ Điều 9.", "dieu-1", "không có Điều 9"),
    ],
)
def test_what_cannot_be_applied_is_reported_and_marked_in_the_text(clause, marked, why):
    result = after(clause)
    assert not result.complete
    (problem,) = result.unapplied
    assert why in problem.reason
    assert problem.source == "30/2023/QH15"
    (held,) = [h for h in result.provisions if h.note]
    assert held.locator.path == marked
    assert "30/2023/QH15" in held.note
    assert [h.provision.text for h in result.provisions] == [p.text for p in LAW.provisions]


def test_amendments_apply_in_the_order_of_their_days_whatever_order_they_come_in():
    first = amending("Sửa đổi, bổ sung khoản 3 Điều 2 như sau: “3. Lệ phí là 20.000 đồng.”")
    second = amending(
        "Sửa đổi, bổ sung khoản 3 Điều 2 như sau: “3. Miễn lệ phí.”", number="40/2025/QH15", since=date(2025, 7, 1)
    )
    for order in ([first, second], [second, first]):
        assert text_of(consolidate(LAW, order, date(2025, 1, 1)), "dieu-2.khoan-3") == "Lệ phí là 20.000 đồng."
        assert text_of(consolidate(LAW, order, date(2025, 7, 1)), "dieu-2.khoan-3") == "Miễn lệ phí."


def test_an_amendment_that_was_itself_repealed_or_suspended_is_not_applied():
    first = amending("Bãi bỏ Điều 3.", "Bãi bỏ Điều 1.")
    listing = "dieu-1 | | Ngưng hiệu lực thi hành khoản 1 Điều 1 Luật số 30/2023/QH15.\ndieu-2 | | Bãi bỏ khoản 2 Điều 1 Luật số 30/2023/QH15."
    stop = document(listing, "41/2023/QH15", date(2024, 6, 1), "Luật về hiệu lực")
    result = consolidate(LAW, [first, stop], date(2025, 1, 1))
    assert {"dieu-1", "dieu-3"} <= set(paths(result))
    assert [problem.reason for problem in result.unapplied] == ["quy định sửa đổi đang bị ngưng hiệu lực"]


def test_an_amendment_of_another_law_leaves_this_one_alone():
    other = document("dieu-1 | Sửa đổi, bổ sung Luật Nhà ở | Bãi bỏ Điều 3.", "50/2024/QH15", date(2024, 1, 1))
    assert consolidate(LAW, [other], date(2025, 1, 1)).applied == ()


def test_an_amendment_without_a_date_is_reported_not_applied():
    result = consolidate(LAW, [amending("Bãi bỏ Điều 3.", since=None)], date(2025, 1, 1))
    assert "dieu-3" in paths(result)
    assert "chưa rõ ngày có hiệu lực" in result.unapplied[0].reason


def test_articles_inside_chapters_and_attached_texts_are_told_apart():
    listing = """
chuong-I | Chung |
chuong-I.dieu-1 | Phạm vi | Một.
kem-theo-1.dieu-1 | Của quy chế | Hai.
"""
    base = document(listing, "12/2024/QĐ-UBND", date(2024, 1, 1), "Quyết định về cây")
    change = "dieu-1 | | Bãi bỏ Điều 1 Quy chế ban hành kèm theo Quyết định số 12/2024/QĐ-UBND."
    result = consolidate(base, [document(change, "13/2025/QĐ-UBND", date(2025, 1, 1))], date(2025, 2, 1))
    assert paths(result) == ["chuong-I", "chuong-I.dieu-1"]


def test_operations_are_values_and_hold_the_amending_words():
    (operation,) = find_operations("Bãi bỏ Điều 3 của Luật Cây xanh số 20/2021/QH15.")
    assert operation == Operation(
        Change.REPEAL, Locator("dieu-3"), "20/2021/QH15", quote="Bãi bỏ Điều 3 của Luật Cây xanh số 20/2021/QH15."
    )


def test_what_names_no_document_in_a_law_that_changes_several_is_reported_not_applied():
    listing = """
dieu-1 | Phạm vi | Luật này quy định về hồ nước.
dieu-9 | Sửa đổi các luật có liên quan |
dieu-9.khoan-1 | | Bãi bỏ khoản 3 Điều 2 của Luật Cây xanh số 20/2021/QH15.
dieu-9.khoan-2 | | Bãi bỏ Điều 3.
"""
    result = consolidate(LAW, [document(listing, "40/2024/QH15", date(2024, 6, 1), "Luật Hồ nước")], date(2025, 1, 1))
    assert "dieu-3" in paths(result)
    assert "dieu-2.khoan-3" not in paths(result)
    assert [(u.operation.locator.path, u.reason) for u in result.unapplied] == [
        ("dieu-3", "không rõ sửa đổi văn bản nào")
    ]


def test_a_document_named_at_the_end_is_that_of_the_whole_instruction():
    text = (
        "Bãi bỏ Điều 50; cụm từ “cấp huyện,” tại khoản 5 Điều 52; cụm từ “Thanh tra,” tại khoản 8 Điều 54 "
        "của Luật Cây xanh số 20/2021/QH15."
    )
    found = [(o.kind, o.locator.path, o.old, o.document) for o in find_operations(text)]
    assert found == [
        (Change.REPEAL, "dieu-50", "", "20/2021/QH15"),
        (Change.DELETE_PHRASE, "dieu-52.khoan-5", "cấp huyện,", "20/2021/QH15"),
        (Change.DELETE_PHRASE, "dieu-54.khoan-8", "Thanh tra,", "20/2021/QH15"),
    ]


def test_a_change_that_is_only_told_is_no_operation():
    assert find_operations("Chính phủ trình Quốc hội sửa đổi, bổ sung Phụ lục IV theo thủ tục rút gọn.") == []


def test_a_part_of_a_unit_is_repealed_without_the_rest_of_it():
    base = document(
        "dieu-1 | Phạm vi | Câu một.\\nCâu hai.\\nCâu ba.", "20/2021/QH15", date(2022, 1, 1), "Luật Cây xanh"
    )
    result = consolidate(base, [amending("Bãi bỏ đoạn thứ hai Điều 1")], date(2025, 1, 1))
    assert text_of(result, "dieu-1") == "Câu một.\nCâu ba."


@pytest.mark.parametrize("clause", ["Bãi bỏ điểm a(ii) khoản 2 Điều 2", "Bãi bỏ số thứ tự 3 Điều 2"])
def test_what_is_smaller_than_a_point_is_reported_and_the_point_stays(clause):
    result = after(clause)
    assert "dieu-2.khoan-2.diem-a" in paths(result)
    assert len(result.unapplied) == 1
