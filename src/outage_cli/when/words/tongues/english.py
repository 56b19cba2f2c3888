"""How English writes days, hours and comparisons: its words, for the modules of `when.words`."""

from __future__ import annotations

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"

_JUST = r"(?:(?:some\s?time|shortly|just|soon|right|immediately|(?:a\s)?(?:little|bit))\s)?"
HEDGES = {
    "about": r"~|\(?(?:about|around|approx(?:imately)?|circa|ca|roughly)\b\.?\)?|-?ish\b",
    "after": rf"{_JUST}(?:after|past)\b|no(?:t)?\searlier\sthan\b",
    "by": rf"{_JUST}before\b|by\b|no(?:t)?\slater\sthan\b",
}
"""Words that leave a time open, by the word of `moments` that is closest."""

EDGES = {"since": r"(?:since|from)\b", "until": r"(?:until|till)\b"}
"""Words for an end of a stretch."""

ABOUT_BEFORE = (
    "~", "about ", "around ", "approximately ", "approx. ", "circa ", "ca. ", "c. "
)  # fmt: skip
NO_LATER = ("by the end of ", "by ", "no later than ", "at the latest ")
NO_EARLIER = ("after ", "no earlier than ")
FIRST_WORDS = frozenset(["about", "around", "approximately", "circa", "by", "after", "last"])
"""Words that times begin with; an event called by one of them could not be counted from."""

COMPARISONS_BEFORE = {
    ">=": ("at least", "no less than", "not less than", "no fewer than", "a minimum of",
           "minimum of", "minimum", "upwards of", ">=", "=>", "≥", "≧"),
    "<=": ("at most", "up to", "no more than", "not more than", "no longer than",
           "a maximum of", "maximum of", "maximum", "max.", "max", "within", "<=", "=<", "≤", "≦"),
    ">": ("more than", "longer than", "greater than", "better than", "over", "above", "exceeding",
          "in excess of", ">"),
    "<": ("less than", "fewer than", "shorter than", "under", "below", "<"),
    "-": ("nearly", "almost", "just under", "close to"),
    "~": ("about", "around", "approximately", "approx.", "approx", "roughly", "circa", "ca.", "c.",
          "~", "≈", "≒"),
    "=": ("exactly", "precisely", "a total of", "==", "="),
}  # fmt: skip
"""Words before a published figure, by the sign of `claim_values` for the comparison."""

COMPARISONS_AFTER = {
    ">=": ("or more", "or longer", "at least", "or better", "+"),
    "<=": ("or less", "at most", "or shorter"),
    "~": ("or so",),
    "=": ("in total", "long"),
}
