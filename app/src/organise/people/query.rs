//! Which people are asked for, as the address says it. Pure. What cannot be read counts as not being there.

use crate::calendar::model::encode;
use crate::events::model::{Way, words};
use crate::signup::model::Status;
use crate::signup::questions::asked_by;
use serde::{Deserialize, Serialize};

/// The longest text that is searched for, in characters.
pub const LONGEST_SEARCH: usize = 100;
/// How many people a page shows.
pub const PAGE: usize = 100;
/// Nobody asks for more answers at once.
const MOST_ANSWERS: usize = 20;
/// In the address: those who have not answered a question.
pub const UNANSWERED: &str = "-";

words! {
    /// How somebody stands, as far as one looks for it.
    Standing {
        Requested = "requested", Places = "places", Waitlisted = "waitlisted", Attended = "attended",
        NoShow = "no_show", Cancelled = "cancelled", Refused = "refused",
    }
}

impl Standing {
    /// What has become of the sign-ups of those.
    #[must_use]
    pub const fn statuses(self) -> &'static [Status] {
        match self {
            Self::Requested => &[Status::Requested],
            Self::Places => &[Status::Confirmed, Status::Attended, Status::NoShow],
            Self::Waitlisted => &[Status::Waitlisted],
            Self::Attended => &[Status::Attended],
            Self::NoShow => &[Status::NoShow],
            Self::Cancelled => &[Status::Cancelled],
            Self::Refused => &[Status::Refused],
        }
    }
}

words! {
    /// What the people are put in order by.
    Sort {
        /// Those first for whom there is something to do, then those with a place, then the line.
        Standing = "standing",
        When = "when", Name = "name",
        /// By the last word of the name.
        Family = "family",
        Organisation = "organisation", Line = "line",
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Words that stand in the name, the organisation or the address.
    pub text: Option<String>,
    /// How they stand.
    pub standing: Option<Standing>,
    /// How they take part.
    pub way: Option<Way>,
    /// A mail to them was refused.
    pub mail_refused: bool,
    /// What they answered, by the number of the question.
    pub answers: Vec<(i64, String)>,
    /// In which order.
    pub sort: Option<Sort>,
    /// The other way round.
    pub descending: bool,
    /// Which page, counted from 0.
    pub page: usize,
}

impl PeopleQuery {
    /// Reads the names and values of an address; others are left alone.
    #[must_use]
    pub fn from_pairs<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            let (name, value) = (name.as_ref(), value.as_ref().trim());
            match name {
                "q" => query.text = searchable(value),
                "status" => query.standing = Standing::parse(value),
                "way" => query.way = Way::parse(value),
                "mail" => query.mail_refused = value == "refused",
                "sort" => {
                    let (word, descending) =
                        value.strip_prefix('-').map_or((value, false), |word| (word, true));
                    query.sort = Sort::parse(word).filter(|sort| *sort != Sort::Standing);
                    query.descending = descending && query.sort.is_some();
                }
                "page" => {
                    query.page = value.parse::<u16>().map_or(0, |n| usize::from(n.max(1)) - 1)
                }
                _ => {
                    let question = asked_by(name).filter(|_| !value.is_empty());
                    let Some(question) = question else { continue };
                    query.answers.retain(|(known, _)| *known != question);
                    if query.answers.len() < MOST_ANSWERS {
                        query.answers.push((question, value.to_owned()));
                    }
                }
            }
        }
        query.answers.sort_unstable();
        query
    }

    /// The same people, in whatever order and on whichever page.
    #[must_use]
    pub fn asks_for_the_same(&self, other: &Self) -> bool {
        let people =
            |query: &Self| Self { sort: None, descending: false, page: 0, ..query.clone() };
        people(self) == people(other)
    }

    /// The names and values that say the same.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        let page = (self.page > 0).then(|| (self.page + 1).to_string());
        let sort = self
            .sort
            .map(|sort| format!("{}{}", if self.descending { "-" } else { "" }, sort.as_str()));
        let fixed = [
            ("q", self.text.clone()),
            ("status", self.standing.map(|standing| standing.as_str().to_owned())),
            ("way", self.way.map(|way| way.as_str().to_owned())),
            ("mail", self.mail_refused.then(|| "refused".to_owned())),
            ("sort", sort),
            ("page", page),
        ];
        let fixed = fixed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        let answers = self.answers.iter().map(|(id, value)| (format!("q-{id}"), value.clone()));
        fixed.chain(answers).collect()
    }

    /// The same as it stands in an address, after the question mark.
    #[must_use]
    pub fn encoded(&self) -> String {
        let pairs = self.pairs();
        let pairs: Vec<_> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        encode(&pairs)
    }

    /// The address of this list of an event, in Swedish.
    #[must_use]
    pub fn path(&self, slug: &str) -> String {
        self.under(&format!("/organise/events/{slug}"))
    }

    /// The same below another address.
    #[must_use]
    pub fn under(&self, path: &str) -> String {
        let query = self.encoded();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// Some are left out.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        *self
            != Self {
                sort: self.sort,
                descending: self.descending,
                page: self.page,
                ..Self::default()
            }
    }

    /// What was chosen for a question.
    #[must_use]
    pub fn answer(&self, question: i64) -> Option<&str> {
        self.answers.iter().find(|(id, _)| *id == question).map(|(_, value)| value.as_str())
    }

    /// All of them, in the same order.
    #[must_use]
    pub fn unfiltered(&self) -> Self {
        Self { sort: self.sort, descending: self.descending, ..Self::default() }
    }
}

