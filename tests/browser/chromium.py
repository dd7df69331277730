"""The Chromium that browser tests drive, and the marks of a file of them."""

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("ROLLCALL_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)

MARKS = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason=f"no Chromium: ROLLCALL_CHROMIUM is unset and PATH has none of {NAMES}"),
]
