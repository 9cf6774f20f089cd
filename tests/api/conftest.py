"""The fixtures of these tests stand in fixtures.py, because the browser tests use them too."""

from tests.api.fixtures import draft, live, make_site, site

__all__ = ["draft", "live", "make_site", "site"]
