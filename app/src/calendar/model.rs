//! What the calendar can be asked, and what it answers. The address of a view is its whole state: every
//! query has one address and every address is some query, whatever nonsense it carries.

use crate::events::model::{EventLine, Format, Kind, SpokenLanguage, words};
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

words! {
    /// How the calendar is laid out.
    View { Month = "month", Week = "week", Agenda = "agenda" }
}

/// How many days an agenda shows.
pub const AGENDA_DAYS: i32 = 35;
/// How many events a day of the month shows before "+3 more"; one more is shown if that is all.
pub const DAY_LIMIT: usize = 3;
/// A day with more than so many is crowded, and shows [`CROWDED_LIMIT`]: of a dozen, three tell hardly more
/// than two, and lower weeks let the month be seen whole.
pub const CROWDED: usize = 8;
/// How many events a crowded day shows.
pub const CROWDED_LIMIT: usize = 2;
/// Dates outside these years are taken for slips.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2199;
/// What one looks for is cut here.
const LONGEST_SEARCH: usize = 100;

/// What to show, apart from when and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Slug of a programme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// Slug of a series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// What sort.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// How one meets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// Slug of a theme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// Four-digit code of a municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// The language it is held in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<SpokenLanguage>,
    /// Only what one can sign up for and get a seat.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub places: bool,
    /// Free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

words! {
    /// A thing one can filter by; its word is the key in the address.
    Dimension {
        Programme = "programme", Series = "series", Kind = "kind", Format = "format",
        Theme = "theme", Municipality = "municipality", Language = "language", Places = "places",
    }
}

impl Filter {
    /// Reads the filters of an address. What is no filter is left out.
    #[must_use]
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Self {
        let slug = |key| get(key).filter(|text| is_key(text));
        Self {
            programme: slug("programme"),
            series: slug("series"),
            kind: get("kind").and_then(|text| Kind::parse(&text)),
            format: get("format").and_then(|text| Format::parse(&text)),
            theme: slug("theme"),
            municipality: slug("municipality"),
            language: get("language").and_then(|text| SpokenLanguage::parse(&text)),
            places: get("places").is_some_and(|text| text == "1"),
            text: get("q").and_then(|text| tidy_search(&text)),
        }
    }

    /// What is chosen in one dimension.
    #[must_use]
    pub fn chosen(&self, dimension: Dimension) -> Option<&str> {
        match dimension {
            Dimension::Programme => self.programme.as_deref(),
            Dimension::Series => self.series.as_deref(),
            Dimension::Kind => self.kind.map(Kind::as_str),
            Dimension::Format => self.format.map(Format::as_str),
            Dimension::Theme => self.theme.as_deref(),
            Dimension::Municipality => self.municipality.as_deref(),
            Dimension::Language => self.language.map(SpokenLanguage::as_str),
            Dimension::Places => self.places.then_some("1"),
        }
    }

    /// The same filter with another choice in one dimension; `None` takes the choice away.
    #[must_use]
    pub fn with(&self, dimension: Dimension, choice: Option<&str>) -> Self {
        let mut filter = self.clone();
        let text = choice.map(str::to_owned);
        match dimension {
            Dimension::Programme => filter.programme = text,
            Dimension::Series => filter.series = text,
            Dimension::Kind => filter.kind = choice.and_then(Kind::parse),
            Dimension::Format => filter.format = choice.and_then(Format::parse),
            Dimension::Theme => filter.theme = text,
            Dimension::Municipality => filter.municipality = text,
            Dimension::Language => filter.language = choice.and_then(SpokenLanguage::parse),
            Dimension::Places => filter.places = choice.is_some(),
        }
        filter
    }

    /// Nothing is filtered away.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The parameters of the address, in a fixed order.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<_> = Dimension::ALL
            .iter()
            .filter_map(|&dimension| {
                self.chosen(dimension).map(|choice| (dimension.as_str(), choice.to_owned()))
            })
            .collect();
        pairs.extend(self.text.clone().map(|text| ("q", text)));
        pairs
    }
}

