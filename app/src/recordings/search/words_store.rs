//! The SQL that knows words: their stems, their forms, what they are parts of and what is spelt nearly so.

use super::parse::Asked;
use super::store::Eyes;
use super::words::{Form, Known, Vocabulary};
use sqlx::PgPool;
use std::collections::HashMap;

/// Swedish stop words that somebody types without their accents. The others are stop words without
/// them, too (`har`, `for`).
const BARE_STOP_WORDS: [&str; 16] = [
    "pa", "ar", "fran", "da", "sa", "nar", "dar", "nagot", "nagon", "nagra", "sjalv", "sadan",
    "sadant", "sadana", "varfor", "over",
];

/// How many forms of a word are marked in texts.
const MOST_FORMS: i64 = 200;
/// How many longer words a word finds.
const MOST_PARTS: i64 = 80;
/// Shorter stems are parts of too much that has nothing to do with them.
const SHORTEST_PART: i32 = 4;

/// What is known of the words that somebody asks for.
pub(super) async fn vocabulary(pool: &PgPool, asked: &Asked) -> Result<Vocabulary, sqlx::Error> {
    let mut words: Vec<String> =
        asked.wanted().chain(&asked.without).flat_map(|term| term.words.clone()).collect();
    words.sort_unstable();
    words.dedup();
    if words.is_empty() {
        return Ok(Vocabulary::default());
    }
    let rows = sqlx::query!(
        r#"
        select a.word as "word!", a.sv, a.en, a.exact as "exact!", f.word as "form?", f.is_part as "is_part?",
            f.stem_sv as "form_sv?", f.stem_en as "form_en?"
        from (
            select w as word, search_stem(w, 'sv') as sv, search_stem(w, 'en') as en,
                tsvector_to_array(to_tsvector('swedish', w) || to_tsvector('english', w)) as exact
            from unnest($1::text[]) w
        ) a
        left join lateral (
            (
                select s.word, false as is_part, s.stem_sv, s.stem_en from search_words s
                where (s.stem_sv = a.sv or s.stem_en = a.en) and a.sv is not null and a.en is not null
                limit $2
            )
            union all (
                select s.word, true, s.stem_sv, s.stem_en from search_words s
                where length(a.sv) >= $4 and s.plain like like_pattern(a.sv)
                    and s.stem_sv is distinct from a.sv and s.stem_en is distinct from a.en
                    and a.en is not null
                order by s.documents desc, s.word limit $3
            )
        ) f on true
        "#,
        &words,
        MOST_FORMS,
        MOST_PARTS,
        SHORTEST_PART,
    )
    .fetch_all(pool)
    .await?;
    let mut known: HashMap<String, Known> = HashMap::new();
    for row in rows {
        let is_bare_stop = BARE_STOP_WORDS.contains(&row.word.as_str());
        let is_stop = row.sv.is_none() || row.en.is_none() || is_bare_stop;
        let entry = known.entry(row.word).or_insert_with(|| Known {
            stems: row.sv.into_iter().chain(row.en).collect(),
            exact: row.exact,
            is_stop,
            ..Known::default()
        });
        let Some(word) = row.form else { continue };
        if row.is_part == Some(true) {
            let stems = row.form_sv.into_iter().chain(row.form_en).collect();
            entry.parts.push(Form { word, stems });
        } else {
            entry.same.insert(word);
        }
    }
    Ok(Vocabulary(known))
}

/// The word that is spelt most nearly like this one and occurs where somebody may see it.
pub(super) async fn nearest(
    pool: &PgPool,
    eyes: &Eyes,
    word: &str,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        select n.word from (
            select s.word, s.stem_sv, s.stem_en,
                greatest(similarity(s.plain, unaccent($1)), 0.8 * word_similarity(unaccent($1), s.plain)) as near
            from search_words s
            where (s.plain % unaccent($1) or unaccent($1) <% s.plain) and s.word <> $1
                and s.stem_sv is not null and s.stem_en is not null
            order by near desc, s.documents desc, s.word
            limit 8
        ) n
        where n.near >= 0.4 and search_word_is_seen(n.word, n.stem_sv, n.stem_en, $2, $3, $4)
        order by n.near desc limit 1
        "#,
        word,
        eyes.person,
        &eyes.programmes,
        eyes.everywhere,
    )
    .fetch_optional(pool)
    .await
}
