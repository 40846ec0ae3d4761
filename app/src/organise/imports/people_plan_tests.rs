//! What becomes of the people in a file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::columns::{guess, lacks};
use super::model::{Lacks, Settings, Verdict, What};
use super::people_plan::{FileRow, Known, Planned, Seats, Standing, plan};
use crate::events::model::Way;
use crate::signup::model::Status;
use crate::signup::questions::{Choice, Question, QuestionKind, SeenBy};
use crate::text::Lang;
use std::collections::HashMap;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn question(id: i64, kind: QuestionKind, label: &str, choices: &[(&str, &str)]) -> Question {
    let choice =
        |(value, text): &(&str, &str)| Choice { value: (*value).into(), text: (*text).into() };
    Question {
        id,
        kind,
        label: label.into(),
        is_required: true,
        seen_by: SeenBy::Organisers,
        choices: choices.iter().map(choice).collect(),
        least: None,
        most: Some(9),
    }
}

fn questions() -> Vec<(Question, Question)> {
    let food = |label, a, b| question(7, QuestionKind::Choices, label, &[("Kött", a), ("Vego", b)]);
    let number = |label| question(8, QuestionKind::Number, label, &[]);
    vec![
        (food("Mat?", "Kött", "Vego"), food("Food?", "Meat", "Veg")),
        (number("Antal gäster"), number("Guests")),
    ]
}

fn standing(ways: &[(Way, Option<i32>)]) -> Standing {
    let seats = ways.iter().map(|&(way, capacity)| Seats { way, capacity, taken: 0, in_line: 0 });
    Standing { seats: seats.collect(), known: HashMap::new(), questions: questions() }
}

fn settings(columns: &[&str]) -> Settings {
    Settings { columns: texts(columns), ..Settings::default() }
}

fn rows(rows: &[&[&str]]) -> Vec<FileRow> {
    let row = |(at, cells): (usize, &&[&str])| FileRow {
        number: i32::try_from(at).unwrap() + 2,
        cells: texts(cells),
    };
    rows.iter().enumerate().map(row).collect()
}

fn whats(planned: &Planned) -> Vec<What> {
    planned.shown.notes.iter().map(|note| note.what).collect()
}

const FOUR: [&str; 4] = ["name", "email", "organisation", ""];

#[test]
fn headings_of_both_languages_and_of_our_own_lists_are_known() {
    let sv =
        texts(&["Förnamn", " Efternamn: ", "E-postadress*", "Kommun", "Allergi", "MAT", "Deltar"]);
    let wanted = texts(&["given", "family", "email", "organisation", "", "q-7", "way"]);
    assert_eq!(guess(&sv, &questions()), wanted);
    let en = texts(&["Name", "E-mail", "Organisation", "Guests", "E-mail"]);
    assert_eq!(guess(&en, &questions()), texts(&["name", "email", "organisation", "q-8", ""]));
    for lang in [Lang::Sv, Lang::En] {
        let list = lang.list_words();
        let titles = texts(&[list.name, list.organisation, list.email, list.way]);
        assert_eq!(guess(&titles, &[]), texts(&["name", "organisation", "email", "way"]));
    }
}

#[test]
fn a_column_that_is_missing_is_said() {
    assert_eq!(lacks(&texts(&["name", "organisation"])), Some(Lacks::Email));
    assert_eq!(lacks(&texts(&["email", ""])), Some(Lacks::Name));
    assert_eq!(lacks(&texts(&["email", "given", "email"])), Some(Lacks::Doubled));
    assert_eq!(lacks(&texts(&["", "email", "family", ""])), None);
}

#[test]
fn seats_are_given_out_in_the_order_of_the_file_and_the_rest_stand_in_line() {
    let rows = rows(&[
        &["Åsa", "asa@example.org", "Örebro"],
        &["Bo", "inte en adress", "Örebro"],
        &["Cilla", "cilla@example.org", "Örebro"],
        &["Dan", "dan@example.org", "Örebro"],
    ]);
    let planned = plan(&rows, &settings(&FOUR), standing(&[(Way::Digital, Some(1))]));
    let status: Vec<_> = planned.iter().map(|planned| planned.shown.status).collect();
    let waits = Some(Status::Waitlisted);
    assert_eq!(status, [Some(Status::Confirmed), None, waits, waits]);
    assert_eq!(whats(&planned[1]), [What::BadEmail]);
    assert_eq!(planned[1].shown.notes[0].about, "inte en adress");
    assert_eq!((whats(&planned[3]), planned[3].shown.notes[0].number), (vec![What::InLine], 2));
}

#[test]
fn nobody_passes_those_who_stand_in_line_already() {
    let mut standing = standing(&[(Way::Digital, Some(10))]);
    standing.seats[0].in_line = 3;
    let planned = plan(&rows(&[&["A", "a@example.org", "X"]]), &settings(&FOUR), standing);
    assert_eq!(planned[0].shown.notes[0].number, 4);
}

