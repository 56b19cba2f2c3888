"""The abbreviations of time zones: what each can mean, and the zones whose clocks are called so.

Many stand for several offsets, so none is taken on its word (SEMANTICS T2).
"""

from __future__ import annotations

_TABLE = {
    "ACDT": ("+10:30 Central Australia", "Australia/Adelaide"),
    "ACST": ("+09:30 Central Australia", "Australia/Adelaide"),
    "ADT": ("-03:00 Atlantic Canada", "America/Halifax"),
    "AEDT": ("+11:00 Eastern Australia", "Australia/Sydney"),
    "AEST": ("+10:00 Eastern Australia", "Australia/Sydney"),
    "AKDT": ("-08:00 Alaska", "America/Anchorage"),
    "AKST": ("-09:00 Alaska", "America/Anchorage"),
    "ART": ("-03:00 Argentina", "America/Argentina/Buenos_Aires"),
    "AST": ("-04:00 Atlantic Canada, +03:00 Arabia", "America/Halifax"),
    "AWST": ("+08:00 Western Australia", "Australia/Perth"),
    "BRT": ("-03:00 Brazil", "America/Sao_Paulo"),
    "BST": ("+01:00 British Summer Time, +06:00 Bangladesh", "Europe/London"),
    "CAT": ("+02:00 Central Africa", "Africa/Maputo"),
    "CDT": ("-05:00 US Central, -04:00 Cuba", "America/Chicago"),
    "CEST": ("+02:00 Central Europe", "Europe/Berlin"),
    "CET": ("+01:00 Central Europe", ""),
    "CST": ("-06:00 US Central, +08:00 China, -05:00 Cuba", "America/Chicago Asia/Shanghai"),
    "CT": ("", "America/Chicago"),
    "EAT": ("+03:00 East Africa", "Africa/Nairobi"),
    "EDT": ("-04:00 US Eastern", "America/New_York"),
    "EEST": ("+03:00 Eastern Europe", "Europe/Athens"),
    "EET": ("+02:00 Eastern Europe", ""),
    "EST": ("-05:00 US Eastern", ""),
    "ET": ("", "America/New_York"),
    "GST": ("+04:00 the Gulf, -02:00 South Georgia", "Asia/Dubai"),
    "HKT": ("+08:00 Hong Kong", "Asia/Hong_Kong"),
    "HST": ("-10:00 Hawaii", ""),
    "ICT": ("+07:00 Indochina", "Asia/Bangkok"),
    "IDT": ("+03:00 Israel", "Asia/Jerusalem"),
    "IST": (
        "+05:30 India, +02:00 Israel, +01:00 Ireland",
        "Asia/Kolkata Asia/Jerusalem Europe/Dublin",
    ),
    "JST": ("+09:00 Japan", "Asia/Tokyo"),
    "KST": ("+09:00 Korea", "Asia/Seoul"),
    "MDT": ("-06:00 US Mountain", "America/Denver"),
    "MESZ": ("+02:00 Central Europe", "Europe/Berlin"),
    "MEZ": ("+01:00 Central Europe", "Europe/Berlin"),
    "MSK": ("+03:00 Moscow", "Europe/Moscow"),
    "MST": ("-07:00 US Mountain, +08:00 Malaysia, +06:30 Myanmar", ""),
    "MT": ("", "America/Denver"),
    "NDT": ("-02:30 Newfoundland", "America/St_Johns"),
    "NST": ("-03:30 Newfoundland", "America/St_Johns"),
    "NZDT": ("+13:00 New Zealand", "Pacific/Auckland"),
    "NZST": ("+12:00 New Zealand", "Pacific/Auckland"),
    "PDT": ("-07:00 US Pacific", "America/Los_Angeles"),
    "PHT": ("+08:00 the Philippines", ""),
    "PKT": ("+05:00 Pakistan", "Asia/Karachi"),
    "PST": ("-08:00 US Pacific, +08:00 the Philippines", "America/Los_Angeles"),
    "PT": ("", "America/Los_Angeles"),
    "SAST": ("+02:00 South Africa", "Africa/Johannesburg"),
    "SGT": ("+08:00 Singapore", "Asia/Singapore"),
    "SST": ("-11:00 Samoa, +08:00 Singapore", ""),
    "WEST": ("+01:00 Western Europe", "Europe/Lisbon"),
    "WET": ("+00:00 Western Europe", ""),
    "WIB": ("+07:00 Western Indonesia", "Asia/Jakarta"),
}
"""For each abbreviation its offsets with their regions, the commonest first, and its zones.

PT and its like are names for winter and summer alike: their offset depends on the day. No zone
stands beside CET, EST and others that are names of zones themselves.
"""

MEANINGS = {name: meanings.split(", ") for name, (meanings, _) in _TABLE.items() if meanings}
HOMES = {name: zones.split() for name, (_, zones) in _TABLE.items() if zones}
