//! An event as it is sent to the database: the row that it becomes, under the names of the statement. Pure.

use super::model::TimeKind;
use super::read::EventEdit;
use crate::events::model::{Format, Slug, SpokenLanguage};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub(super) struct Row<'a> {
    /// The number of one that is there; of one that is made its place among those that are.
    number: i64,
    /// Of one that is made.
    slug: Option<String>,
    programme: i64,
    series: Option<i64>,
    kind: &'static str,
    title_sv: &'a str,
    title_en: Option<&'a str>,
    subtitle_sv: Option<&'a str>,
    subtitle_en: Option<&'a str>,
    summary_sv: &'a str,
    summary_en: Option<&'a str>,
    starts_at: i64,
    ends_at: i64,
    all_day: bool,
    time_known: bool,
    time_zone: &'a str,
    format: Option<&'static str>,
    platform: Option<&'a str>,
    meeting_url: Option<&'a str>,
    venue: Option<&'a str>,
    address: Option<&'a str>,
    directions_sv: Option<&'a str>,
    directions_en: Option<&'a str>,
    language: &'static str,
    dialogue_language: Option<&'static str>,
    price_sv: Option<&'a str>,
    price_en: Option<&'a str>,
    opens_at: Option<i64>,
    closes_at: Option<i64>,
    contact: Option<i64>,
}

impl<'a> Row<'a> {
    pub(super) fn of(
        number: i64,
        slug: Option<&Slug>,
        edit: &'a EventEdit,
        contact: Option<i64>,
    ) -> Self {
        Self {
            number,
            slug: slug.map(|slug| slug.as_str().to_owned()),
            programme: edit.programme,
            series: edit.series,
            kind: edit.kind.as_str(),
            title_sv: edit.texts.get("title_sv"),
            title_en: edit.text("title_en"),
            subtitle_sv: edit.text("subtitle_sv"),
            subtitle_en: edit.text("subtitle_en"),
            summary_sv: edit.texts.get("summary_sv"),
            summary_en: edit.text("summary_en"),
            starts_at: edit.starts_at,
            ends_at: edit.ends_at,
            all_day: edit.time_kind != TimeKind::Clock,
            time_known: edit.time_kind != TimeKind::Unknown,
            time_zone: edit.texts.get("time_zone"),
            format: edit.format.map(Format::as_str),
            platform: edit.text("platform"),
            meeting_url: edit.text("meeting_url"),
            venue: edit.text("venue"),
            address: edit.text("address"),
            directions_sv: edit.text("directions_sv"),
            directions_en: edit.text("directions_en"),
            language: edit.language.as_str(),
            dialogue_language: edit.dialogue.map(SpokenLanguage::as_str),
            price_sv: edit.text("price_sv"),
            price_en: edit.text("price_en"),
            opens_at: edit.opens_at,
            closes_at: edit.closes_at,
            contact,
        }
    }
}
