//! Descriptions are written in Markdown (CommonMark) and shown as HTML that can do nothing but look like text.
//!
//! Two libraries, one after the other: pulldown-cmark reads the Markdown, ammonia lets through only what is named
//! here, whatever came out of the first.

use ammonia::Builder;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What may be in a description. Headings are a level below those of the page around it.
const TAGS: &[&str] =
    &["p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "h3", "h4", "hr"];

static SAFE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener noreferrer"));
    builder
});

/// Markdown as HTML that is safe to put into a page. Raw HTML in it is shown as the text that it is.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::empty()).map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: below(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        // A line is a line, as in a mail.
        Event::SoftBreak => Event::HardBreak,
        event => event,
    });
    let mut html = String::with_capacity(markdown.len() + 64);
    pulldown_cmark::html::push_html(&mut html, events);
    SAFE.clean(html.trim()).to_string()
}

const fn below(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H1, H2, H3, H4};
    match level {
        H1 | H2 => H3,
        _ => H4,
    }
}

/// Markdown as text without its marks, for mails, calendars, search engines and lists. Paragraphs stay apart.
#[must_use]
pub fn to_text(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut link = None;
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => {
                text.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::Start(Tag::Item) => text.push_str("- "),
            Event::Start(Tag::Link { dest_url, .. }) => link = Some((dest_url, text.len())),
            Event::End(TagEnd::Link) => {
                if let Some((to, from)) = link.take()
                    && text.get(from..).is_some_and(|name| name != to.as_ref())
                {
                    text.push_str(&format!(" ({to})"));
                }
            }
            Event::End(TagEnd::Item) => end_line(&mut text, 1),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::List(_)) | Event::Rule => {
                end_line(&mut text, 2);
            }
            _ => {}
        }
    }
    text.trim_end().to_owned()
}

fn end_line(text: &mut String, ends: usize) {
    let there = text.len() - text.trim_end_matches('\n').len();
    text.extend(std::iter::repeat_n('\n', ends.saturating_sub(there)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_marks_is_a_paragraph_and_stays_itself_as_text() {
        let text = "Vi möts över en kaffe & pratar. 2 < 3, kl. 08:00–08:45 (50 %).";
        assert_eq!(
            to_html(text),
            "<p>Vi möts över en kaffe &amp; pratar. 2 &lt; 3, kl. 08:00–08:45 (50 %).</p>"
        );
        assert_eq!(to_text(text), text);
    }

    #[test]
    fn what_one_writes_in_a_description() {
        let text = "# Om dagen\n\nVi *talar* om **styrning**.\nNästa rad.\n\n- ett\n- två\n\n[Läs mer](https://exempel.se/a?b=1&c=2)";
        assert_eq!(
            to_html(text),
            "<h3>Om dagen</h3>\n<p>Vi <em>talar</em> om <strong>styrning</strong>.<br>\nNästa rad.</p>\n<ul>\n\
             <li>ett</li>\n<li>två</li>\n</ul>\n<p><a href=\"https://exempel.se/a?b=1&amp;c=2\" rel=\"noopener noreferrer\">Läs mer</a></p>"
        );
        assert_eq!(
            to_text(text),
            "Om dagen\n\nVi talar om styrning.\nNästa rad.\n\n- ett\n- två\n\nLäs mer (https://exempel.se/a?b=1&c=2)"
        );
    }

    #[test]
    fn nothing_in_it_can_do_anything() {
        for attack in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt&#58;alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "![x](https://elsewhere.example/pixel.gif)",
            "<a href=\"x\" onclick=\"alert(1)\">x</a>",
            "<iframe src=//elsewhere.example></iframe>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "[x](https://a.example \"onmouseover=alert(1)\")",
            "`<script>`",
            "<style>body { display: none }</style>",
            "[x]: javascript:alert(1)\n\n[x]",
            "<https://a.example/\"><script>alert(1)</script>>",
        ] {
            let html = to_html(attack).to_lowercase();
            for bad in [
                "<script",
                "<img",
                "<iframe",
                "<svg",
                "<style",
                "href=\"javascript",
                "href=\"data:",
                " title=",
            ] {
                assert!(!html.contains(bad), "{attack} became {html}");
            }
            // No attribute but those of links: what looks like one is text.
            for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
                assert!(!tag.contains("on"), "{attack} became {html}");
            }
        }
    }

    #[test]
    fn deep_nesting_ends() {
        for text in [">".repeat(5_000), "*".repeat(5_000), "[".repeat(5_000), "- ".repeat(2_000)] {
            assert!(to_html(&text).len() < 400_000);
        }
    }
}
