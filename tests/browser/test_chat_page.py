"""A citizen asks, reads, opens a source and says whether it helped, with the keyboard alone if need be."""

from __future__ import annotations

from typing import Any

from assistant.answer.values import Question
from assistant.store import Rating
from tests.browser.conftest import Page

SHIFT, ENTER, ESCAPE, TAB = "\ue008", "\ue007", "\ue00c", "\ue004"


def answer_id(page: Page) -> str:
    [record] = page.site.store.audit.recent(1)
    return record.answer_id


def test_an_answer_shows_its_text_sources_card_warnings_and_follow_ups(page: Page) -> None:
    page.open("/")
    page.ask("Thời hạn bao lâu?")
    assert page.one(".answer-text strong").text == "Thời hạn"
    assert [li.text.split()[0] for li in page.all(".answer-text li")] == ["Tờ", "Giấy"]
    assert "khoản 1 Điều 5 Luật Thử nghiệm" in page.one(".source").text
    assert "Còn hiệu lực" in page.one(".source").text
    assert "Thông tin kiểm tra ngày 31/07/2026." in page.one(".answer .caution").text
    page.click(".card summary")
    card = page.one(".card").text
    for wanted in ("Đăng ký thử nghiệm", "1.009999", "Tờ khai", "01 bản chính", "8.000 đồng", "không nêu đơn vị"):
        assert wanted in card
    assert [chip.text for chip in page.all(".follow-ups button")] == ["Nộp ở đâu?", "Lệ phí bao nhiêu?"]
    assert page.problems() == []


def test_a_warning_that_stands_above_the_card_is_not_said_twice(page: Page) -> None:
    flag = page.site.agents["citizen"].answer(Question("Thời hạn bao lâu?")).card["flags"][0]
    page.open("/")
    page.driver.execute_async_script(
        "const [flag, done] = arguments; import('/static/card.js').then(({ procedureCard }) => {"
        "const card = { name: 'x', code: '1', flags: [flag, 'khác'] };"
        "document.body.append(procedureCard(card, () => null, [flag])); done() })",
        flag,
    )
    assert page.js("return [...document.querySelectorAll('.card .caution li')].map((n) => n.textContent)") == ["khác"]


def test_a_source_stands_beside_the_text_where_there_is_room_and_over_it_elsewhere(page: Page) -> None:
    page.open("/", width=1280)
    page.ask("Thời hạn bao lâu?")
    page.click("button.cite")
    page.one("dialog[open]")
    text, drawer = page.js(
        "return [document.querySelector('.answer-text').getBoundingClientRect().right,"
        "document.querySelector('dialog').getBoundingClientRect().left]"
    )
    assert text <= drawer
    page.ask("Câu hỏi nữa khi nguồn đang mở")
    assert page.all("dialog[open]") == [], "its numbers are those of the answer before"
    page.open("/", width=375)
    page.ask("Thời hạn bao lâu?")
    page.click("button.cite")
    page.one("dialog:modal")
    page.press(ESCAPE)
    page.until("return !document.querySelector('dialog[open]')")


def test_a_sources_number_never_stands_alone_on_a_line(page: Page) -> None:
    page.open("/", width=375)
    page.ask("Thời hạn bao lâu?")
    alone = page.js(
        "return [...document.querySelectorAll('.answer-text .keep')].filter((n) => n.getClientRects().length > 1).length"
    )
    assert page.all(".answer-text .keep .cite") and alone == 0


def test_a_copied_answer_takes_its_sources_along(page: Page) -> None:
    page.open("/")
    page.ask("Thời hạn bao lâu?")
    page.js("navigator.clipboard.writeText = (words) => ((window.copied = words), Promise.resolve())")
    page.js("[...document.querySelectorAll('.actions button')].find((b) => b.textContent === 'Sao chép').click()")
    page.until("return document.querySelector('.actions').textContent.includes('Đã sao chép')")
    copied = page.js("return window.copied")
    assert "Thời hạn chung là 15 ngày làm việc. [1]" in copied
    assert "[1] khoản 1 Điều 5 Luật Thử nghiệm số 45/2099/QH14 (còn hiệu lực)" in copied
    assert "(AI)" in copied and "**" not in copied


