# The same steps as `make serve`: a virtual environment, the pinned packages, the index from corpus/, the server.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1
RUN python3 -m venv .venv && .venv/bin/pip install -q --upgrade pip==26.3
COPY pyproject.toml constraints.txt README.md ./
COPY assistant assistant
COPY corpus corpus
COPY prompts prompts
RUN .venv/bin/pip install -q -e . -c constraints.txt

FROM python:3.11-slim-bookworm
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends antiword tesseract-ocr tesseract-ocr-vie \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 troly \
    && mkdir -p /app/data && chown troly:troly /app/data
WORKDIR /app
COPY --from=build --chown=troly:troly /app /app
USER 10001
ENV TROLY_HOST=0.0.0.0 \
    TROLY_PORT=8000 \
    TZ=Asia/Ho_Chi_Minh \
    PATH=/app/.venv/bin:$PATH
VOLUME /app/data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s --retries=3 \
    CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["troly", "serve"]