/// A slug or a code: what may stand as a choice in an address.
fn is_key(text: &str) -> bool {
    crate::events::model::Slug::parse(text).is_some()
}

/// Free text without surrounding space and control characters, of a bearable length.
fn tidy_search(text: &str) -> Option<String> {
    let tidy: String = text.chars().filter(|c| !c.is_control()).take(LONGEST_SEARCH).collect();
    let tidy = tidy.trim();
    (!tidy.is_empty()).then(|| tidy.to_owned())
}

/// A whole request to the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct CalendarQuery {
    /// `None`: as suits the reader's screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<View>,
    /// A day within what is shown; `None`: today.
    #[serde(skip_serializing_if = "Option::is_none", with = "crate::wire::date::option")]
    pub date: Option<Date>,
    /// What to show.
    #[serde(skip_serializing_if = "Filter::is_empty")]
    pub filter: Filter,
}

impl CalendarQuery {
    /// Reads the parameters of an address. Whatever cannot be read counts as not being there.
    #[must_use]
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            view: get("view").and_then(|text| View::parse(&text)),
            date: get("date").and_then(|text| parse_date(&text)),
            filter: Filter::parse(get),
        }
    }

    /// The address of this query, without the language: `/calendar?view=month&date=2027-01-15`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut pairs = Vec::new();
        pairs.extend(self.view.map(|view| ("view", view.as_str().to_owned())));
        pairs.extend(self.date.map(|date| ("date", crate::wire::date::write(date))));
        pairs.extend(self.filter.pairs());
        let query = encode(&pairs);
        if query.is_empty() { "/calendar".to_owned() } else { format!("/calendar?{query}") }
    }

    /// The query as [`CalendarQuery::parse`] would have read it, whoever made it.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let mut pairs = self.filter.pairs();
        pairs.extend(self.date.map(|date| ("date", crate::wire::date::write(date))));
        pairs.extend(self.view.map(|view| ("view", view.as_str().to_owned())));
        Self::parse(|key| {
            pairs.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone())
        })
    }

    /// The same on another day.
    #[must_use]
    pub fn on(&self, view: View, date: Date) -> Self {
        Self { view: Some(view), date: Some(date), filter: self.filter.clone() }
    }
}

/// `2027-01-15`, or a month `2027-01`, within reasonable years.
fn parse_date(text: &str) -> Option<Date> {
    let date = match text.len() {
        7 => crate::wire::date::read(&format!("{text}-01")),
        _ => crate::wire::date::read(text),
    }?;
    YEARS.contains(&date.year()).then_some(date)
}

/// `application/x-www-form-urlencoded`, as the WHATWG URL standard §5.2 writes it.
#[must_use]
pub fn encode(pairs: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (key, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(key);
        text.push('=');
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => {
                    text.push(char::from(byte));
                }
                b' ' => text.push('+'),
                _ => {
                    text.push('%');
                    for half in [byte >> 4, byte & 15] {
                        text.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
                    }
                }
            }
        }
    }
    text
}

/// The days that a view shows, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    #[serde(with = "crate::wire::date")]
    pub first: Date,
    /// The last day.
    #[serde(with = "crate::wire::date")]
    pub last: Date,
}

impl Days {
    /// The days of `view` around `date`: whole weeks from Monday to Sunday in month and week.
    #[must_use]
    pub fn of(view: View, date: Date) -> Self {
        match view {
            View::Month => Self {
                first: monday_of(date.first_of_month()),
                last: add_days(monday_of(date.last_of_month()), 6),
            },
            View::Week => {
                let monday = monday_of(date);
                Self { first: monday, last: add_days(monday, 6) }
            }
            View::Agenda => Self { first: date, last: add_days(date, AGENDA_DAYS - 1) },
        }
    }