#[test]
fn who_is_there_already_or_comes_twice_or_has_left_is_left_as_they_are() {
    let rows = rows(&[
        &["A", "A@example.org", "X"],
        &["B", "b@example.org", "X"],
        &["B igen", " B@Example.org ", "X"],
        &["C", "c@example.org", "X"],
    ]);
    let mut standing = standing(&[(Way::Digital, None)]);
    standing.known.insert("a@example.org".into(), Known::There);
    standing.known.insert("c@example.org".into(), Known::Gone);
    let mut settings = settings(&FOUR);
    let planned = plan(&rows, &settings, standing.clone());
    let verdicts: Vec<_> = planned.iter().map(|planned| planned.shown.verdict).collect();
    assert_eq!(verdicts, [Verdict::Same, Verdict::Make, Verdict::Same, Verdict::Same]);
    assert_eq!(whats(&planned[0]), [What::Already]);
    assert_eq!((whats(&planned[2]), planned[2].shown.notes[0].number), (vec![What::Twice], 3));
    assert_eq!(whats(&planned[3]), [What::Cancelled]);
    settings.gone_too = true;
    let planned = plan(&rows, &settings, standing);
    assert_eq!((planned[3].shown.verdict, whats(&planned[3])), (Verdict::Make, vec![What::Again]));
}

#[test]
fn everything_wrong_with_a_row_is_said_at_once() {
    let long = "å".repeat(201);
    let rows = rows(&[
        &["", "", "", "x"],
        &[&long, "a@example.org", ""],
        &["A\u{fffd}", "b@example.org", "X"],
    ]);
    let planned = plan(&rows, &settings(&FOUR), standing(&[(Way::Digital, None)]));
    assert_eq!(whats(&planned[0]), [What::NoName, What::NoEmail, What::NoOrganisation]);
    assert_eq!(planned[0].shown.title, "x");
    assert_eq!(whats(&planned[1]), [What::TooLong, What::NoOrganisation]);
    assert_eq!(whats(&planned[2]), [What::Unreadable]);
    assert!(planned.iter().all(|planned| planned.newcomer.is_none()));
}

#[test]
fn of_a_hybrid_event_the_way_is_read_or_chosen_for_all() {
    let both = [(Way::Digital, Some(1)), (Way::OnSite, Some(1))];
    let mut settings = settings(&["name", "email", "organisation", "way"]);
    let rows = rows(&[
        &["A", "a@example.org", "X", "På plats"],
        &["B", "b@example.org", "X", "Digitalt"],
        &["C", "c@example.org", "X", ""],
        &["D", "d@example.org", "X", "kanske"],
    ]);
    let planned = plan(&rows, &settings, standing(&both));
    let way = |planned: &Planned| planned.newcomer.as_ref().map(|newcomer| newcomer.applicant.way);
    assert_eq!((way(&planned[0]), way(&planned[1])), (Some(Way::OnSite), Some(Way::Digital)));
    assert_eq!((whats(&planned[2]), whats(&planned[3])), (vec![What::NoWay], vec![What::BadWay]));
    settings.way = "on_site".into();
    assert_eq!(way(&plan(&rows, &settings, standing(&both))[2]), Some(Way::OnSite));
}

#[test]
fn own_questions_are_answered_in_either_language_and_faults_named() {
    let settings = settings(&["name", "email", "organisation", "q-7", "q-8", "lang"]);
    let rows = rows(&[
        &["A", "a@example.org", "X", "veg; kött", "3", "English"],
        &["B", "b@example.org", "X", "Sushi", "", ""],
        &["C", "c@example.org", "X", "", "tio", ""],
        &["D", "d@example.org", "X", "", "", ""],
    ]);
    let planned = plan(&rows, &settings, standing(&[(Way::Digital, None)]));
    let newcomer = planned[0].newcomer.as_ref().unwrap();
    let answers: Vec<_> = newcomer.applicant.answers.iter().map(|answer| &*answer.text).collect();
    assert_eq!((answers, newcomer.lang), (vec!["Kött", "Vego", "3"], Lang::En));
    assert_eq!(planned[1].shown.notes[0].about, "Mat?: Sushi");
    assert_eq!(whats(&planned[2]), [What::BadAnswer]);
    // What has to be answered is asked on their own page.
    assert_eq!(planned[3].shown.verdict, Verdict::Make);
}

#[test]
fn a_hundred_thousand_cells_take_no_time() {
    let begun = std::time::Instant::now();
    let rows: Vec<FileRow> = (0..20_000)
        .map(|n| FileRow {
            number: n + 2,
            cells: texts(&[&format!("Person {n}"), &format!("p{n}@example.org"), "Örebro", "", ""]),
        })
        .collect();
    let planned = plan(&rows, &settings(&FOUR), standing(&[(Way::Digital, Some(100))]));
    assert_eq!(planned.iter().filter(|planned| planned.newcomer.is_some()).count(), 20_000);
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}
