//! Who was there, as Zoom or Teams tells it, held against who signed up. Pure.

use super::model::{Choice, Note, Settings, ShownRow, Verdict, What};
use super::people_plan::FileRow;
use crate::signup::model::{Email, Status};
use std::collections::{BTreeMap, HashMap};

/// Somebody who signed up.
#[derive(Clone, Debug)]
pub struct Guest {
    /// The number of the sign-up.
    pub sign_up: i64,
    /// Their name.
    pub name: String,
    /// The key of their address.
    pub email: Option<String>,
    /// What has become of the sign-up.
    pub status: Status,
    /// They take part by the meeting, and not in the room.
    pub is_digital: bool,
}

/// What becomes of somebody.
#[derive(Clone, Debug)]
pub struct Noted {
    /// As it is shown. Who is not in the report has the number 0.
    pub shown: ShownRow,
    /// Whose sign-up it is, and what it was, where it is changed.
    pub change: Option<(i64, Status)>,
}

/// One person of the report, with all their rows.
struct Person {
    number: i32,
    name: String,
    email: String,
    seconds: u32,
}

/// What becomes of each person of the report, in its order; then those who are not in it.
#[must_use]
pub fn plan(rows: &[FileRow], settings: &Settings, guests: &[Guest]) -> Vec<Noted> {
    let people = gather(rows);
    let found = assign(&people, settings, guests);
    // Somebody who came under two names was there for both.
    let mut seconds: HashMap<i64, u32> = HashMap::new();
    for (person, found) in people.iter().zip(&found) {
        if let Found::One(guest) = found {
            *seconds.entry(guest.sign_up).or_default() += person.seconds;
        }
    }
    let least = settings.least_minutes.saturating_mul(60);
    let mut done: HashMap<i64, i32> = HashMap::new();
    let mut noted = Vec::new();
    for (person, found) in people.iter().zip(found) {
        let mut shown = ShownRow {
            number: person.number,
            verdict: Verdict::Same,
            title: cut(&person.name),
            title_en: None,
            detail: cut(&person.email),
            status: None,
            notes: vec![Note::numbered(What::Minutes, person.seconds / 60)],
            choices: Vec::new(),
        };
        let mut change = None;
        match found {
            Found::Nobody => {
                shown.verdict = Verdict::Refuse;
                shown.notes.push(Note::bare(What::NotSignedUp));
            }
            Found::Doubtful(guests) => {
                shown.verdict = Verdict::Refuse;
                shown.notes.push(Note::bare(What::Doubtful));
                let choice =
                    |guest: &&Guest| Choice { id: guest.sign_up, name: guest.name.clone() };
                shown.choices = guests.iter().map(choice).collect();
            }
            Found::Chosen => shown.notes.push(Note::bare(What::LeftOut)),
            Found::One(guest) => {
                if plain(&guest.name) != plain(&person.name) {
                    shown.notes.push(Note::about(What::IsGuest, &guest.name));
                }
                if let Some(first) = done.insert(guest.sign_up, person.number) {
                    done.insert(guest.sign_up, first);
                    shown
                        .notes
                        .push(Note::numbered(What::SamePerson, u32::try_from(first).unwrap_or(0)));
                } else if seconds.get(&guest.sign_up).is_some_and(|seconds| *seconds < least) {
                    shown.notes.push(Note::bare(What::TooShort));
                } else {
                    change = attends(guest, &mut shown);
                }
            }
        }
        noted.push(Noted { shown, change });
    }
    if settings.absent {
        let was_there = |guest: &Guest| {
            done.contains_key(&guest.sign_up)
                && seconds.get(&guest.sign_up).is_none_or(|seconds| least <= *seconds)
        };
        let absent = guests.iter().filter(|guest| {
            guest.is_digital && guest.status == Status::Confirmed && !was_there(guest)
        });
        noted.extend(absent.map(|guest| Noted {
            shown: ShownRow {
                number: 0,
                verdict: Verdict::Change,
                title: cut(&guest.name),
                title_en: None,
                detail: cut(guest.email.as_deref().unwrap_or_default()),
                status: Some(Status::NoShow),
                notes: Vec::new(),
                choices: Vec::new(),
            },
            change: Some((guest.sign_up, Status::Confirmed)),
        }));
    }
    noted
}

