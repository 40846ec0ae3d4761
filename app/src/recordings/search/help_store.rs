//! A way on for who has found nothing.

use super::model::{Answer, Instead, ThemeChoice};
use super::parse::{Asked, Term};
use super::store::Search;
use super::words::{Questions, Vocabulary};
use super::words_store::{nearest, vocabulary};
use crate::recordings::query::RecordingQuery;
use crate::text::Lang;

/// How many themes are offered.
const THEMES: i64 = 12;

impl Search<'_> {
    /// What was asked finds nothing: what is spelt nearly so, or else fewer words, no choices beside it, the themes.
    pub(super) async fn help(
        &self,
        asked: Asked,
        words: &Vocabulary,
        questions: &Questions,
    ) -> Result<Answer, sqlx::Error> {
        if let Some(nearly) = self.nearly(&asked, words).await? {
            let words = vocabulary(self.pool, &nearly).await?;
            if let Some(questions) = words.questions(&nearly) {
                let answer = self.page(&nearly, &words, &questions).await?;
                if answer.total > 0 {
                    return Ok(Answer { nearly: Some(nearly.write()), ..answer });
                }
            }
        }
        let everywhere = RecordingQuery { q: self.query.q.clone(), ..RecordingQuery::default() };
        let (unfiltered, facets) = if self.query.is_filtered() {
            let unfiltered = Search { query: &everywhere, ..*self }.count(questions).await?;
            (unfiltered, self.facets(questions).await?)
        } else {
            (0, Vec::new())
        };
        Ok(Answer {
            fewer: self.fewer(&asked, words).await?,
            unfiltered,
            facets,
            themes: self.themes().await?,
            page: 1,
            ..Answer::default()
        })
    }

    /// The same with what is spelt nearly so in place of the words that occur nowhere.
    async fn nearly(
        &self,
        asked: &Asked,
        words: &Vocabulary,
    ) -> Result<Option<Asked>, sqlx::Error> {
        let mut nearly = asked.clone();
        let mut is_other = false;
        for term in nearly.all.iter_mut().flatten() {
            for word in &mut term.words {
                let alone = one(word);
                let Some(questions) = words.questions(&alone) else { continue };
                if self.anywhere().count(&questions).await? > 0 {
                    continue;
                }
                if let Some(near) = nearest(self.pool, self.eyes, word).await? {
                    *word = near;
                    is_other = true;
                }
            }
        }
        Ok(is_other.then_some(nearly))
    }

    /// The same without anything chosen beside it.
    fn anywhere(&self) -> Search<'_> {
        static NOTHING_CHOSEN: RecordingQuery = RecordingQuery {
            q: None,
            programme: None,
            series: None,
            theme: None,
            municipality: None,
            speaker: None,
            year: None,
            language: None,
            length: None,
            page: None,
        };
        Search { query: &NOTHING_CHOSEN, ..*self }
    }

    /// Of several words each alone, those that find least first: they say most.
    async fn fewer(&self, asked: &Asked, words: &Vocabulary) -> Result<Vec<Instead>, sqlx::Error> {
        let typed: Vec<&String> = asked.wanted().flat_map(|term| &term.words).collect();
        let mut fewer: Vec<Instead> = Vec::new();
        if typed.len() < 2 && asked.without.is_empty() {
            return Ok(fewer);
        }
        for word in typed {
            if fewer.iter().any(|instead| instead.q == *word) {
                continue;
            }
            let Some(questions) = words.questions(&one(word)) else { continue };
            let count = self.count(&questions).await?;
            if count > 0 {
                fewer.push(Instead { q: word.clone(), count });
            }
        }
        fewer.sort_by_key(|instead| instead.count);
        Ok(fewer)
    }

    /// The themes that have recordings which whoever looks may see.
    pub(super) async fn themes(&self) -> Result<Vec<ThemeChoice>, sqlx::Error> {
        let rows = sqlx::query!(
            r#"
            select t.slug, case when $1 then t.name_en else t.name_sv end as "name!", count(*) as "count!"
            from recordings_for($2, $3, $4) r
            join event_themes x on x.event_id = r.event_id
            join themes t on t.id = x.theme_id
            group by t.id order by count(*) desc, t.name_sv limit $5
            "#,
            self.lang == Lang::En,
            self.eyes.person,
            &self.eyes.programmes,
            self.eyes.everywhere,
            THEMES,
        )
        .fetch_all(self.pool)
        .await?;
        let choice = |(slug, name, count): (String, String, i64)| ThemeChoice {
            slug,
            name,
            count: u32::try_from(count).unwrap_or(u32::MAX),
        };
        Ok(rows.into_iter().map(|row| choice((row.slug, row.name, row.count))).collect())
    }
}

/// A question for one word.
fn one(word: &str) -> Asked {
    Asked { all: vec![vec![Term { words: vec![word.to_owned()] }]], without: Vec::new() }
}
