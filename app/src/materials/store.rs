//! The SQL of the page of all materials.

use super::model::{Material, MaterialKind, MaterialsQuery, Named};
use crate::events::store::word;
use crate::text::Lang;
use sqlx::PgPool;
use sqlx::types::Json;

/// All materials that hold what is looked for, the best first; without words, in the order of their programmes.
/// What belongs to a draft is not among them.
///
/// # Errors
/// If the database does not answer.
pub(super) async fn find(
    pool: &PgPool,
    lang: Lang,
    query: &MaterialsQuery,
) -> Result<Vec<Material>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        with asked as (
            -- Hyphens part words here as they do in what is searched.
            select websearch_to_tsquery('stafett_sv', t.text) || websearch_to_tsquery('stafett_en', t.text) as words
            from (select regexp_replace($2, '([[:alnum:]])[-/]([[:alnum:]])', '\1 \2', 'g') as text) t
        )
        select m.kind, m.title, m.url, m.is_announced, p.slug as programme_slug, e.slug as "event_slug?",
            case when $1 then coalesce(m.about_en, m.about_sv) else m.about_sv end as about,
            case when $1 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "programme!",
            case when $1 then coalesce(e.title_en, e.title_sv) else e.title_sv end as event,
            coalesce((
                select jsonb_agg(jsonb_build_object('key', u.code, 'name', u.short_name) order by u.short_name)
                from municipalities u
                where u.code = m.municipality_code or u.code in (
                    select x.municipality_code from event_municipalities x where x.event_id = m.event_id
                )
            ), '[]') as "municipalities!: Json<Vec<Named>>",
            coalesce((
                select jsonb_agg(jsonb_build_object(
                    'key', t.slug, 'name', case when $1 then t.name_en else t.name_sv end
                ) order by t.name_sv)
                from themes t
                where t.id in (select x.theme_id from material_themes x where x.material_id = m.id)
                    or t.id in (select x.theme_id from event_themes x where x.event_id = m.event_id)
            ), '[]') as "themes!: Json<Vec<Named>>"
        from materials m
        cross join asked
        join programmes p on p.id = m.programme_id
        left join events e on e.id = m.event_id
        where e.state is distinct from 'draft'
            and ($2::text is null or m.search @@ asked.words
                -- Parts of compounds, which no stemmer parts.
                or concat_ws(' ', m.title, m.about_sv, m.about_en) ilike like_pattern($2)
                -- Who writes signs means them.
                or ($2 !~ '["-]' and strict_word_similarity($2, m.title) >= 0.55))
        order by case when $2 is null then 0 else ts_rank(m.search, asked.words) end desc,
            p.archived_at is not null, p.position, p.id, m.position
        "#,
        lang == Lang::En,
        query.q,
    )
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            let event = row.event_slug.zip(row.event);
            Ok(Material {
                kind: word(MaterialKind::parse(&row.kind), &row.kind)?,
                title: row.title,
                url: row.url,
                about: row.about.filter(|about| !about.is_empty()),
                is_announced: row.is_announced,
                programme: Named { name: row.programme, key: row.programme_slug },
                event: event.map(|(key, name)| Named { name, key }),
                municipalities: row.municipalities.0,
                themes: row.themes.0,
            })
        })
        .collect()
}
