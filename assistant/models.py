"""The one importer of chat-model libraries: any model that LangChain's ``init_chat_model`` can name."""

from __future__ import annotations

from typing import Any, Protocol

from assistant.errors import MissingExtra, ModelUnavailable
from assistant.settings import Settings


class ChatModel(Protocol):
    """Mô hình ngôn ngữ: words an answer, never decides its facts."""

    def complete(self, system: str, user: str) -> str:
        """The model's text. Raises ModelUnavailable when the server does not answer."""


class LangChainModel:
    """A chat model behind LangChain: an OpenAI-compatible server by URL, or any provider LangChain knows."""

    def __init__(self, name: str, base_url: str = "", api_key: str = "", timeout: float = 60.0) -> None:
        try:
            from langchain.chat_models import init_chat_model  # noqa: PLC0415 (slow, and only where configured)

            # A local server wants no key, the client library insists on one.
            options: dict[str, Any] = {"temperature": 0, "timeout": timeout, "max_retries": 1}
            if base_url:
                options |= {"base_url": base_url, "api_key": api_key or "none"}
            elif api_key:
                options["api_key"] = api_key
            self._model = init_chat_model(name, **options)
        except (ImportError, ValueError) as error:
            raise MissingExtra(
                f"Không mở được mô hình ngôn ngữ “{name}”: {error}. TROLY_CHAT_MODEL cần có dạng nhà_cung_cấp:tên, "
                "ví dụ openai:qwen2.5 kèm TROLY_CHAT_BASE_URL; nhà cung cấp khác cần cài gói langchain tương ứng."
            ) from error
        self.name = name

    def complete(self, system: str, user: str) -> str:
        try:
            reply = self._model.invoke([("system", system), ("human", user)])
        except Exception as error:  # each provider raises its own tree
            raise ModelUnavailable(f"Mô hình ngôn ngữ “{self.name}” không trả lời: {error}") from error
        return str(reply.text)


def open_chat(settings: Settings) -> ChatModel | None:
    """The configured model, or None: everything works without one."""
    if not settings.chat_model:
        return None
    return LangChainModel(
        settings.chat_model,
        settings.chat_base_url,
        settings.chat_api_key.get_secret_value(),
        settings.chat_timeout,
    )
