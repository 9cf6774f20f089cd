# Trợ Lý Công Vụ. `make serve` runs it, `make test` tests it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
TEST_STAMP := $(VENV)/.installed-test
SHARED ?= ../shared# real legal data to measure with; not part of the project

.PHONY: serve test test-models lint types smoke check bench-text bench-review bench-retrieval models clean system-packages

serve: $(STAMP)
	@$(BIN)/troly serve

$(VENV)/bin/python:
	@echo "Tạo môi trường $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên; đang có $$($(PYTHON) --version)."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Thiếu mô-đun venv. Trên Debian: apt-get install -y python3-venv"; rm -rf $(VENV); exit 2; }
	@$(BIN)/pip install -q --upgrade pip

$(STAMP): pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Cài đặt các gói (vài phút ở lần đầu) …"
	@$(BIN)/pip install -q -e . -c constraints.txt
	@touch $(STAMP)

$(TEST_STAMP): pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Cài đặt các gói để kiểm thử …"
	@$(BIN)/pip install -q -e '.[test]' -c constraints.txt
	@touch $(STAMP) $(TEST_STAMP)

# What some tests need from the system; as root on Debian it is installed, elsewhere the command is printed.
SYSTEM := antiword chromium chromium-driver fonts-noto-core libreoffice-writer-nogui postgresql tesseract-ocr tesseract-ocr-vie strace
system-packages:
	@sh eval/system_packages.sh $(SYSTEM)

test: $(TEST_STAMP) system-packages
	@$(BIN)/pytest

# The optional models, in an environment of their own: the default install stays without torch.
MODELS_VENV := .venv-models
$(MODELS_VENV)/.installed: pyproject.toml constraints.txt
	@echo "Cài phần mở rộng [models] để kiểm thử (torch) …"
	@$(PYTHON) -m venv $(MODELS_VENV)
	@$(MODELS_VENV)/bin/pip install -q -e '.[models,test]' -c constraints.txt
	@touch $@

test-models: $(MODELS_VENV)/.installed
	@$(MODELS_VENV)/bin/pytest tests/index/test_embed.py $(wildcard tests/index/test_rerank.py)

lint: $(TEST_STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(TEST_STAMP)
	@$(BIN)/mypy

smoke: $(TEST_STAMP)
	@$(BIN)/python eval/smoke.py

check: test lint types smoke test-models

bench-text: $(TEST_STAMP)
	@$(BIN)/python eval/bench_citations.py $(SHARED)/domain/citations.jsonl
	@$(BIN)/python eval/bench_structure.py

bench-review: $(TEST_STAMP)
	@$(BIN)/python eval/bench_review.py

# WHOLE=chroma:FOLDER, an index of the whole codified corpus and all procedures, is measured and added to.
bench-retrieval: $(TEST_STAMP)
	@$(BIN)/python eval/bench_retrieval.py $(SHARED)/data
	@if [ -n "$(WHOLE)" ]; then $(BIN)/python eval/bench_whole.py $(SHARED)/data --index $(WHOLE); else echo "WHOLE= chưa đặt: không đo trong toàn bộ pháp điển."; fi

models: $(TEST_STAMP)
	@$(BIN)/pip install -q -e '.[models]' -c constraints.txt

clean:
	rm -rf $(VENV) $(MODELS_VENV) data build dist .pytest_cache .mypy_cache .ruff_cache
