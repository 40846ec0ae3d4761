//! The SQL of the page of all materials.

use super::file::{FOUND, MaterialFile, Snippet, snippet};
use super::model::{Material, MaterialKind, MaterialsQuery, Named};
use crate::events::store::word;
use crate::text::Lang;
use sqlx::PgPool;
use sqlx::types::Json;
use std::collections::HashMap;

/// Of so many, the best, it is told where their files say what was looked for.
const READ_CLOSELY: usize = 60;

/// All materials that hold what is looked for, the best first; without words, in the order of their programmes.
/// What belongs to a draft is not among them, and of what is only announced the file is not looked into.
///
/// # Errors
/// If the database does not answer.
pub(super) async fn find(
    pool: &PgPool,
    lang: Lang,
    query: &MaterialsQuery,
) -> Result<Vec<Material>, sqlx::Error> {
    let (wanted, never) = query.q.as_deref().map_or((None, None), parted);
    let rows = sqlx::query!(
        r#"
        with asked as materialized (
            -- Hyphens part words here as they do in what is searched.
            select websearch_to_tsquery('stafett_sv', t.text) || websearch_to_tsquery('stafett_en', t.text) as words,
                websearch_to_tsquery('stafett_sv', $3) || websearch_to_tsquery('stafett_en', $3) as never
            from (select regexp_replace($2, '([[:alnum:]])[-/]([[:alnum:]])', '\1 \2', 'g') as text) t
        ), held as materialized (
            select f.material_id, f.parts from asked
            cross join lateral material_found(
                asked.words, case when $2 ~ '^[[:alnum:]]{4,}$' then $2 end
            ) f
        )
        select m.id, m.kind, m.title, m.url, m.is_announced, p.slug as programme_slug, e.slug as "event_slug?",
            case when $1 then coalesce(m.about_en, m.about_sv) else m.about_sv end as about,
            case when $1 then coalesce(p.title_en, p.title_sv) else p.title_sv end as "programme!",
            case when $1 then coalesce(e.title_en, e.title_sv) else e.title_sv end as event,
            material_file(m.id) as "file: Json<MaterialFile>",
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
        left join held h on h.material_id = m.id and not m.is_announced
        where e.state is distinct from 'draft'
            and ($2::text is null or m.search @@ asked.words or h.material_id is not null
                -- Parts of compounds, which no stemmer parts.
                or concat_ws(' ', m.title, m.about_sv, m.about_en) ilike like_pattern($2)
                -- Who writes signs means them.
                or ($2 !~ '["-]' and strict_word_similarity($2, m.title) >= 0.55))
            and not coalesce(m.search @@ asked.never, false)
            and not exists (
                select from material_documents d
                where d.material_id = m.id and not m.is_announced and d.everything @@ asked.never
            )
        order by case when $2 is null then 0 else ts_rank(m.search, asked.words) end desc,
            coalesce(h.parts, 0) desc, p.archived_at is not null, p.position, p.id, m.position
        "#,
        lang == Lang::En,
        wanted,
        never,
    )
    .fetch_all(pool)
    .await?;
    let best: Vec<i64> = rows.iter().take(READ_CLOSELY).map(|row| row.id).collect();
    let mut said = match &wanted {
        Some(q) => snippets(pool, q, &best).await?,
        None => HashMap::new(),
    };
    rows.into_iter()
        .map(|row| {
            let event = row.event_slug.zip(row.event);
            Ok(Material {
                kind: word(MaterialKind::parse(&row.kind), &row.kind)?,
                title: row.title,
                url: row.url,
                about: row.about.filter(|about| !about.is_empty()),
                is_announced: row.is_announced,
                file: row.file.map(|file| file.0),
                said: said.remove(&row.id),
                programme: Named { name: row.programme, key: row.programme_slug },
                event: event.map(|(key, name)| Named { name, key }),
                municipalities: row.municipalities.0,
                themes: row.themes.0,
            })
        })
        .collect()
}

