//! What the fields are called, where they stand without the form.

use crate::text::Lang;

/// What a field is called, where it stands alone.
pub(crate) const fn label(lang: Lang, field: &str) -> &'static str {
    let texts = lang.plan_words();
    match field.as_bytes() {
        b"home" => texts.home,
        b"kind" => texts.kind,
        b"title_sv" => texts.title_sv,
        b"title_en" => texts.title_en,
        b"subtitle_sv" => texts.subtitle_sv,
        b"subtitle_en" => texts.subtitle_en,
        b"summary_sv" => texts.summary_sv,
        b"summary_en" => texts.summary_en,
        b"time_kind" => texts.time_kind,
        b"date" => texts.date,
        b"starts" => texts.starts,
        b"ends" => texts.ends,
        b"end_date" => texts.end_date,
        b"time_zone" => texts.time_zone,
        b"format" => texts.format,
        b"seats-digital" => texts.seats_digital,
        b"seats-on_site" => texts.seats_on_site,
        b"platform" => texts.platform,
        b"meeting_url" => texts.meeting_url,
        b"venue" => texts.venue,
        b"address" => texts.address,
        b"directions_sv" => texts.directions_sv,
        b"directions_en" => texts.directions_en,
        b"language" => texts.language,
        b"dialogue_language" => texts.dialogue,
        b"price_sv" => texts.price_sv,
        b"price_en" => texts.price_en,
        b"opens_at" => texts.opens_at,
        b"closes_at" => texts.closes_at,
        b"contact" => texts.contact,
        b"municipalities" => texts.municipalities,
        b"slots" => texts.programme,
        b"speakers" => texts.speakers,
        b"materials" => texts.materials,
        b"themes" => texts.themes,
        field => undertaking_label(lang, field),
    }
}

/// The same of the fields of programmes and series.
const fn undertaking_label(lang: Lang, field: &[u8]) -> &'static str {
    let texts = lang.undertaking_words();
    match field {
        b"series_kind" => lang.plan_words().series_kind,
        b"audience_sv" => texts.audience_sv,
        b"audience_en" => texts.audience_en,
        b"owner" => texts.owner,
        b"funder" => texts.funder,
        b"funder_reference" => texts.funder_reference,
        b"grant_sek" => texts.grant_sek,
        b"starts_on" => texts.starts_on,
        b"ends_on" => texts.ends_on,
        b"partners" => texts.partners,
        b"contacts" => texts.contacts,
        b"outcomes" => texts.outcomes,
        b"platforms" => texts.platforms,
        b"documents" => texts.documents,
        b"note_sv" => lang.desk_words().note_sv,
        b"note_en" => lang.desk_words().note_en,
        b"open_to" => lang.desk_words().open_to,
        b"may_embed" => lang.desk_words().may_embed,
        b"elsewhere_url" => lang.desk_words().elsewhere,
        _ => texts.participants,
    }
}