fn searchable(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_control()).take(LONGEST_SEARCH).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> PeopleQuery {
        PeopleQuery::from_pairs(pairs.iter().copied())
    }

    #[test]
    fn an_address_goes_to_and_fro() {
        let query = read(&[
            ("q", " Åsa  & Öberg "),
            ("status", "waitlisted"),
            ("way", "on_site"),
            ("mail", "refused"),
            ("sort", "-name"),
            ("page", "3"),
            ("q-12", "Ärtsoppa"),
            ("q-7", "-"),
        ]);
        assert_eq!(query.text.as_deref(), Some("Åsa  & Öberg"));
        assert_eq!((query.sort, query.descending, query.page), (Some(Sort::Name), true, 2));
        assert_eq!(query.answers, [(7, "-".to_owned()), (12, "Ärtsoppa".to_owned())]);
        assert_eq!(PeopleQuery::from_pairs(query.pairs()), query);
        assert!(query.encoded().starts_with("q=%C3%85sa++%26+%C3%96berg&status=waitlisted"));
        assert!(query.is_filtered() && !query.unfiltered().is_filtered());
    }

    #[test]
    fn nonsense_counts_as_not_being_there() {
        let nonsense = [
            ("q", " \u{0} "),
            ("status", "dead"),
            ("way", "by_boat"),
            ("mail", "x"),
            ("sort", "--name"),
            ("page", "-1"),
            ("q-x", "1"),
            ("q-5", ""),
            ("done", "saved"),
        ];
        assert_eq!(read(&nonsense), PeopleQuery::default());
        assert_eq!(PeopleQuery::default().path("a"), "/organise/events/a");
        for page in ["0", "1", "99999999999", "x"] {
            assert_eq!(read(&[("page", page)]).page, 0, "{page}");
        }
    }

    #[test]
    fn what_is_searched_for_is_not_longer_than_it_may_be() {
        let query = read(&[("q", &"å".repeat(300))]);
        assert_eq!(query.text.map(|text| text.chars().count()), Some(LONGEST_SEARCH));
        let many: Vec<_> = (0..50).map(|id| (format!("q-{id}"), "x".to_owned())).collect();
        assert_eq!(PeopleQuery::from_pairs(many).answers.len(), MOST_ANSWERS);
    }
}
