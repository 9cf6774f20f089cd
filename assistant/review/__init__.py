"""The reviewer: ``review`` reads a draft and says what to look at; ``annotate`` writes it into a .docx."""

from assistant.review.annotate import annotate
from assistant.review.check import Severity, Texts, Unchecked
from assistant.review.names import Names
from assistant.review.render import to_json, to_markdown
from assistant.review.report import Report, review

__all__ = ["Names", "Report", "Severity", "Texts", "Unchecked", "annotate", "review", "to_json", "to_markdown"]
