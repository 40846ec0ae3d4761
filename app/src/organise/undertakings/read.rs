//! Reads the sheets of programmes and series: what they are to be, or what is wrong with the form.

use super::edit::{OutcomeEdit, ProgrammeEdit, SeriesEdit};
use crate::organise::plan::model::{
    LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE, List, MOST_ROWS, PlanProblem, Sheet,
};
use crate::organise::plan::pattern::SeriesKind;
use crate::organise::plan::read::{PlanProblems, Speaker, thing};
use crate::programmes::model::Unit;
use jiff::civil::Date;

struct Reader<'a> {
    sheet: &'a Sheet,
    problems: PlanProblems,
}

impl Reader<'_> {
    fn wrong(&mut self, field: &str, problem: PlanProblem) {
        // One word at a field is enough.
        if self.problems.iter().all(|(name, _)| name != field) {
            self.problems.push((field.to_owned(), problem));
        }
    }

    fn texts(&mut self, lines: &[&str], texts: &[&str]) {
        if self.sheet.get("title_sv").is_empty() {
            self.wrong("title_sv", PlanProblem::Missing);
        }
        let limits = [("title_sv", LONGEST_TITLE), ("title_en", LONGEST_TITLE)]
            .into_iter()
            .chain(lines.iter().map(|&field| (field, LONGEST_LINE)))
            .chain(texts.iter().map(|&field| (field, LONGEST_TEXT)));
        for (field, longest) in limits {
            if self.sheet.get(field).chars().count() > longest {
                self.wrong(field, PlanProblem::TooLong);
            }
        }
    }

    /// A whole number that is not negative; nothing is nothing.
    fn number<T: std::str::FromStr>(&mut self, field: &str, problem: PlanProblem) -> Option<T> {
        let text: String =
            self.sheet.get(field).chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        if text.is_empty() {
            return None;
        }
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let read = digits.then(|| text.parse().ok()).flatten();
        if read.is_none() {
            self.wrong(field, problem);
        }
        read
    }

    fn rows(&mut self, list: List) -> Vec<Vec<String>> {
        let rows = self.sheet.rows(list);
        if rows.len() > MOST_ROWS {
            self.wrong(list.as_str(), PlanProblem::TooMany);
        }
        if rows.iter().flatten().any(|cell| cell.chars().count() > LONGEST_LINE) {
            self.wrong(list.as_str(), PlanProblem::TooLong);
        }
        if rows.iter().any(|row| row.get(list.main()).is_none_or(String::is_empty)) {
            self.wrong(list.as_str(), PlanProblem::Missing);
        }
        rows
    }

    /// The names in the first column of a list, none of them twice.
    fn names(&mut self, rows: &[Vec<String>], list: List, twice: PlanProblem) {
        let mut names: Vec<String> =
            rows.iter().filter_map(|row| row.first()).map(|name| name.to_lowercase()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) {
            self.wrong(list.as_str(), twice);
        }
    }

    fn outcomes(&mut self) -> Vec<OutcomeEdit> {
        let mut outcomes = Vec::new();
        for row in self.rows(List::Outcomes) {
            let [value, unit, measure_sv, measure_en, scope_sv, scope_en] = row.as_slice() else {
                continue;
            };
            let Some(unit) = Unit::parse(unit) else {
                self.wrong("outcomes", PlanProblem::NotAChoice);
                continue;
            };
            let most = match unit {
                Unit::OfTen => 10,
                Unit::Percent => 100,
                Unit::Count => 1_000_000_000,
            };
            let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            let value = value.parse().ok().filter(|value| (0..=most).contains(value));
            let Some(value) = value else {
                self.wrong("outcomes", PlanProblem::NotAFigure);
                continue;
            };
            outcomes.push(OutcomeEdit {
                value,
                unit,
                measure_sv: measure_sv.clone(),
                measure_en: some(measure_en),
                scope_sv: some(scope_sv),
                scope_en: some(scope_en),
            });
        }
        outcomes
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// The first and the last day of `2027`, `2027-03` or `2027-03-15`, and how precisely that is known.
fn period(text: &str) -> Option<(Date, Date, &'static str)> {
    let (first, precision) = match text.len() {
        4 => (format!("{text}-01-01"), "year"),
        7 => (format!("{text}-01"), "month"),
        _ => (text.to_owned(), "day"),
    };
    let first = crate::wire::date::read(&first)?;
    if !(1900..=2199).contains(&first.year()) {
        return None;
    }
    let last = match precision {
        "year" => first.last_of_year(),
        "month" => first.last_of_month(),
        _ => first,
    };
    Some((first, last, precision))
}

/// A day of a period as it stands in the form.
pub(super) fn written(day: Date, precision: &str) -> String {
    let text = crate::wire::date::write(day);
    let length = match precision {
        "year" => 4,
        "month" => 7,
        _ => 10,
    };
    text.get(..length).unwrap_or(&text).to_owned()
}

/// Reads the sheet of a programme.
///
/// # Errors
/// Everything that is wrong.
pub(super) fn programme(sheet: &Sheet) -> Result<ProgrammeEdit, PlanProblems> {
    let mut it = Reader { sheet, problems: Vec::new() };
    it.texts(
        &["audience_sv", "audience_en", "owner", "funder", "funder_reference"],
        &["summary_sv", "summary_en"],
    );
    let mut end = |field: &str| {
        let text = sheet.get(field);
        let read = period(text);
        if read.is_none() && !text.is_empty() {
            it.wrong(field, PlanProblem::NotAPeriod);
        }
        read
    };
    let (starts, ends) = (end("starts_on"), end("ends_on"));
    if let (Some((first, _, one)), Some((_, last, other))) = (starts, ends) {
        if one != other {
            it.wrong("ends_on", PlanProblem::MixedPeriod);
        } else if last < first {
            it.wrong("ends_on", PlanProblem::EndsBefore);
        }
    }
    let grant = it.number("grant_sek", PlanProblem::NotASum);
    let partners = it.rows(List::Partners);
    it.names(&partners, List::Partners, PlanProblem::SameOrganisation);
    let contacts = it.rows(List::Contacts);
    it.names(&contacts, List::Contacts, PlanProblem::Twice);
    let outcomes = it.outcomes();
    let platforms = it.rows(List::Platforms);
    it.names(&platforms, List::Platforms, PlanProblem::SameName);
    let mut documents = Vec::new();
    for row in it.rows(List::Documents) {
        let [plain @ .., group_sv, group_en] = row.as_slice() else { continue };
        match thing(plain) {
            Ok(thing) => documents.push((thing, some(group_sv), some(group_en))),
            Err(problem) => it.wrong("documents", problem),
        }
    }
    if !it.problems.is_empty() {
        return Err(it.problems);
    }
    let cell = |row: &Vec<String>, at: usize| row.get(at).and_then(|cell| some(cell));
    Ok(ProgrammeEdit {
        starts: starts.map(|(first, _, _)| first),
        ends: ends.map(|(_, last, _)| last),
        precision: starts.or(ends).map_or("day", |(_, _, precision)| precision),
        grant,
        partners: partners.iter().filter_map(|row| cell(row, 0)).collect(),
        contacts: contacts
            .iter()
            .filter_map(|row| {
                Some(Speaker {
                    name: cell(row, 0)?,
                    role: cell(row, 1),
                    organisation: cell(row, 2),
                })
            })
            .collect(),
        outcomes,
        platforms: platforms.iter().filter_map(|row| Some((cell(row, 0)?, cell(row, 1)))).collect(),
        documents,
        texts: sheet.clone(),
    })
}

/// Reads the sheet of a series.
///
/// # Errors
/// Everything that is wrong.
pub(super) fn series(sheet: &Sheet) -> Result<SeriesEdit, PlanProblems> {
    let mut it = Reader { sheet, problems: Vec::new() };
    let kind = SeriesKind::parse(sheet.get("series_kind"));
    if kind.is_none() {
        it.wrong("series_kind", PlanProblem::NotAChoice);
    }
    it.texts(&[], &["summary_sv", "summary_en"]);
    let participants: Option<i32> = it.number("participants", PlanProblem::NotASum);
    match kind {
        Some(kind) if it.problems.is_empty() => {
            Ok(SeriesEdit { kind, participants, texts: sheet.clone() })
        }
        _ => Err(it.problems),
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