/// What is looked for, and what is not to be there (`-word`, `-"some words"`), joined by "or". What a language does not
/// bend it finds nowhere, so "not there" has to be asked in both at once and not in either.
fn parted(q: &str) -> (Option<String>, Option<String>) {
    let (mut wanted, mut never) = (Vec::new(), Vec::new());
    let mut rest = q.trim_start();
    while !rest.is_empty() {
        let (is_never, text) = rest.strip_prefix('-').map_or((false, rest), |text| (true, text));
        let quoted = text.strip_prefix('"').and_then(|inner| Some(inner.find('"')? + 2));
        let end = quoted.or_else(|| text.find(char::is_whitespace)).unwrap_or(text.len());
        let (term, after) = text.split_at(end);
        if is_never && term.contains(char::is_alphanumeric) {
            never.push(term);
        } else if !is_never {
            wanted.push(term);
        }
        rest = after.trim_start();
    }
    let joined = |terms: Vec<&str>, by| (!terms.is_empty()).then(|| terms.join(by));
    (joined(wanted, " "), joined(never, " or "))
}

/// Where the files of these materials say what was looked for: the first part in which all the words stand, or else the
/// first with any of them. What is only announced says nothing.
async fn snippets(
    pool: &PgPool,
    q: &str,
    materials: &[i64],
) -> Result<HashMap<i64, Snippet>, sqlx::Error> {
    let words: Vec<&str> = q
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
        .filter(|word| !word.is_empty() && !word.starts_with('-') && *word != "or")
        .collect();
    let any = words.join(" or ").replace('-', " ");
    let is_single = words.len() == 1 && q.chars().count() >= 4;
    let options = format!("HighlightAll=true, StartSel=\"{}\", StopSel=\"{}\"", FOUND.0, FOUND.1);
    let rows = sqlx::query!(
        r#"
        with asked as materialized (
            select websearch_to_tsquery('stafett_sv', t.text) || websearch_to_tsquery('stafett_en', t.text) as words,
                websearch_to_tsquery('stafett_sv', $3) || websearch_to_tsquery('stafett_en', $3) as any_of
            from (select regexp_replace($2, '([[:alnum:]])[-/]([[:alnum:]])', '\1 \2', 'g') as text) t
        )
        select m.id, t.page, ts_headline(
            (case t.language when 'en' then 'stafett_en' else 'stafett_sv' end)::regconfig, t.text, asked.any_of, $5
        ) as "marked!"
        from asked
        cross join materials m
        join material_texts t on t.material_id = m.id and t.part = coalesce(
            (select x.part from material_texts x where x.material_id = m.id and x.search @@ asked.words
             order by x.part limit 1),
            (select x.part from material_texts x where x.material_id = m.id and x.search @@ asked.any_of
             order by x.part limit 1),
            (select x.part from material_texts x where $4 and x.material_id = m.id and x.text ilike like_pattern($2)
             order by x.part limit 1)
        )
        where m.id = any($1) and not m.is_announced
        "#,
        materials,
        q,
        any,
        is_single,
        options,
    )
    .fetch_all(pool)
    .await?;
    let also = if is_single { q } else { "" };
    let said =
        rows.into_iter().filter_map(|row| Some((row.id, snippet(row.page, &row.marked, also)?)));
    Ok(said.collect())
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn what_is_not_to_be_there_is_asked_by_itself() {
        let parts = |q| {
            let (wanted, never) = parted(q);
            (wanted.unwrap_or_default(), never.unwrap_or_default())
        };
        let both = |wanted: &str, never: &str| (wanted.to_owned(), never.to_owned());
        assert_eq!(parts("mod å vatten"), both("mod å vatten", ""));
        assert_eq!(
            parts("mod -vatten -\"under broarna\" bro"),
            both("mod bro", "vatten or \"under broarna\"")
        );
        assert_eq!(parts("e-tjänst \"gamla -nya\""), both("e-tjänst \"gamla -nya\"", ""));
        assert_eq!(parts("-bara"), both("", "bara"));
        assert_eq!(parts("- -- -\" \"öppet"), both("öppet", ""));
        assert_eq!(parts(""), both("", ""));
    }
}
