"""How German, French, Spanish and Italian write days and hours: their words, for `pieces`.

```text
Samstag, 2. Juli 2022, gegen 15 Uhr    le 2 juillet 2022 vers 14h30    2 de julio de 2022, 15:19
[-wday-] [--- day --] [hedg] [clk]     [glue][--- day --][hedg][clk]   [------ day -----]  [clk]
```
"""

from __future__ import annotations

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner janvier enero gennaio",
            "februar februari février fevrier fév febrero febbraio",
            "märz maerz mär mars marzo",
            "avril avr abril aprile",
            "mai mayo maggio",
            "juni juin junio giugno",
            "juli juillet juil julio luglio",
            "août aout agosto",
            "septembre septiembre settembre",
            "oktober okt octobre octubre ottobre",
            "novembre noviembre",
            "dezember dez décembre decembre déc diciembre dicembre",
        ),
        1,
    )
    for name in names.split()
}
"""The months whose names differ from the English ones."""

MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAY = (
    r"(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:mo|di|mi|do|fr|sa|so)(?=[.,]))\b\.?"
)
NOON, MIDNIGHT = r"mittags?|midi|mediodía", r"mitternacht|minuit|medianoche"
GLUE = r"(?:um|le|à|den|dem|der|del|de|a\s+las?|am(?=\s\d\d?\.)|am(?=\s[a-z]{5}))(?=[\s\d])"
CLOCKS = (
    r"(?P<hour>\d\d?)\s?uhr(?:\s?(?P<minute>\d\d)(?!\d))?",
    r"(?P<hour>\d\d?)\s?heures?(?:\s?(?P<minute>\d\d)(?!\d))?",
)
HEDGES = {
    "about": r"(?:gegen|etwa|ungefähr|vers|environ|sobre|hacia|verso)(?=[\s\d])",
    "after": r"(?:(?:kurz\s)?nach|après)(?=\s)",
    "by": r"(?:(?:kurz\s)?vor|bis\sspätestens|avant)(?=\s)",
    "since": r"(?:seit|ab|depuis)(?=\s)",
    "until": r"(?:bis|jusqu'à)(?=\s)",
}
