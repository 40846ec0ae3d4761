//! The SQL of the calendar. A view costs three queries and, where nothing is shown, a fourth.

use super::model::{Days, Filter, Listed, MonthCount, Traits};
use crate::events::model::SpokenLanguage;
use crate::events::store::{Line, lines, word};
use crate::text::Lang;
use crate::time::{civil_date, day_begins, instant};
use jiff::civil::Date;
use sqlx::PgPool;
use sqlx::types::Json;
use std::collections::HashMap;

struct TraitsRow {
    id: i64,
    language: String,
    dialogue_language: Option<String>,
    programme: Json<(String, String)>,
    series: Option<Json<(String, String)>>,
    themes: Json<Vec<(String, String)>>,
    municipalities: Json<Vec<(String, String)>>,
}

impl TraitsRow {
    fn into_traits(self) -> Result<Traits, sqlx::Error> {
        let mut languages = vec![word(SpokenLanguage::parse(&self.language), &self.language)?];
        if let Some(text) = &self.dialogue_language {
            languages.push(word(SpokenLanguage::parse(text), text)?);
        }
        Ok(Traits {
            programme: self.programme.0,
            series: self.series.map(|series| series.0),
            themes: self.themes.0,
            municipalities: self.municipalities.0,
            languages,
        })
    }
}

/// The events that touch these days and hold the words looked for, in the order of time, and their lines
/// with the instants at which they change.
///
/// # Errors
/// If the database does not answer.
pub async fn in_days(
    pool: &PgPool,
    lang: Lang,
    days: Days,
    text: Option<&str>,
    now: i64,
) -> Result<(Vec<Listed>, Vec<Line>), sqlx::Error> {
    let rows = sqlx::query_as!(
        TraitsRow,
        r#"
        select e.id, e.language, e.dialogue_language,
            json_build_array(p.slug, case when $4 then coalesce(p.title_en, p.title_sv) else p.title_sv end)
                as "programme!: Json<(String, String)>",
            case when s.id is not null then json_build_array(s.slug,
                case when $4 then coalesce(s.title_en, s.title_sv) else s.title_sv end) end
                as "series: Json<(String, String)>",
            coalesce((select json_agg(json_build_array(t.slug, case when $4 then t.name_en else t.name_sv end))
                from event_themes et join themes t on t.id = et.theme_id where et.event_id = e.id), '[]')
                as "themes!: Json<Vec<(String, String)>>",
            coalesce((select json_agg(json_build_array(m.code, m.short_name))
                from event_municipalities em join municipalities m on m.code = em.municipality_code
                where em.event_id = e.id), '[]')
                as "municipalities!: Json<Vec<(String, String)>>"
        from events e
        join programmes p on p.id = e.programme_id
        left join series s on s.id = e.series_id
        where e.state <> 'draft'
            -- No event is longer than 31 days (events_last_at_most_31_days).
            and e.starts_at >= $1::timestamptz - interval '31 days' and e.starts_at < $2
            and e.ends_at > $1
            and ($3::text is null or event_holds(e, $3))
        "#,
        instant(day_begins(days.first)),
        instant(day_begins(days.last.tomorrow().unwrap_or(days.last))),
        text,
        lang == Lang::En,
    )
    .fetch_all(pool)
    .await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut traits = HashMap::with_capacity(rows.len());
    for row in rows {
        traits.insert(row.id, row.into_traits()?);
    }
    let lines = lines(pool, lang, &ids, now).await?;
    let listed = lines
        .iter()
        .filter_map(|line| {
            let traits = traits.remove(&line.line.id.0)?;
            Some(Listed { line: line.line.clone(), traits })
        })
        .collect();
    Ok((listed, lines))
}

/// Every month in which an event begins, in order.
///
/// # Errors
/// If the database does not answer.
pub async fn months(pool: &PgPool) -> Result<Vec<MonthCount>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select date_trunc('month', starts_at at time zone 'Europe/Stockholm')::date as "first!",
            count(*) as "count!"
        from events where state <> 'draft' group by 1 order by 1
        "#
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MonthCount {
            first: civil_date(row.first),
            count: u32::try_from(row.count).unwrap_or(u32::MAX),
        })
        .collect())
}

/// The nearest days before and after `days` on which an event begins that passes the filter.
///
/// # Errors
/// If the database does not answer.
pub async fn nearest(
    pool: &PgPool,
    days: Days,
    filter: &Filter,
    now: i64,
) -> Result<(Option<Date>, Option<Date>), sqlx::Error> {
    let row = sqlx::query!(
        r#"
        with matching as (
            select e.starts_at
            from events e
            join programmes p on p.id = e.programme_id
            left join series s on s.id = e.series_id
            where e.state <> 'draft'
                and ($3::text is null or p.slug = $3)
                and ($4::text is null or s.slug = $4)
                and ($5::text is null or e.kind = $5)
                and ($6::text is null or e.format = $6)
                and ($7::text is null or exists (select 1 from event_themes et
                    join themes t on t.id = et.theme_id where et.event_id = e.id and t.slug = $7))
                and ($8::text is null or exists (select 1 from event_municipalities em
                    where em.event_id = e.id and em.municipality_code = $8))
                and ($9::text is null or e.language = $9 or e.dialogue_language = $9)
                and (not $10::bool or (e.state = 'published'
                    and coalesce(e.sign_up_opens_at, '-infinity') <= $11::timestamptz
                    and least(e.sign_up_closes_at, e.starts_at) > $11
                    and exists (select 1 from event_ways w where w.event_id = e.id
                        and (w.capacity is null or (w.confirmed < w.capacity and w.waitlisted = 0)))))
                and ($12::text is null or event_holds(e, $12))
        )
        select
            (select (max(starts_at) at time zone 'Europe/Stockholm')::date from matching
                where starts_at < $1::timestamptz) as earlier,
            (select (min(starts_at) at time zone 'Europe/Stockholm')::date from matching
                where starts_at >= $2::timestamptz) as later
        "#,
        instant(day_begins(days.first)),
        instant(day_begins(days.last.tomorrow().unwrap_or(days.last))),
        filter.programme,
        filter.series,
        filter.kind.map(|kind| kind.as_str()),
        filter.format.map(|format| format.as_str()),
        filter.theme,
        filter.municipality,
        filter.language.map(|language| language.as_str()),
        filter.places,
        instant(now),
        filter.text,
    )
    .fetch_one(pool)
    .await?;
    Ok((row.earlier.map(civil_date), row.later.map(civil_date)))
}
