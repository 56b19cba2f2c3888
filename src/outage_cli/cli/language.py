"""The language of the output: that of --lang, else that of the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping

from outage_cli import registry

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where POSIX looks for the language of messages: the first one that is not empty decides."""

CODES = tuple(entry.name for entry in registry.LANGUAGES)


def ambient(environment: Mapping[str, str]) -> str:
    """Return the language that an environment asks for, English where it is none of ours.

    `ja_JP.UTF-8`, `ko_KR.eucKR`, `ja` and `ko-KR` name one; `C`, `POSIX` and `en_GB` mean English.
    """
    locale = next((value for name in VARIABLES if (value := environment.get(name))), "")
    code = re.split(r"[_.@-]", locale, maxsplit=1)[0].lower()
    return code if code in CODES else CODES[0]