def test_the_box_to_type_in_stays_at_the_foot_while_an_answer_is_awaited(page: Page) -> None:
    page.open("/", width=375)
    page.one("#question").send_keys("Trả lời chậm nhé\n")
    page.one(".answer")
    foot = page.js("return document.querySelector('.composer').getBoundingClientRect().bottom - innerHeight")
    assert abs(foot) < 2
    page.click(".composer button")
    page.answered(1)


def test_on_paper_nothing_is_folded_away(page: Page) -> None:
    page.open("/")
    page.ask("Thời hạn bao lâu?")
    page.js("dispatchEvent(new Event('beforeprint'))")
    assert page.js("return [...document.querySelectorAll('details')].every((part) => part.open)")


def test_a_long_answer_leaves_its_question_at_the_top(page: Page) -> None:
    page.open("/", height=500)
    page.ask("Thời hạn bao lâu?")
    page.ask("Còn nộp ở đâu?")
    page.until(
        "return Math.abs([...document.querySelectorAll('.question')].at(-1).getBoundingClientRect().top - 72) < 60"
    )


def test_nothing_is_asked_of_any_other_host(page: Page) -> None:
    page.open("/")
    page.ask("Thời hạn bao lâu?")
    page.click("button.cite")
    asked = page.requests()
    assert any("/v1/chat/completions" in address for address in asked)
    assert [a for a in asked if not a.startswith((page.address, "data:", "blob:"))] == []


def test_a_source_opens_with_the_keyboard_and_gives_the_focus_back(page: Page) -> None:
    page.open("/")
    page.ask("Thời hạn bao lâu?")
    page.js("document.querySelector('button.cite').focus()")
    page.press(ENTER)
    drawer = page.one("dialog[open]")
    assert "Thời hạn chung là 15 ngày làm việc." in drawer.find_element("css selector", "blockquote").text
    assert "21/11/2026" in drawer.text
    link = drawer.find_element("css selector", "a.primary")
    assert link.get_attribute("href") == f"{page.address}/v1/documents/45/2099/QH14/dieu-5"
    assert page.js("return document.activeElement.closest('dialog') !== null")
    page.press(ESCAPE)
    page.until("return !document.querySelector('dialog[open]')")
    assert page.js("return document.activeElement.className") == "cite"


def test_a_follow_up_is_asked_with_what_was_said_before(page: Page) -> None:
    page.open("/")
    page.ask("Thời hạn bao lâu?")
    page.click(".follow-ups button")
    page.answered(2)
    question = page.site.agents["citizen"].asked[-1]
    assert question.text == "Nộp ở đâu?"
    assert [m.role for m in question.history] == ["user", "assistant"]
    assert question.history[1].content.startswith("**Thời hạn** chung")


def test_starting_again_forgets_what_was_said(page: Page) -> None:
    page.open("/")
    page.ask("Thời hạn bao lâu?")
    page.click("#again")
    assert page.all(".answer") == []
    assert page.one(".welcome h1").is_displayed()
    page.ask("Việc khác?")
    assert page.site.agents["citizen"].asked[-1].history == ()
    assert page.js("return JSON.stringify([{...localStorage}, {...sessionStorage}])") == "[{},{}]"


def test_an_example_can_be_asked_with_one_press(page: Page) -> None:
    page.open("/")
    page.click("#examples button")
    page.answered(1)
    assert page.site.agents["citizen"].asked[0].text == "Đăng ký khai sinh cần giấy tờ gì?"