/// Somebody who was there, if their sign-up says that they could be.
fn attends(guest: &Guest, shown: &mut ShownRow) -> Option<(i64, Status)> {
    match guest.status {
        Status::Confirmed | Status::NoShow => {
            shown.verdict = Verdict::Change;
            shown.status = Some(Status::Attended);
            Some((guest.sign_up, guest.status))
        }
        Status::Attended => {
            shown.notes.push(Note::bare(What::AlreadyThere));
            None
        }
        _ => {
            shown.verdict = Verdict::Refuse;
            shown.notes.push(Note::bare(What::HasNoPlace));
            None
        }
    }
}

/// Rows of the same person are one: by their address, and where there is none by their name.
fn gather(rows: &[FileRow]) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let cell = |at: usize| row.cells.get(at).map(String::as_str).unwrap_or_default();
        let (name, email) = (cell(0), cell(1));
        let key =
            Email::parse(email).map_or_else(|| format!("\n{}", plain(name)), |email| email.key());
        let seconds: u32 = cell(2).parse().unwrap_or(0);
        if let Some(person) = known.get(&key).and_then(|at| people.get_mut(*at)) {
            person.seconds = person.seconds.saturating_add(seconds);
            continue;
        }
        known.insert(key, people.len());
        let name = if name.is_empty() { email } else { name };
        people.push(Person {
            number: row.number,
            name: name.to_owned(),
            email: email.to_owned(),
            seconds,
        });
    }
    people
}

/// Who somebody is.
enum Found<'a> {
    Nobody,
    One(&'a Guest),
    /// It may be one of these.
    Doubtful(Vec<&'a Guest>),
    /// It was said that it is nobody.
    Chosen,
}

/// The most that one chooses from.
const MOST_CHOICES: usize = 8;

fn assign<'a>(people: &[Person], settings: &Settings, guests: &'a [Guest]) -> Vec<Found<'a>> {
    let mut by_email: HashMap<&str, &Guest> = HashMap::new();
    let mut by_name: HashMap<String, Vec<&Guest>> = HashMap::new();
    let mut by_word: HashMap<String, Vec<&Guest>> = HashMap::new();
    for guest in guests {
        if let Some(email) = &guest.email {
            by_email.insert(email, guest);
        }
        by_name.entry(plain(&guest.name)).or_default().push(guest);
        for word in plain(&guest.name).split(' ').map(str::to_owned) {
            by_word.entry(word).or_default().push(guest);
        }
    }
    let one = |person: &Person| {
        match settings.matches.get(&person.number) {
            Some(0) => return Found::Chosen,
            Some(chosen) => {
                if let Some(guest) = guests.iter().find(|guest| guest.sign_up == *chosen) {
                    return Found::One(guest);
                }
            }
            None => {}
        }
        let email = Email::parse(&person.email).map(|email| email.key());
        if let Some(guest) = email.as_deref().and_then(|email| by_email.get(email)) {
            return Found::One(guest);
        }
        let name = plain(&person.name);
        match by_name.get(&name).map(Vec::as_slice) {
            Some([only]) => return Found::One(only),
            Some(several) => {
                return Found::Doubtful(several.iter().copied().take(MOST_CHOICES).collect());
            }
            None => {}
        }
        // Whoever shares a name with them: the more, the likelier.
        let mut shares: BTreeMap<i64, (usize, &Guest)> = BTreeMap::new();
        for word in name.split(' ').filter(|word| word.chars().count() > 2) {
            for guest in by_word.get(word).into_iter().flatten() {
                shares.entry(guest.sign_up).or_insert((0, guest)).0 += 1;
            }
        }
        let mut likely: Vec<_> = shares.into_values().collect();
        likely.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
        let likely: Vec<&Guest> =
            likely.into_iter().take(MOST_CHOICES).map(|(_, guest)| guest).collect();
        if likely.is_empty() { Found::Nobody } else { Found::Doubtful(likely) }
    };
    people.iter().map(one).collect()
}

/// A name as it is compared: without what stands in brackets or after a comma, in lower case, single spaces.
fn plain(name: &str) -> String {
    let name = name.split(['(', ',', '|', '[']).next().unwrap_or(name);
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
#[path = "attendance_plan_tests.rs"]
mod tests;