    /// Every day, in order.
    pub fn iter(self) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(self.first), |day| day.tomorrow().ok())
            .take_while(move |day| *day <= self.last)
    }

    /// The day is one of these.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// The day to show one step back or on from `date`.
#[must_use]
pub fn step(view: View, date: Date, steps: i32) -> Date {
    match view {
        View::Month => add_months(date.first_of_month(), steps),
        View::Week => add_days(date, steps * 7),
        View::Agenda => add_days(date, steps * AGENDA_DAYS),
    }
}

/// The Monday of the week that `date` is in (ISO 8601 weeks).
#[must_use]
pub fn monday_of(date: Date) -> Date {
    add_days(date, -i32::from(date.weekday().since(Weekday::Monday)))
}

/// So many days later, or earlier. Days cannot run out within the years that are let in; at the ends of
/// time the day stays. (Day by day, and not by `jiff::Span`, whose errors a phone would have to load.)
#[must_use]
pub fn add_days(date: Date, days: i32) -> Date {
    let one = if days < 0 { Date::yesterday } else { Date::tomorrow };
    (0..days.unsigned_abs()).fold(date, |day, _| one(day).unwrap_or(day))
}

/// The same day so many months later, or earlier; the last of the month where it has no such day.
#[must_use]
pub fn add_months(date: Date, months: i32) -> Date {
    let total = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + months;
    let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
    let first = i16::try_from(year)
        .ok()
        .zip(i8::try_from(month).ok())
        .and_then(|(year, month)| Date::new(year, month, 1).ok());
    first.map_or(date, |first| {
        let day = date.day().min(first.days_in_month());
        Date::new(first.year(), first.month(), day).unwrap_or(first)
    })
}

/// One choice in a filter, with how many events it would leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The key in the address.
    pub key: String,
    /// What the reader sees; empty where the key has a word of its own in `text`.
    pub name: String,
    /// Events in the range with all other filters as they are.
    pub count: u32,
}

/// The choices in one dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Which dimension.
    pub dimension: Dimension,
    /// In the order to show them.
    pub choices: Vec<Choice>,
}

/// One day and what happens on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Which day.
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// In order of time; in a month at most [`DAY_LIMIT`], or one more.
    pub events: Vec<EventLine>,
    /// How many more there are than `events` holds.
    pub more: u32,
}

/// A month that has events, for jumping to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthCount {
    /// Its first day.
    #[serde(with = "crate::wire::date")]
    pub first: Date,
    /// How many events begin in it.
    pub count: u32,
}

/// What a view of the calendar shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarData {
    /// The layout.
    pub view: View,
    /// The day that was asked for, or today.
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// Today, in Sweden.
    #[serde(with = "crate::wire::date")]
    pub today: Date,
    /// The days shown; in an agenda only those with events.
    pub days: Vec<Day>,
    /// How many events match in all the days.
    pub total: u32,
    /// What one can filter by.
    pub facets: Vec<Facet>,
    /// Months with events.
    pub months: Vec<MonthCount>,
    /// Where nothing is shown: the nearest day before with an event that matches.
    #[serde(with = "crate::wire::date::option")]
    pub earlier: Option<Date>,
    /// And the nearest after.
    #[serde(with = "crate::wire::date::option")]
    pub later: Option<Date>,
}

impl CalendarData {
    /// The days of this view, those without events included.
    #[must_use]
    pub fn range(&self) -> Days {
        Days::of(self.view, self.date)
    }
}

/// What of an event the filters look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// Slug and title.
    pub programme: (String, String),
    /// Slug and title.
    pub series: Option<(String, String)>,
    /// Slugs and names.
    pub themes: Vec<(String, String)>,
    /// Codes and names.
    pub municipalities: Vec<(String, String)>,
    /// The languages spoken.
    pub languages: Vec<SpokenLanguage>,
}

/// An event and what the filters look at.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The line to show.
    pub line: EventLine,
    /// For the filters.
    pub traits: Traits,
}