def test_shift_enter_makes_a_line_and_an_empty_question_is_not_sent(page: Page) -> None:
    page.open("/")
    page.one("#question").send_keys("  \n")
    assert page.all(".answer") == []
    page.one("#question").send_keys("dòng một", SHIFT, ENTER, SHIFT)
    page.ask("dòng hai")
    assert page.site.agents["citizen"].asked[0].text == "dòng một\ndòng hai"


def test_a_useful_answer_is_told_with_one_press(page: Page) -> None:
    page.open("/")
    page.ask("Thời hạn bao lâu?")
    page.click(".feedback button")
    assert "ghi nhận" in page.one(".feedback [role=status]").text
    assert page.site.store.feedback.get(answer_id(page)) == (Rating.UP, "")


def test_a_wrong_answer_is_told_with_a_word_on_what_is_wrong(page: Page) -> None:
    page.open("/")
    page.ask("Thời hạn bao lâu?")
    page.click(".feedback button", 1)
    page.until("return document.activeElement.name === 'comment'")
    page.press("Sai thời hạn")
    page.click(".complaint button")
    page.one(".feedback [role=status]")
    assert page.site.store.feedback.get(answer_id(page)) == (Rating.DOWN, "Sai thời hạn")


def test_an_answer_is_copied_with_its_sources_and_the_word_that_it_is_by_a_machine(page: Page) -> None:
    page.open("/")
    grant = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"], "origin": page.address}
    page.driver.execute_cdp_cmd("Browser.grantPermissions", grant)
    page.ask("Thời hạn bao lâu?")
    page.click(".actions > button")
    page.until("return document.querySelector('.actions > [role=status]').textContent.includes('sao chép')")
    copied = page.js("return navigator.clipboard.readText()")
    assert "[1] khoản 1 Điều 5 Luật Thử nghiệm số 45/2099/QH14 (còn hiệu lực)" in copied
    assert "trợ lý ảo (AI)" in copied


def test_what_went_wrong_is_said_and_can_be_tried_again(page: Page) -> None:
    page.open("/")
    page.ask("hỏng")
    assert "ngoài dự kiến" in page.one(".answer [role=alert]").text
    page.click(".answer .actions button")
    page.until("return document.querySelectorAll('.question').length === 1")
    page.answered(1)
    assert len(page.site.agents["citizen"].asked) == 2
    page.ask("Thời hạn bao lâu?")
    assert page.site.agents["citizen"].asked[-1].history == (), "a question that failed is not history"


def test_a_broken_stream_keeps_what_came_and_says_that_it_broke(page: Page) -> None:
    page.open("/")
    page.ask("đứt giữa chừng")
    assert page.one(".answer-text strong").text == "Thời hạn"
    assert "ngoài dự kiến" in page.one(".answer [role=alert]").text


def test_a_long_answer_shows_as_it_comes_and_can_be_stopped(page: Page) -> None:
    page.open("/")
    page.one("#question").send_keys("trả lời chậm\n")
    page.until("return document.querySelector('.answer-text').textContent.includes('đoạn 3')")
    button = page.one("#composer button")
    assert button.text == "Dừng"
    button.click()
    page.answered(1)
    assert page.site.agents["citizen"].hold.wait(5)
    assert "whole" not in page.site.agents["citizen"].steps
    assert "Đã dừng" in page.one(".answer [role=alert]").text
    assert page.one("#composer button").text == "Gửi"


def test_an_answer_that_cannot_be_given_says_so_in_words(page: Page) -> None:
    page.open("/")
    page.ask("gì đó")
    assert page.one(".answer .status").text == "Chưa đủ căn cứ để trả lời"


