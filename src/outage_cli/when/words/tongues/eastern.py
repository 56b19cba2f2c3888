"""How Japanese, Korean and Chinese write days and hours: their words, in tables for `pieces`.

```text
翌16日午前1時31分    다음날인 16일 오전 1시 31분    10月15日(土)25時31分
[day ][pt][clock]    [--- day ----] [pt] [-clock-]  [- day ][wd][-clock]  each 01:31 on the 16th
```
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

ERAS = {"昭和": (1925, 64), "平成": (1988, 31), "令和": (2018, 99)}
"""The year before the first one of a reign, and the number of its last."""

_NEXT_DAY = r"(?:翌日|次日|明くる日|第二天|다음\s?날|이튿날|익일)"
_YEAR = rf"(?:(?P<era>{'|'.join(ERAS)})(?P<in_era>\d\d?|元)|'?(?P<year>\d{{2,6}}))\s?[年년]\s?"
_MONTH = r"(?P<month>\d\d?)\s?[月월]\s?"
_DAY = r"(?P<day>\d\d?)\s?[日일号號](?![間间간目째後后前])"

DATES = (
    rf"(?:(?:翌|{_NEXT_DAY})(?:인|の)?\s?\(?)?(?:{_YEAR})?(?:{_MONTH})?{_DAY}\)?",
    rf"{_YEAR}(?:{_MONTH})?",
    _MONTH,
)
CLOCK = (
    r"(?P<hour>\d\d?)\s?[時时点點시](?![間间간])"
    r"(?:\s?(?P<minute>\d\d?)\s?[分분](?![間间간前])|\s?(?P<half>半|반))?"
    r"(?:\s?(?P<second>\d\d?)(?:\.(?P<fraction>\d{1,9}))?\s?[秒초])?"
)
SAME_HOUR = r"同(?P<same_hour>(?P<minute>\d\d?)分)(?:(?P<second>\d\d?)秒)?"
DAYS_ON = {r"翌々日": 2, _NEXT_DAY: 1, r"翌(?=[朝昼夕夜晩未早午深]|\d\d?時)": 1}
SAME_DAY = r"同じ?日|当日|この日|当天|같은\s?날|이날|그날|당일"
READ_ON = r"昨[日夜晩天]|[今本]日|今[朝夜天]|明[日天]|前日|어제|오늘|내일|전날|어젯밤"
"""Days that depend on the day they are read, and the day before."""

WEEKDAY = (
    r"\(\s?(?:[月火水木金土日월화수목금토일](?:曜日?|요일)?|(?:周|星期)[一二三四五六日天])"
    r"(?:[・,/]?[祝休])?\s?\)|[月火水木金土日]曜日?|[월화수목금토일]요일|(?:周|星期)[一二三四五六日天]"
)
ZONES = {"日本時間": "JST", "韓国時間|한국\\s?시간": "KST", "協定世界時|世界標準時": "UTC"}
NOON, MIDNIGHT = "正午|정오", "자정|真夜中"
SINCE = (
    r"[^\W\d]{1,20}(?:から|より)\s?\d+(?:日|時間|分)半?(?:以上|余り?|あまり|近く|ほど)?が?"
    r"(?:経過|過ぎ|経っ|たっ)し?た(?=翌?\d)"
    r"|(?:[^\W\d]{1,20}\s?){1,3}\d+\s?(?:일|시간|분)\s?(?:이상|넘게|가까이|만에)?이?\s?"
    r"(?:지난|경과한|흐른)\s?(?=\d)"
)
"""How long a time was after something, where it stands too: 火災から30時間以上経過した16日…"""

GLUE = r"の|に|、|에|의|부로|ちょうど|정각|時点|現在|현재|(?:去る|지난\s?)(?=\d\d?\s?[月日월일])"
SCRIPT = "[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"
"""A character that shows a text to be in one of these languages."""

LAST_HOUR = 29
"""Broadcasters, railways and bars count on past midnight: 25時 is 01:00 on the next day."""

Hours: TypeAlias = Mapping[int, tuple[int, ...]]
"""The hours, counted from the start of the day, that an hour can mean beside a word."""


def within(first: int, last: int) -> dict[int, tuple[int, ...]]:
    """Return the hours from `first` to `last`, as clocks of 24 hours and of 12 write them."""
    hours: dict[int, tuple[int, ...]] = {hour: (hour,) for hour in range(first, last + 1)}
    return {hour - 12: (hour,) for hour in hours if hour > 12} | hours  # noqa: PLR2004


AM = within(0, 11) | {12: (0,)}
PM = within(12, 23) | {0: (12,)}
PARTS: dict[str, Hours] = {
    word: hours
    for words, hours in (
        ("오전 上午", AM),
        ("오후 下午", PM),
        (
            "午前",
            AM | {12: (0, 12)},
        ),  # 午前12時 is noon by the decree of 1872, 00:00 on most clocks
        ("午後", PM | {12: (12, 24)}),  # 午後12時 is midnight by that decree, noon to most people
        ("早朝 朝 아침 早上 清晨", within(1, 11)),
        ("未明 明け方 새벽 凌晨", within(0, 7) | {12: (0,)}),
        ("昼 낮 中午", within(9, 16)),
        ("夕方 夕 저녁 傍晚", within(16, 23)),
        # 15日深夜1時: by its date on the 15th, by its night on the 16th
        (
            "深夜 夜中 夜 晩 밤 晚上",
            within(17, 23) | {hour: (hour, hour + 24) for hour in range(5)} | {12: (0, 24)},
        ),
    )
    for word in words.split()
}
HEDGES = {
    "about": r"頃|ごろ|ころ|前後|約|경|께|쯤|무렵|전후|약|左右|许|許",
    "after": r"過ぎ|すぎ|以降|以後|이후|넘어(?:서)?",
    "by": r"までに|以前|前|이전",
    "since": r"から|부터",
    "until": r"まで|까지",
}
"""Words that leave a time open, by the English word that is closest."""

ABOUT_BEFORE = ("約", "약")
ABOUT_AFTER = ("頃", "ごろ", "ころ", "경", "께", "쯤")
COMPARISONS_BEFORE = {
    ">=": ("少なくとも", "最低", "최소", "적어도"),
    "<=": ("最大", "最長", "최대", "최장"),
    "-": ("거의",),
    "~": ("約", "およそ", "ほぼ", "약", "대략"),
    "=": ("計", "ちょうど", "정확히", "총"),
}
"""Words before a published figure, by the sign of `claim_values` for the comparison."""

COMPARISONS_AFTER = {
    ">=": ("以上", "이상"),
    "<=": ("以下", "以内", "이하", "이내"),
    ">": ("を超える", "を超え", "超", "を上回る", "초과", "넘게", "넘는"),
    "<": ("未満", "미만"),
    "-": ("近く", "弱", "가까이"),
    "~": ("程度", "ほど", "くらい", "ぐらい", "前後", "쯤", "정도", "가량"),
    "=": ("동안",),
}
