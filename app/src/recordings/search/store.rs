//! The SQL of searching. Migration 0032 says how what was said is kept.

use super::model::{Answer, Hit, PAGE, Piece, SENTENCES, Said};
use super::parse::Asked;
use super::sentence::{Cue, around, sentence};
use super::words::{Matches, NO_WORD, Questions, Vocabulary};
use super::words_store::vocabulary;
use crate::account::model::Role;
use crate::account::who::Who;
use crate::error::AppError;
use crate::events::model::SpokenLanguage;
use crate::events::store::word;
use crate::markdown::to_text;
use crate::recordings::query::{Length, RecordingQuery};
use crate::text::Lang;
use crate::time::civil_date;
use sqlx::PgPool;
use std::collections::{HashMap, HashSet};

/// Of so many, the best of what is written, it is looked up how often and how near each other the words were said.
/// A multiple of a page.
const READ_CLOSELY: usize = 2 * PAGE;

/// Who looks: what they may see, as `recordings_for` wants to know it.
#[derive(Clone, Debug, Default)]
pub struct Eyes {
    /// The number of whoever is signed in.
    pub person: Option<i64>,
    /// The programmes that they organise.
    pub programmes: Vec<i64>,
    /// They organise all of them.
    pub everywhere: bool,
}

impl Eyes {
    /// Those of whoever asks.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if that is not known.
    pub fn of(who: &Who) -> Result<Self, AppError> {
        let viewer = match who {
            Who::Unavailable => return Err(AppError::Unavailable),
            Who::Anonymous => return Ok(Self::default()),
            Who::Known(viewer) => viewer,
        };
        let organised = viewer.roles.iter().filter(|grant| grant.role == Role::Organiser);
        Ok(Self {
            person: Some(viewer.id.0),
            everywhere: viewer.is_administrator()
                || organised.clone().any(|grant| grant.programme.is_none()),
            programmes: organised.filter_map(|grant| grant.programme).collect(),
        })
    }
}

/// What a search asks: who looks, in which language, with what chosen beside it.
pub(super) struct Search<'a> {
    pub pool: &'a PgPool,
    pub eyes: &'a Eyes,
    pub lang: Lang,
    pub query: &'a RecordingQuery,
}

/// A recording that holds the words, before it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    id: i64,
    rank: f32,
}

/// A passage in which some of the words were said.
struct Passage {
    recording: i64,
    track: i64,
    first: i32,
    last: i32,
    language: String,
    passages: i64,
    is_whole: bool,
}

