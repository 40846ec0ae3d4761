#!/usr/bin/env python3
"""check-ics.py FILE...: complains about whatever Python's icalendar complains about. "-" reads standard input."""

import sys

from icalendar import Calendar

REQUIRED = {
    "VCALENDAR": ("PRODID", "VERSION"),
    "VEVENT": ("UID", "DTSTAMP", "DTSTART"),
    "VTIMEZONE": ("TZID",),
}


def complaints(content: bytes) -> list[str]:
    """All that is wrong with one calendar file."""
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except (ValueError, IndexError, KeyError) as error:
        return [f"cannot be read: {error}"]
    if len(calendars) != 1:
        return [f"holds {len(calendars)} calendars instead of one"]

    found = []
    zones, used, seen = set(), set(), set()
    for component in calendars[0].walk():
        # The library keeps reading after a line that it does not understand, and notes it here.
        found += [f"{component.name}: {name}: {what}" for name, what in component.errors]
        missing = [name for name in REQUIRED.get(component.name, ()) if name not in component]
        found += [f"{component.name} has no {name}" for name in missing]
        if component.name == "VTIMEZONE":
            zones.add(str(component.get("TZID")))
        if component.name == "VEVENT":
            uid = str(component.get("UID", ""))
            if (key := (uid, str(component.get("RECURRENCE-ID", "")))) in seen:
                found.append(f"UID {uid} is there twice")
            seen.add(key)
            for name in ("DTSTART", "DTEND"):
                if name in component and "TZID" in component[name].params:
                    used.add(str(component[name].params["TZID"]))
    found += [f"no VTIMEZONE for {zone}" for zone in sorted(used - zones)]

    lines = content.split(b"\r\n")
    if lines[-1] != b"" or any(b"\n" in line or b"\r" in line for line in lines):
        found.append("lines must end in CRLF")
    found += [f"line {number} is longer than 75 bytes" for number, line in enumerate(lines, 1) if len(line) > 75]
    return found


def main(names: list[str]) -> int:
    """Returns the exit code."""
    if not names:
        print(__doc__, file=sys.stderr)
        return 2
    wrong = 0
    for name in names:
        if name == "-":
            content = sys.stdin.buffer.read()
        else:
            with open(name, "rb") as file:
                content = file.read()
        for complaint in complaints(content):
            print(f"{name}: {complaint}", file=sys.stderr)
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
