//! What is offered while somebody types: names that hold what was typed, and words that were said.

use super::model::{Suggestion, SuggestionKind};
use super::parse::words_in;
use super::store::Eyes;
use crate::calendar::model::encode;
use crate::recordings::model::page_address;
use crate::text::Lang;
use sqlx::PgPool;

/// How many are offered at most.
const MOST: usize = 8;
/// Words are offered for what has so many letters.
const SHORTEST: usize = 2;

/// Suggestions for what has been typed so far. Only of what whoever types may see.
///
/// # Errors
/// If the database does not answer.
pub(super) async fn suggest(
    pool: &PgPool,
    eyes: &Eyes,
    lang: Lang,
    typed: &str,
) -> Result<Vec<Suggestion>, sqlx::Error> {
    let words: Vec<String> = words_in(typed).into_iter().map(|it| it.word).take(8).collect();
    let Some((last, before)) = words.split_last() else { return Ok(Vec::new()) };
    if last.chars().count() < SHORTEST {
        return Ok(Vec::new());
    }
    let names = sqlx::query!(
        r#"
        with seen as materialized (
            select r.id, r.event_id, r.slug, r.published_at,
                case when $2 then coalesce(r.title_en, r.title) else r.title end as title
            from recordings_for($3, $4, $5) r
        ), typed as (select unaccent($1) as text)
        (select 'recording' as "kind!", s.title as "text!", s.slug as "key!" from seen s, typed
            where unaccent(s.title) ilike like_pattern(typed.text)
            order by unaccent(s.title) ilike ltrim(like_pattern(typed.text), '%') desc, s.published_at desc nulls last, s.id
            limit 4)
        union all
        (select 'speaker', p.name, pr.slug from typed, people p join presenters pr on pr.person_id = p.id
            where unaccent(p.name) ilike like_pattern(typed.text)
                and exists (select from event_speakers x join seen s on s.event_id = x.event_id where x.person_id = p.id)
            order by p.name limit 3)
        union all
        (select 'theme', case when $2 then t.name_en else t.name_sv end, t.slug from typed, themes t
            where unaccent(case when $2 then t.name_en else t.name_sv end) ilike like_pattern(typed.text)
                and exists (select from event_themes x join seen s on s.event_id = x.event_id where x.theme_id = t.id)
            order by t.name_sv limit 2)
        union all
        (select 'municipality', m.short_name, m.code::text from typed, municipalities m
            where unaccent(m.short_name) ilike ltrim(like_pattern(typed.text), '%') and exists (
                select from event_municipalities x join seen s on s.event_id = x.event_id
                where x.municipality_code = m.code
            )
            order by m.short_name limit 2)
        "#,
        typed.trim(),
        lang == Lang::En,
        eyes.person,
        &eyes.programmes,
        eyes.everywhere,
    )
    .fetch_all(pool)
    .await?;
    let mut found: Vec<Suggestion> = names
        .into_iter()
        .filter_map(|row| {
            let kind = SuggestionKind::parse(&row.kind)?;
            let address = match kind {
                SuggestionKind::Recording => page_address(&row.key),
                _ => format!("/recordings?{}", encode(&[(kind.as_str(), row.key)])),
            };
            Some(Suggestion { kind, text: row.text, address })
        })
        .collect();
    found.truncate(MOST - 2);
    let room = MOST - found.len();
    for word in said(pool, eyes, last, room).await? {
        let text = before.iter().chain([&word]).cloned().collect::<Vec<_>>().join(" ");
        let address = format!("/recordings?{}", encode(&[("q", text.clone())]));
        found.push(Suggestion { kind: SuggestionKind::Word, text, address });
    }
    Ok(found)
}

/// Words that begin so and occur where somebody may see it, the most frequent first.
async fn said(
    pool: &PgPool,
    eyes: &Eyes,
    begins: &str,
    most: usize,
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        select n.word from (
            select s.word, s.stem_sv, s.stem_en, s.documents from search_words s
            where s.plain like ltrim(like_pattern(unaccent($1)), '%')
                and s.stem_sv is not null and s.stem_en is not null
            order by s.documents desc, s.word limit 24
        ) n
        where search_word_is_seen(n.word, n.stem_sv, n.stem_en, $2, $3, $4)
        order by n.documents desc, n.word limit $5
        "#,
        begins,
        eyes.person,
        &eyes.programmes,
        eyes.everywhere,
        i64::try_from(most).unwrap_or_default(),
    )
    .fetch_all(pool)
    .await
}