def test_a_screen_reader_hears_that_an_answer_comes_and_when_it_is_there(page: Page) -> None:
    page.open("/")
    log = page.js("const l = document.getElementById('log'); return [l.role, l.ariaLive]")
    assert log == ["log", "polite"]
    page.one("#question").send_keys("trả lời chậm\n")
    page.until("return document.getElementById('announce').textContent === 'Đang tra cứu…'")
    assert page.one(".answer").get_attribute("aria-busy") == "true"
    page.click("#composer button")
    page.answered(1)
    page.one("#question").send_keys("Thời hạn?\n")
    page.until("return document.getElementById('announce').textContent === 'Đã có câu trả lời.'")


HOSTILE = [
    "<img src=x onerror=alert(1)> <script>alert(1)</script> **<b>x</b>**",
    "[bấm](javascript:alert(1)) [bấm](data:text/html,x) [bấm](//evil.vn) [bấm](/\\evil.vn) [bấm](vbscript:x)",
    "> <iframe src=x></iframe>\n> [1](javascript:alert(1))",
    "| <svg onload=alert(1)> | b |\n|---|---|\n| <a href=x>y</a> | [x](JaVaScRiPt:alert(1)) |",
    "# <style>*{display:none}</style>\n1. <form action=x>\n   - <input onfocus=alert(1) autofocus>",
    '`<script>` \\<b\\> ![x](http://evil.vn/x.png) [1] [999] [[2]] **[3](http://a" onclick=alert(1))**',
]
_RENDER = """
const [text, done] = arguments;
import('/static/markdown.js').then(({ renderMarkdown }) => {
  const box = document.createElement('div');
  document.body.append(box);
  box.append(renderMarkdown(text));
  const nodes = [...box.querySelectorAll('*')];
  done({
    tags: [...new Set(nodes.map((n) => n.localName))],
    attributes: [...new Set(nodes.flatMap((n) => n.getAttributeNames()))],
    links: nodes.filter((n) => n.localName === 'a').map((n) => n.getAttribute('href')),
    text: box.textContent,
  });
}).catch((error) => done(String(error)));
"""
ALLOWED_TAGS = {"p", "br", "h3", "hr", "ul", "ol", "li", "blockquote", "strong", "em", "code", "span", "a"}
ALLOWED_TAGS |= {"div", "table", "thead", "tbody", "tr", "th", "td"}
ALLOWED_ATTRIBUTES = {"class", "start", "href", "target", "rel", "tabindex", "role", "aria-label"}


def render(page: Page, text: str) -> Any:
    return page.driver.execute_async_script(_RENDER, text)


def test_no_text_of_an_answer_becomes_markup_or_a_dangerous_link(page: Page) -> None:
    page.open("/")
    for text in HOSTILE:
        made = render(page, text)
        assert set(made["tags"]) <= ALLOWED_TAGS, made
        assert set(made["attributes"]) <= ALLOWED_ATTRIBUTES, made
        assert all(link.startswith(("https://", "http://")) for link in made["links"]), made
    assert page.problems() == []


def test_markdown_of_answers_is_read_as_it_is_meant(page: Page) -> None:
    page.open("/")
    made = render(
        page, "## Hồ sơ\n1. Tờ khai\n   - bản chính\n2. Giấy\n\n> 2. Trong 03 ngày\n> a) khẩn\n\n| A | B |\n|--|:-:|\n"
    )
    assert {"h3", "ol", "ul", "li", "blockquote"} <= set(made["tags"])
    assert "2. Trong 03 ngày" in made["text"], "the number of a quoted clause is text, not a list of ours"
    made = render(
        page, "| Giấy tờ | Số |\n|---|---|\n| Tờ khai | 01 |\n\nXem [nguồn](/v1/documents/1.001193) và *điều* `x`"
    )
    assert {"table", "th", "td", "em", "code"} <= set(made["tags"])
    assert made["links"] == ["/v1/documents/1.001193"]


def test_a_very_long_text_is_drawn_without_hanging(page: Page) -> None:
    page.open("/")
    for piece in ("**", "[", "](", "> ", "- ", "|", "*a", "`", "1. x\n"):
        render(page, piece * 20_000)
