//! An event as schema.org/Event, for search engines.

use super::model::{Format, Phase};
use super::page_model::EventPage;
use crate::text::Lang;
use crate::time::local;
use serde_json::{Value, json};

/// The JSON, with `<` written so that nothing in it can end the script element that it stands in.
#[must_use]
pub fn write(lang: Lang, page: &EventPage, origin: &str) -> String {
    event(lang, page, origin).to_string().replace('<', "\\u003c")
}

fn event(lang: Lang, page: &EventPage, origin: &str) -> Value {
    let line = &page.line;
    let url = format!("{origin}{}", lang.href(&format!("/events/{}", line.slug)));
    let online = json!({"@type": "VirtualLocation", "url": url});
    let place = json!({
        "@type": "Place",
        "name": page.venue,
        "address": page.address.as_deref().or(page.venue.as_deref()),
    });
    let (mode, location) = match line.format {
        Some(Format::OnSite) => ("OfflineEventAttendanceMode", place),
        Some(Format::Hybrid) => ("MixedEventAttendanceMode", json!([place, online])),
        Some(Format::Digital) | None => ("OnlineEventAttendanceMode", online),
    };
    let status = if line.phase == Phase::Cancelled { "EventCancelled" } else { "EventScheduled" };
    let mut event = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": line.title,
        "description": page.summary,
        "url": url,
        "inLanguage": page.language.talk.as_str(),
        "startDate": when(page, page.hours.starts, line.when.first_day().to_string()),
        "endDate": when(page, page.hours.ends, line.when.last_day().to_string()),
        "eventStatus": format!("https://schema.org/{status}"),
        "eventAttendanceMode": format!("https://schema.org/{mode}"),
        "location": location,
        "isAccessibleForFree": page.price.is_none(),
        "organizer": {"@type": "Organization", "name": page.programme.title,
            "url": format!("{origin}{}", lang.href(&format!("/programmes/{}", page.programme.slug)))},
    });
    if let Some(picture) = page.shared_picture() {
        event["image"] = json!({"@type": "ImageObject", "url": format!("{origin}{}", picture.largest()),
            "width": picture.width, "height": picture.height});
    }
    if !page.speakers.is_empty() {
        event["performer"] = page
            .speakers
            .iter()
            .map(|person| json!({"@type": "Person", "name": person.name}))
            .collect();
    }
    event
}

/// An instant with the offset of the event's zone, or a date where the day is all that is known.
fn when(page: &EventPage, instant: i64, day: String) -> String {
    if !page.line.when.has_clock() {
        return day;
    }
    let zone =
        jiff::tz::TimeZone::get(&page.time_zone).unwrap_or_else(|_| crate::time::home_zone());
    let Ok(at) = jiff::Timestamp::from_second(instant) else { return day };
    let offset = zone.to_offset(at).seconds();
    let (sign, offset) = if offset < 0 { ('-', -offset) } else { ('+', offset) };
    format!(
        "{}{sign}{:02}:{:02}",
        local(instant, &zone).strftime("%Y-%m-%dT%H:%M:%S"),
        offset / 3_600,
        offset % 3_600 / 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::model::Slug;
    use crate::events::store::{Drafts, page};
    use sqlx::PgPool;

    const ORIGIN: &str = "https://stafett.example.org";

    async fn image(pool: &PgPool) -> Value {
        let slug = Slug::parse("e").unwrap();
        let page = page(pool, Lang::En, &slug, 0, Drafts::LeftOut).await.unwrap().unwrap();
        let written: Value = serde_json::from_str(&write(Lang::En, &page, ORIGIN)).unwrap();
        let picture = page.shared_picture().map(|picture| format!("{ORIGIN}{}", picture.largest()));
        assert_eq!(written["image"]["url"].as_str(), picture.as_deref(), "as Open Graph has it");
        written["image"].clone()
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn an_event_has_its_own_picture_or_that_of_what_it_belongs_to(pool: PgPool) {
        let run = async |sql: &'static str| {
            sqlx::raw_sql(sql).execute(&pool).await.unwrap();
        };
        run("insert into programmes (slug, title_sv) values ('p', 'P');
             insert into series (slug, programme_id, kind, title_sv) select 's', id, 'tour', 'S' from programmes;
             insert into events (slug, programme_id, series_id, kind, state, title_sv, starts_at, ends_at, format)
             select 'e', programme_id, id, 'seminar', 'published', 'E', now(), now() + '1 hour', 'digital' from series;
             insert into pictures (hash, width, height)
             select repeat(letter, 32), 960, 540 from unnest(array['a', 'b', 'c']) letter;
             insert into picture_files (hash, width, bytes) select hash, width, 'x' from pictures")
        .await;
        assert_eq!(image(&pool).await, Value::Null);
        run("insert into images (hash, programme_id, alt_sv, alt_en) select repeat('a', 32), id, 'Sal', 'Hall' from programmes")
            .await;
        let address = |letter: &str| format!("{ORIGIN}/images/{}-960", letter.repeat(32));
        assert_eq!(image(&pool).await["url"], address("a"));
        run("insert into images (hash, series_id, is_decorative) select repeat('b', 32), id, true from series")
            .await;
        assert_eq!(image(&pool).await["url"], address("b"));
        run("insert into images (hash, event_id, is_decorative) select repeat('c', 32), id, true from events")
            .await;
        let own = json!({"@type": "ImageObject", "url": address("c"), "width": 960, "height": 540});
        assert_eq!(image(&pool).await, own);
    }
}
