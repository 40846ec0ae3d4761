//! The feed as RSS 2.0, with what Apple's and the Podcasting 2.0 namespace add. Written by hand: it is one kind of
//! document with few elements, and three readers that are not ours read it in the tests.

use super::{Channel, Chapter, Enclosure, Episode};
use crate::recordings::model::{captions_address, file_address, page_address};
use jiff::tz::TimeZone;

/// The whole feed.
#[must_use]
pub fn write(channel: &Channel<'_>, episodes: &[Episode]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" \
         xmlns:podcast=\"https://podcastindex.org/namespace/1.0\">\n<channel>\n",
    );
    let words = channel.lang.finding_words();
    let page = format!("{}{}", channel.origin, channel.lang.href(&channel.page));
    element(&mut xml, "title", words.podcast_title);
    element(&mut xml, "link", &page);
    element(&mut xml, "description", words.podcast_about);
    element(&mut xml, "language", channel.lang.tag());
    let own = format!("{}{}", channel.origin, channel.own);
    empty(
        &mut xml,
        "atom:link",
        &[("href", &own), ("rel", "self"), ("type", "application/rss+xml")],
    );
    element(&mut xml, "podcast:guid", &channel.guid);
    let cover = format!("{}{}", channel.origin, channel.cover);
    empty(&mut xml, "itunes:image", &[("href", &cover)]);
    // The same for readers that know nothing but RSS 2.0.
    xml.push_str("<image>\n");
    element(&mut xml, "url", &cover);
    element(&mut xml, "title", words.podcast_title);
    element(&mut xml, "link", &page);
    xml.push_str("</image>\n");
    element(&mut xml, "itunes:author", "Stafett");
    element(&mut xml, "itunes:type", "episodic");
    element(&mut xml, "itunes:explicit", "false");
    empty(&mut xml, "itunes:category", &[("text", "Government")]);
    for episode in episodes {
        write_episode(&mut xml, channel, episode);
    }
    xml.push_str("</channel>\n</rss>\n");
    xml
}

fn write_episode(xml: &mut String, channel: &Channel<'_>, episode: &Episode) {
    let origin = channel.origin;
    xml.push_str("<item>\n");
    element(xml, "title", &episode.title);
    let page = channel.lang.href(&page_address(&episode.slug));
    element(xml, "link", &format!("{origin}{page}"));
    // It outlives a new address and a new title.
    let guid = format!("urn:stafett:{}:{}", episode.event_uid, episode.id);
    open(xml, "guid", &[("isPermaLink", "false")]);
    text(xml, &guid);
    xml.push_str("</guid>\n");
    element(xml, "pubDate", &date(episode.published));
    if !episode.summary.is_empty() {
        element(xml, "description", &episode.summary);
    }
    for theme in &episode.themes {
        element(xml, "category", theme);
    }
    if let Some(file) = &episode.enclosure {
        let (url, bytes) = (address(origin, file), file.bytes.to_string());
        let attributes = [("url", url.as_str()), ("length", &bytes), ("type", &file.content_type)];
        empty(xml, "enclosure", &attributes);
    }
    element(xml, "itunes:explicit", "false");
    element(xml, "itunes:episodeType", "full");
    if let Some(ms) = episode.duration_ms {
        element(xml, "itunes:duration", &(ms.max(1000) / 1000).to_string());
    }
    if let Some(poster) = &episode.poster {
        let url = format!("{origin}{}", file_address(poster));
        empty(xml, "itunes:image", &[("href", &url)]);
    }
    for name in &episode.speakers {
        element(xml, "podcast:person", name);
    }
    if let Some(file) = &episode.sound {
        let (url, bytes) = (address(origin, file), file.bytes.to_string());
        let attributes = [("type", file.content_type.as_str()), ("length", &bytes)];
        open(xml, "podcast:alternateEnclosure", &attributes);
        empty(xml, "podcast:source", &[("uri", &url)]);
        xml.push_str("</podcast:alternateEnclosure>\n");
    }
    for it in &episode.transcripts {
        let url = format!("{origin}{}", captions_address(it.track, it.version));
        let mut attributes =
            vec![("url", url.as_str()), ("type", "text/vtt"), ("language", &it.language)];
        attributes.extend((!it.is_translation).then_some(("rel", "captions")));
        empty(xml, "podcast:transcript", &attributes);
    }
    if episode.has_chapters {
        let url =
            format!("{origin}{}?lang={}", chapters_address(&episode.slug), channel.lang.tag());
        empty(xml, "podcast:chapters", &[("url", &url), ("type", "application/json+chapters")]);
    }
    xml.push_str("</item>\n");
}

/// The address of a recording's chapters, as podcast players read them.
#[must_use]
pub fn chapters_address(slug: &str) -> String {
    format!("/feeds/recordings/{slug}.json")
}

/// The chapters as JSON (Podcasting 2.0, JSON Chapters Format 1.2).
#[must_use]
pub fn write_chapters(chapters: &[Chapter]) -> String {
    let chapters: Vec<_> = chapters
        .iter()
        .map(|it| {
            serde_json::json!({ "startTime": f64::from(it.start_ms) / 1000.0, "title": it.title })
        })
        .collect();
    serde_json::json!({ "version": "1.2.0", "chapters": chapters }).to_string()
}

fn address(origin: &str, file: &Enclosure) -> String {
    format!("{origin}{}", file_address(&file.key))
}

/// A time as RFC 822 writes it, with the four figures of the year that RSS allows.
fn date(seconds: i64) -> String {
    let at = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    jiff::fmt::rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).unwrap_or_default()
}

fn open(xml: &mut String, name: &str, attributes: &[(&str, &str)]) {
    start(xml, name, attributes);
    xml.push('>');
}

fn empty(xml: &mut String, name: &str, attributes: &[(&str, &str)]) {
    start(xml, name, attributes);
    xml.push_str("/>\n");
}

fn start(xml: &mut String, name: &str, attributes: &[(&str, &str)]) {
    xml.push('<');
    xml.push_str(name);
    for (name, value) in attributes {
        xml.push(' ');
        xml.push_str(name);
        xml.push_str("=\"");
        text(xml, value);
        xml.push('"');
    }
}

fn element(xml: &mut String, name: &str, value: &str) {
    open(xml, name, &[]);
    text(xml, value);
    xml.push_str("</");
    xml.push_str(name);
    xml.push_str(">\n");
}

/// Text as it may stand between tags and in attributes. What XML 1.0 §2.2 has no place for is left out.
fn text(xml: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\t' | '\n' => xml.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => xml.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_title_is_a_tag_or_no_xml() {
        let mut xml = String::new();
        empty(&mut xml, "a", &[("b", "\"'><&\u{1}\u{fffe}")]);
        assert_eq!(xml, "<a b=\"&quot;'&gt;&lt;&amp;\"/>\n");
    }

    #[test]
    fn times_are_those_of_mail() {
        assert_eq!(date(1_794_000_000), "Fri, 6 Nov 2026 21:20:00 +0000");
    }

    #[test]
    fn chapters_begin_at_seconds() {
        let chapters = [Chapter { start_ms: 1500, title: "Så \"här\"".into() }];
        let text = write_chapters(&chapters);
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["version"], "1.2.0");
        assert_eq!(json["chapters"][0]["startTime"], 1.5);
        assert_eq!(json["chapters"][0]["title"], "Så \"här\"");
    }
}