impl Search<'_> {
    /// Longer than so many milliseconds, and at most so many.
    pub(super) fn lengths(&self) -> (Option<i32>, Option<i32>) {
        match self.query.length.as_deref().and_then(Length::parse) {
            Some(Length::Short) => (None, Some(900_000)),
            Some(Length::Medium) => (Some(900_000), Some(2_700_000)),
            Some(Length::Long) => (Some(2_700_000), None),
            None => (None, None),
        }
    }

    /// The year that is chosen.
    pub(super) fn year(&self) -> Option<i32> {
        self.query.year.as_deref().and_then(|year| year.parse().ok())
    }

    /// The candidates from the `after`th on, at most `most`, the best first; and how many there are in all.
    pub(super) async fn candidates(
        &self,
        questions: &Questions,
        (most, after): (usize, usize),
    ) -> Result<(Vec<Candidate>, u32), sqlx::Error> {
        let query = self.query;
        let (longer, at_most) = self.lengths();
        let rows = sqlx::query!(
            r#"
            select recording_id as "id!", rank as "rank!", total as "total!" from search_found(
                $1::text::tsquery, $2::text::tsquery, $3::text::tsquery, $4::text[]::tsquery[], $5::text[]::tsquery[],
                $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19
            )
            "#,
            questions.asked,
            questions.best,
            questions.also,
            &questions.together,
            &questions.never_together,
            self.eyes.person,
            &self.eyes.programmes,
            self.eyes.everywhere,
            query.programme,
            query.series,
            query.theme,
            query.municipality,
            query.speaker,
            self.year(),
            query.language,
            longer,
            at_most,
            i32::try_from(most.max(1)).unwrap_or(i32::MAX),
            i32::try_from(after).unwrap_or(i32::MAX),
        )
        .fetch_all(self.pool)
        .await?;
        let total = rows.first().map_or(0, |row| u32::try_from(row.total).unwrap_or(u32::MAX));
        Ok((rows.iter().map(|row| Candidate { id: row.id, rank: row.rank }).collect(), total))
    }

    /// Those that were published last of all that hold what is asked, at most `most`, in no order.
    async fn newest(&self, questions: &Questions, most: usize) -> Result<Vec<i64>, sqlx::Error> {
        let (found, _) = self.candidates(questions, (usize::MAX, 0)).await?;
        let ids: Vec<i64> = found.iter().map(|it| it.id).collect();
        sqlx::query_scalar!(
            "select id from recordings where id = any($1) order by published_at desc nulls last, id desc limit $2",
            &ids,
            i64::try_from(most).unwrap_or(i64::MAX),
        )
        .fetch_all(self.pool)
        .await
    }

    /// How many recordings hold what is asked.
    pub(super) async fn count(&self, questions: &Questions) -> Result<u32, sqlx::Error> {
        Ok(self.candidates(questions, (1, 0)).await?.1)
    }

    /// A page of what is found; its pages are counted from 1.
    pub(super) async fn page(
        &self,
        asked: &Asked,
        vocabulary: &Vocabulary,
        questions: &Questions,
    ) -> Result<Answer, sqlx::Error> {
        let page = self.query.page_number().clamp(1, super::model::LAST_PAGE);
        let skipped = (page - 1) * PAGE;
        let block = skipped / READ_CLOSELY * READ_CLOSELY;
        let (candidates, total) = self.candidates(questions, (READ_CLOSELY, block)).await?;
        if total == 0 {
            return Ok(Answer::default());
        }
        // What stands beside the hits is counted while they are read.
        let hits = self.hits_of(candidates, skipped - block, asked, vocabulary, questions);
        let (hits, facets) = futures::future::try_join(hits, self.facets(questions)).await?;
        let pages = usize::try_from(total).unwrap_or(usize::MAX).div_ceil(PAGE);
        Ok(Answer {
            total,
            hits,
            page: u32::try_from(page).unwrap_or(1),
            pages: u32::try_from(pages.min(super::model::LAST_PAGE)).unwrap_or(u32::MAX),
            facets,
            ..Answer::default()
        })
    }

    /// A page of these candidates, the best first: those from the `skipped`th on.
    async fn hits_of(
        &self,
        mut candidates: Vec<Candidate>,
        skipped: usize,
        asked: &Asked,
        vocabulary: &Vocabulary,
        questions: &Questions,
    ) -> Result<Vec<Hit>, sqlx::Error> {
        let ids: Vec<i64> = candidates.iter().map(|it| it.id).collect();
        let passages = self.passages(&ids, asked, questions).await?;
        let worth = |candidate: &Candidate| {
            let best = passages.get(&candidate.id).and_then(|passages| passages.first());
            // Said all together counts as much as standing in a description; how often, less and less.
            best.map_or(candidate.rank, |best| {
                let often = f32::from(u16::try_from(best.passages).unwrap_or(u16::MAX)).ln_1p();
                candidate.rank + 0.02 * often + if best.is_whole { 0.05 } else { 0.0 }
            })
        };
        candidates.sort_by(|one, other| worth(other).total_cmp(&worth(one)));
        let shown: Vec<i64> = candidates.iter().map(|it| it.id).skip(skipped).take(PAGE).collect();
        let matches = vocabulary.matches(asked);
        let said = self.sentences(&shown, passages, &matches).await?;
        self.hits(&shown, said, &matches).await
    }

    /// The passages of these recordings that hold any of the words: for each recording the best few of one track.
    async fn passages(
        &self,
        recordings: &[i64],
        asked: &Asked,
        questions: &Questions,
    ) -> Result<HashMap<i64, Vec<Passage>>, sqlx::Error> {
        // One word cannot be near itself: whichever passage comes first will do.
        let is_single = asked.wanted().map(|term| term.words.len()).sum::<usize>() < 2;
        let whole = questions.together.first().unwrap_or(&questions.asked);
        let rows = sqlx::query_as!(
            Passage,
            r#"
            select p.recording as "recording!", p.track as "track!", p.first as "first!", p.last as "last!",
                t.language, p.passages as "passages!", p.is_whole as "is_whole!"
            from (
                select p.recording_id as recording, p.track_id as track, p.first, p.last,
                    not $4 and p.said @@ $3::text::tsquery as is_whole,
                    count(*) over (partition by p.recording_id, p.track_id) as passages,
                    row_number() over (
                        partition by p.recording_id, p.track_id
                        order by (not $4 and p.said @@ $3::text::tsquery) desc,
                            case when $4 then 0 else ts_rank(p.said, $2::text::tsquery) end desc, p.first
                    ) as place
                from search_passages p
                where p.recording_id = any($1) and p.said @@ $2::text::tsquery
            ) p
            join caption_tracks t on t.id = p.track
            join recordings r on r.id = p.recording
            where p.place <= 6
            order by p.recording, (t.language = r.language) desc, p.place
            "#,
            recordings,
            questions.any,
            whole,
            is_single,
        )
        .fetch_all(self.pool)
        .await?;
        let mut passages: HashMap<i64, Vec<Passage>> = HashMap::new();
        for row in rows {
            let entry = passages.entry(row.recording).or_default();
            match entry.first() {
                // Another language of the same is better only if there the words stand together.
                Some(best) if best.track != row.track && (best.is_whole || !row.is_whole) => {
                    continue;
                }
                Some(best) if best.track != row.track => entry.clear(),
                _ => {}
            }
            entry.push(row);
        }
        Ok(passages)
    }

    /// The sentences of the passages, in the order of their worth.
    async fn sentences(
        &self,
        shown: &[i64],
        passages: HashMap<i64, Vec<Passage>>,
        matches: &Matches<'_>,
    ) -> Result<HashMap<i64, (String, Vec<Said>)>, sqlx::Error> {
        let wanted: Vec<&Passage> =
            shown.iter().filter_map(|id| passages.get(id)).flatten().collect();
        let rows = sqlx::query!(
            r#"
            select p.n as "n!", c.position, c.start_ms, c.speaker, c.words
            from unnest($1::bigint[], $2::int[], $3::int[]) with ordinality as p (track, first, last, n)
            join caption_cues c on c.track_id = p.track and c.position between p.first and p.last
            order by p.n, c.position
            "#,
            &wanted.iter().map(|it| it.track).collect::<Vec<_>>(),
            &wanted.iter().map(|it| it.first).collect::<Vec<_>>(),
            &wanted.iter().map(|it| it.last).collect::<Vec<_>>(),
        )
        .fetch_all(self.pool)
        .await?;
        let mut cues: HashMap<usize, Vec<Cue>> = HashMap::new();
        for row in rows {
            let passage = usize::try_from(row.n).unwrap_or_default();
            cues.entry(passage).or_default().push(Cue {
                position: row.position,
                start_ms: row.start_ms,
                speaker: row.speaker,
                words: row.words,
            });
        }
        let mut found: HashMap<i64, (String, Vec<Said>)> = HashMap::new();
        let mut told: HashSet<(i64, i32)> = HashSet::new();
        for (at, passage) in wanted.iter().enumerate() {
            let Some(cues) = cues.get(&(at + 1)) else { continue };
            let Some((said, from)) = sentence(cues, matches) else { continue };
            let (_, sentences) = found
                .entry(passage.recording)
                .or_insert_with(|| (passage.language.clone(), Vec::new()));
            // Passages share a cue: a sentence is told once.
            let is_new = from.iter().all(|cue| !told.contains(&(passage.track, *cue)));
            if is_new && sentences.len() < SENTENCES {
                told.extend(from.into_iter().map(|cue| (passage.track, cue)));
                sentences.push(said);
            }
        }
        Ok(found)
    }

    /// What is shown of the recordings, in this order.
    async fn hits(
        &self,
        shown: &[i64],
        mut said: HashMap<i64, (String, Vec<Said>)>,
        matches: &Matches<'_>,
    ) -> Result<Vec<Hit>, sqlx::Error> {
        let rows = sqlx::query!(
            r#"
            select r.id, r.slug, r.language, r.duration_ms, r.is_demonstration,
                (r.open_to <> 'everybody' or r.state = 'draft') as "is_restricted!",
                case when $2 then coalesce(r.title_en, r.title) else r.title end as "title!",
                case when $2 then coalesce(s.title_en, s.title_sv, p.title_en, p.title_sv)
                    else coalesce(s.title_sv, p.title_sv) end as "home!",
                case when $2 then coalesce(r.summary_en, nullif(r.summary_sv, ''), e.summary_en, e.summary_sv)
                    else coalesce(nullif(r.summary_sv, ''), e.summary_sv) end as "summary!",
                (e.starts_at at time zone e.time_zone)::date as "date!",
                array(
                    select person.name from event_speakers x join people person on person.id = x.person_id
                    where x.event_id = e.id order by x.position
                ) as "speakers!"
            from unnest($1::bigint[]) with ordinality as f (id, place)
            join recordings r on r.id = f.id
            join events e on e.id = r.event_id
            join programmes p on p.id = e.programme_id
            left join series s on s.id = e.series_id
            order by f.place
            "#,
            shown,
            self.lang == Lang::En,
        )
        .fetch_all(self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                let (language, said) = said.remove(&row.id).unzip();
                let said = said.unwrap_or_default();
                let said_in = match &language {
                    Some(language) => Some(word(SpokenLanguage::parse(language), language)?),
                    None => None,
                };
                let written = if said.is_empty() {
                    written(&to_text(&row.summary), matches)
                } else {
                    Vec::new()
                };
                Ok(Hit {
                    slug: row.slug,
                    title: matches.mark(&row.title),
                    home: row.home,
                    date: civil_date(row.date),
                    duration_ms: row.duration_ms,
                    language: word(SpokenLanguage::parse(&row.language), &row.language)?,
                    speakers: row.speakers.iter().map(|name| matches.mark(name)).collect(),
                    is_demonstration: row.is_demonstration,
                    is_restricted: row.is_restricted,
                    said,
                    written,
                    said_in,
                })
            })
            .collect()
    }
}

