//! How many of what is found each choice beside the search would leave.

use super::store::Search;
use super::words::Questions;
use crate::recordings::library::choices::{Choice, Facet, to_show};
use crate::recordings::query::Dimension;
use crate::text::Lang;

impl Search<'_> {
    /// The choices beside what holds `questions`, counted among what whoever looks may see; each figure is what a
    /// search with that choice finds (`search_counts`, migration 0037).
    pub(super) async fn facets(&self, questions: &Questions) -> Result<Vec<Facet>, sqlx::Error> {
        let query = self.query;
        let (longer, at_most) = self.lengths();
        let rows = sqlx::query!(
            r#"
            select dimension as "dimension!", key as "key!", name as "name!", recordings as "recordings!"
            from search_counts(
                $1::text::tsquery, $2::text[]::tsquery[], $3::text[]::tsquery[],
                $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
            )
            "#,
            questions.asked,
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
            self.lang == Lang::En,
        )
        .fetch_all(self.pool)
        .await?;
        let mut counted = self.nothing_counted();
        for row in rows {
            let dimension = Dimension::parse(&row.dimension);
            if let Some(facet) = counted.iter_mut().find(|it| Some(it.dimension) == dimension) {
                let count = u32::try_from(row.recordings).unwrap_or(u32::MAX);
                facet.choices.push(Choice { key: row.key, name: row.name, count });
            }
        }
        Ok(to_show(counted, query))
    }

    /// What was chosen, where there is nothing to count: it can be taken back.
    pub(super) fn chosen_alone(&self) -> Vec<Facet> {
        to_show(self.nothing_counted(), self.query)
    }

    fn nothing_counted(&self) -> Vec<Facet> {
        let empty = |&dimension: &Dimension| Facet { dimension, choices: Vec::new() };
        Dimension::ALL.iter().map(empty).collect()
    }
}
