//! A recording as schema.org/VideoObject, for search engines.

use super::model::page_address;
use super::page_model::RecordingPage;
use crate::text::Lang;
use serde_json::{Value, json};

/// The JSON, with `<` written so that nothing in it can end the script element that it stands in. Nothing for what not
/// everybody may see.
#[must_use]
pub fn write(lang: Lang, page: &RecordingPage, said: Option<&str>, origin: &str) -> String {
    if !page.is_public {
        return String::new();
    }
    video(lang, page, said, origin).to_string().replace('<', "\\u003c")
}

fn video(lang: Lang, page: &RecordingPage, said: Option<&str>, origin: &str) -> Value {
    let url = format!("{origin}{}", lang.href(&page_address(&page.slug)));
    let mut video = json!({
        "@context": "https://schema.org",
        "@type": if page.has_picture() || page.elsewhere.is_some() { "VideoObject" } else { "AudioObject" },
        "name": page.title,
        "description": if page.summary.is_empty() { &page.title } else { &page.summary },
        "url": url,
        "inLanguage": page.language.as_str(),
        "isAccessibleForFree": true,
    });
    if let Some(at) = page.published.and_then(|at| jiff::Timestamp::from_second(at).ok()) {
        video["uploadDate"] = json!(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    }
    if let Some(whole) = page.duration_ms {
        video["duration"] = json!(duration(whole));
    }
    if let Some(poster) = &page.poster {
        video["thumbnailUrl"] = json!(format!("{origin}{}", poster.address));
    }
    if let Some(source) = page.sources.first() {
        video["contentUrl"] = json!(format!("{origin}{}", source.address));
        video["encodingFormat"] = json!(source.content_type);
    }
    if page.may_embed {
        video["embedUrl"] = json!(format!("{url}/embed"));
    }
    if let Some(said) = said {
        video["transcript"] = json!(said);
    }
    if let Some(occasion) = &page.occasion {
        let event = format!("{origin}{}", lang.href(&format!("/events/{}", occasion.line.slug)));
        video["recordedAt"] = json!({"@type": "Event", "name": occasion.line.title, "url": event});
        if !occasion.speakers.is_empty() {
            let person = |name: &str| json!({"@type": "Person", "name": name});
            video["actor"] = occasion.speakers.iter().map(|one| person(&one.name)).collect();
        }
    }
    if page.chapters.len() > 1 {
        let ends = page.chapters.iter().skip(1).map(|next| Some(next.at_ms));
        let clips = page.chapters.iter().zip(ends.chain([page.duration_ms]));
        video["hasPart"] = clips
            .map(|(chapter, end)| {
                json!({
                    "@type": "Clip",
                    "name": chapter.title,
                    "startOffset": chapter.at_ms / 1_000,
                    "endOffset": end.map(|end| end / 1_000),
                    "url": format!("{url}?t={}", chapter.at_ms / 1_000),
                })
            })
            .collect();
    }
    video
}

/// ISO 8601-1 §5.5.2.2: `PT1H2M3S`.
fn duration(ms: i32) -> String {
    let seconds = (ms + 500) / 1_000;
    format!("PT{}H{}M{}S", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_are_iso_8601() {
        assert_eq!(duration(3_723_400), "PT1H2M3S");
        assert_eq!(duration(59_600), "PT0H1M0S");
    }
}