impl Listed {
    /// The choices this event falls under in one dimension: key and name.
    fn choices(&self, dimension: Dimension) -> Vec<(&str, &str)> {
        fn pair((key, name): &(String, String)) -> (&str, &str) {
            (key, name)
        }
        match dimension {
            Dimension::Programme => vec![pair(&self.traits.programme)],
            Dimension::Series => self.traits.series.iter().map(pair).collect(),
            Dimension::Kind => vec![(self.line.kind.as_str(), "")],
            Dimension::Format => {
                self.line.format.iter().map(|format| (format.as_str(), "")).collect()
            }
            Dimension::Theme => self.traits.themes.iter().map(pair).collect(),
            Dimension::Municipality => self.traits.municipalities.iter().map(pair).collect(),
            Dimension::Language => {
                self.traits.languages.iter().map(|language| (language.as_str(), "")).collect()
            }
            Dimension::Places if has_places(&self.line) => vec![("1", "")],
            Dimension::Places => Vec::new(),
        }
    }

    fn matches(&self, filter: &Filter, dimension: Dimension) -> bool {
        filter
            .chosen(dimension)
            .is_none_or(|chosen| self.choices(dimension).iter().any(|(key, _)| *key == chosen))
    }

    /// The event passes every filter but the free text, which the store has looked at.
    #[must_use]
    pub fn passes(&self, filter: &Filter) -> bool {
        Dimension::ALL.iter().all(|&dimension| self.matches(filter, dimension))
    }
}

/// One can sign up and gets a seat.
#[must_use]
pub fn has_places(line: &EventLine) -> bool {
    line.phase == crate::events::model::Phase::Open && !line.seats.is_full()
}

/// The choices in each dimension, counted among the events that pass all the *other* filters: so each
/// figure is what one gets by clicking it. A chosen one is always there, so that it can be unchosen.
#[must_use]
pub fn facets(events: &[Listed], filter: &Filter) -> Vec<Facet> {
    Dimension::ALL
        .iter()
        .map(|&dimension| {
            let others = filter.with(dimension, None);
            let mut choices: Vec<Choice> = Vec::new();
            for event in events.iter().filter(|event| event.passes(&others)) {
                for (key, name) in event.choices(dimension) {
                    match choices.iter_mut().find(|choice| choice.key == key) {
                        Some(choice) => choice.count += 1,
                        None => choices.push(Choice {
                            key: key.to_owned(),
                            name: name.to_owned(),
                            count: 1,
                        }),
                    }
                }
            }
            if let Some(chosen) = filter.chosen(dimension)
                && choices.iter().all(|choice| choice.key != chosen)
            {
                choices.push(Choice { key: chosen.to_owned(), name: String::new(), count: 0 });
            }
            choices.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
            Facet { dimension, choices }
        })
        .filter(|facet| !facet.choices.is_empty())
        .collect()
}

/// Lays events out on days. An event stands on each day that it touches.
#[must_use]
pub fn lay_out(view: View, range: Days, events: &[EventLine]) -> Vec<Day> {
    let mut days: Vec<Day> =
        range.iter().map(|date| Day { date, events: Vec::new(), more: 0 }).collect();
    for event in events {
        let (first, last) = (event.when.first_day(), event.when.last_day());
        for day in days.iter_mut().filter(|day| (first..=last).contains(&day.date)) {
            day.events.push(event.clone());
        }
    }
    for day in &mut days {
        // What goes on all day comes first, then by the clock.
        day.events.sort_by_key(|event| (event.when.has_clock(), event.when.starts, event.id));
        let limit = if day.events.len() > CROWDED { CROWDED_LIMIT } else { DAY_LIMIT };
        if view == View::Month && day.events.len() > limit + 1 {
            day.more = u32::try_from(day.events.len() - limit).unwrap_or(u32::MAX);
            day.events.truncate(limit);
        }
    }
    if view == View::Agenda {
        days.retain(|day| !day.events.is_empty());
    }
    days
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
