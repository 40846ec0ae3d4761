#!/usr/bin/env python3
"""check-rss.py: reads a podcast feed from standard input with readers that are not ours and tells, as JSON, what they
understood. Ends with 1 if it is no XML or feedparser has to complain."""

import json
import sys
import uuid
import xml.etree.ElementTree as ElementTree

import feedparser

PODCAST = "{https://podcastindex.org/namespace/1.0}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
ATOM = "{http://www.w3.org/2005/Atom}"
# What feeds are called by where identifiers are made of addresses (podcast:guid).
FEEDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def main() -> int:
    """Returns the exit code."""
    content = sys.stdin.buffer.read()
    try:
        tree = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        print(f"no XML: {error}", file=sys.stderr)
        return 1
    feed = feedparser.parse(content)
    if feed.bozo or feed.version != "rss20":
        print(f"{feed.version}: {feed.get('bozo_exception')}", file=sys.stderr)
        return 1
    items = tree.findall("channel/item")
    entries = [
        {
            "id": entry.get("id"),
            "is_permalink": entry.get("guidislink"),
            "title": entry.get("title"),
            "link": entry.get("link"),
            "published": list(entry.published_parsed or [])[:6],
            "enclosures": [dict(it) for it in entry.enclosures],
            "duration": entry.get("itunes_duration"),
            "summary": entry.get("summary"),
            "transcripts": [dict(it.attrib) for it in item.findall(f"{PODCAST}transcript")],
            "chapters": [dict(it.attrib) for it in item.findall(f"{PODCAST}chapters")],
            "people": [it.text for it in item.findall(f"{PODCAST}person")],
        }
        for entry, item in zip(feed.entries, items, strict=True)
    ]
    own = tree.find(f"channel/{ATOM}link[@rel='self']").get("href")
    told = {
        "title": feed.feed.get("title"),
        "language": feed.feed.get("language"),
        "link": feed.feed.get("link"),
        "image": feed.feed.get("image", {}).get("href"),
        "itunes_image": tree.find(f"channel/{ITUNES}image").get("href"),
        "guid": tree.findtext(f"channel/{PODCAST}guid"),
        # As the namespace has it: of the address without its scheme and without slashes at its end.
        "expected_guid": str(uuid.uuid5(FEEDS, own.split("://", 1)[1].rstrip("/"))),
    }
    json.dump({"feed": told, "entries": entries}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
