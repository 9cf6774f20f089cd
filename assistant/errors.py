"""The error tree. Every message says what was given, what was expected and what to do.

TrolyError                     status  exit
├── BadInput                    400     2    the request or file cannot be used as it is
│   ├── UnreadableFile          422     2    corrupt, encrypted, empty or of an unknown kind
│   ├── TooLarge                413     2    longer or bigger than the limit
│   └── UnknownModel            404     2    no assistant of that name
├── NotFound                    404     1    the document, procedure or file is not in the store
├── AccessDenied                401     2    no key, or a key that is not known
│   └── NotAllowed              403     2    a known key without the right
├── LimitReached                429     2    too many requests
├── IndexProblem                503     2    the index cannot be used
│   ├── IndexMissing            503     2    nothing was ever ingested there
│   ├── IndexForeign            503     2    the folder holds something else
│   └── IndexMismatch           503     2    built with another embedding model
├── StoreProblem                503     2    the database of keys, audit and files cannot be used
├── StorageFull                 507     2    no room left on the disk
├── MissingExtra                501     2    an optional package or program is not installed
└── ModelUnavailable            502     2    the configured language model did not answer
"""

from __future__ import annotations

from typing import ClassVar


class TrolyError(Exception):
    """Base of all errors a user may see; ``str(error)`` is a Vietnamese sentence for the user."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, *, param: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.param = param


class BadInput(TrolyError):
    code = "bad_input"
    status = 400


class UnreadableFile(BadInput):
    code = "unreadable_file"
    status = 422


class TooLarge(BadInput):
    code = "too_large"
    status = 413


class UnknownModel(BadInput):
    code = "model_not_found"
    status = 404


class NotFound(TrolyError):
    code = "not_found"
    status = 404
    exit_code = 1


class AccessDenied(TrolyError):
    code = "invalid_api_key"
    status = 401


class NotAllowed(AccessDenied):
    code = "not_allowed"
    status = 403


class LimitReached(TrolyError):
    """``retry_after``: whole seconds after which the caller may try again."""

    code = "rate_limit_exceeded"
    status = 429

    def __init__(self, message: str, *, param: str | None = None, retry_after: int = 1) -> None:
        super().__init__(message, param=param)
        self.retry_after = retry_after


class IndexProblem(TrolyError):
    code = "index_unavailable"
    status = 503


class IndexMissing(IndexProblem):
    code = "index_missing"


class IndexForeign(IndexProblem):
    code = "index_foreign"


class IndexMismatch(IndexProblem):
    code = "index_mismatch"


class StoreProblem(TrolyError):
    code = "store_unavailable"
    status = 503


class StorageFull(TrolyError):
    code = "storage_full"
    status = 507


class MissingExtra(TrolyError):
    code = "missing_extra"
    status = 501


class ModelUnavailable(TrolyError):
    code = "model_unavailable"
    status = 502