/// A few sentences of a description with the words marked.
fn written(summary: &str, matches: &Matches<'_>) -> Vec<Piece> {
    matches.mark(&around(summary, matches))
}

/// Answers a search. What whoever asks may not see is not in it, and is not counted.
///
/// # Errors
/// If the database does not answer.
pub async fn search(
    pool: &PgPool,
    eyes: &Eyes,
    lang: Lang,
    query: &RecordingQuery,
) -> Result<Answer, sqlx::Error> {
    let search = Search { pool, eyes, lang, query };
    let asked = Asked::parse(query.q.as_deref().unwrap_or_default());
    let words = vocabulary(pool, &asked).await?;
    let Some(questions) = words.questions(&asked) else {
        let is_too_common = words.is_too_common(&asked);
        let themes = search.themes().await?;
        let facets = search.chosen_alone();
        return Ok(Answer { is_too_common, themes, facets, ..Answer::default() });
    };
    let answer = search.page(&asked, &words, &questions).await?;
    if answer.total > 0 {
        return Ok(answer);
    }
    search.help(asked, &words, &questions).await
}

/// The newest recordings that everybody may see and that pass what is asked, words and filters, at most `most`; for
/// lists that are not pages.
///
/// # Errors
/// If the database does not answer.
pub async fn matching(
    pool: &PgPool,
    query: &RecordingQuery,
    most: usize,
) -> Result<Vec<i64>, sqlx::Error> {
    let everybody = Eyes::default();
    let search = Search { pool, eyes: &everybody, lang: Lang::Sv, query };
    let Some(text) = &query.q else {
        // The same filters without any words: what has none of a word that cannot be.
        let nothing = Questions {
            asked: format!("!{NO_WORD}"),
            best: NO_WORD.to_owned(),
            also: NO_WORD.to_owned(),
            ..Questions::default()
        };
        return search.newest(&nothing, most).await;
    };
    let asked = Asked::parse(text);
    let Some(questions) = vocabulary(pool, &asked).await?.questions(&asked) else {
        return Ok(Vec::new());
    };
    search.newest(&questions, most).await
}
