//! What is held about somebody as a page that is read without a network, with its rules of style in it.

use super::model::Section;
use crate::text::Lang;
use crate::time::{home_zone, local};
use crate::ui::html::push_escaped;
use serde_json::Value;

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;\
    color-scheme:light dark}h2{margin-top:3rem}dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;\
    gap:.25rem 1rem;margin:0 0 1.5rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}\
    @media(max-width:30rem){dl{display:block}}";

/// The page. `at` is when it was made.
#[must_use]
pub fn page(all: &Value, lang: Lang, at: i64) -> String {
    let words = lang.data_words();
    let mut html = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title}, Stafett</title><style>{STYLE}</style></head>\
         <body><main><h1>{title}</h1><p>{} {}.</p>",
        lang.tag(),
        words.made_on,
        clock(at),
        title = words.title,
    );
    for section in Section::ALL {
        html.push_str("<h2>");
        html.push_str(lang.held(*section));
        html.push_str("</h2>");
        match all.get(section.as_str()).and_then(Value::as_array) {
            Some(records) => records.iter().for_each(|record| push_record(&mut html, record, lang)),
            None => {
                html.push_str("<p>");
                html.push_str(words.nothing);
                html.push_str(".</p>");
            }
        }
    }
    html.push_str("</main></body></html>");
    html
}

fn push_record(html: &mut String, record: &Value, lang: Lang) {
    html.push_str("<dl>");
    for (name, title) in lang.data_fields() {
        let Some(value) = record.get(name).filter(|value| !value.is_null()) else { continue };
        html.push_str("<dt>");
        html.push_str(title);
        html.push_str("</dt><dd>");
        push_escaped(html, &shown(value, lang));
        html.push_str("</dd>");
    }
    html.push_str("</dl>");
}

fn shown(value: &Value, lang: Lang) -> String {
    let words = lang.data_words();
    match value {
        Value::Bool(true) => words.yes.to_owned(),
        Value::Bool(false) => words.no.to_owned(),
        Value::String(text) => instant(text).unwrap_or_else(|| text.clone()),
        other => other.to_string(),
    }
}

/// A moment as Postgres writes it, in Sweden's time.
fn instant(text: &str) -> Option<String> {
    let is_moment = text.len() >= 20 && text.as_bytes().get(10) == Some(&b'T');
    let at: jiff::Timestamp = is_moment.then(|| text.parse().ok())??;
    Some(clock(at.as_second()))
}

fn clock(at: i64) -> String {
    crate::wire::date_time::write(local(at, &home_zone())).replace('T', " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_somebody_wrote_is_text_and_moments_are_swedish() {
        let all = json!({ "person": [{
            "name": "Åsa <script>alert(1)</script> O'Hara", "created_at": "2026-07-01T10:00:00+00:00", "keeps_watching": true,
            "diet": null,
        }] });
        let html = page(&all, Lang::Sv, 0);
        assert!(html.contains("Åsa &lt;script&gt;alert(1)&lt;/script&gt; O&#39;Hara"), "{html}");
        assert!(!html.contains("<script"));
        assert!(html.contains("<dd>2026-07-01 12:00</dd>"), "{html}");
        assert!(html.contains("<dd>ja</dd>") && !html.contains("Kost"));
        assert!(html.contains("<h2>Dina nycklar</h2><p>Inget.</p>"));
    }
}
