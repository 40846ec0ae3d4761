#!/usr/bin/env python3
"""check-rss.py: reads a podcast feed from standard input with readers that are not ours and tells, as JSON, what they
understood. Ends with 1 if it is no XML or feedparser has to complain."""

import json
import sys
import xml.etree.ElementTree as ElementTree

import feedparser

PODCAST = "{https://podcastindex.org/namespace/1.0}"


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
    told = {"title": feed.feed.get("title"), "language": feed.feed.get("language"), "link": feed.feed.get("link")}
    json.dump({"feed": told, "entries": entries}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
