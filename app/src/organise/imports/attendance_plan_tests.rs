//! Who was there, held against who signed up.

use super::*;

fn guest(sign_up: i64, name: &str, status: Status) -> Guest {
    let email = Some(format!("p{sign_up}@example.org"));
    Guest { sign_up, name: name.into(), email, status, is_digital: true }
}

fn rows(rows: &[(&str, &str, u32)]) -> Vec<FileRow> {
    let row = |(number, (name, email, minutes)): (i32, &(&str, &str, u32))| FileRow {
        number,
        cells: vec![(*name).into(), (*email).into(), (minutes * 60).to_string()],
    };
    (5..).zip(rows).map(row).collect()
}

fn fates(noted: &[Noted]) -> Vec<(Verdict, Option<Status>, Option<i64>)> {
    noted.iter().map(|n| (n.shown.verdict, n.shown.status, n.change.map(|(id, _)| id))).collect()
}

const CAME: (Verdict, Option<Status>) = (Verdict::Change, Some(Status::Attended));

#[test]
fn by_address_and_by_name_with_minutes_added_up_and_the_rest_absent() {
    let guests = [
        guest(1, "Åsa Öberg", Status::Confirmed),
        guest(2, "Bo Ek", Status::NoShow),
        guest(3, "Cilla Dahl", Status::Confirmed),
        Guest { is_digital: false, ..guest(4, "Dan Ek", Status::Confirmed) },
        guest(5, "Eva Alm", Status::Waitlisted),
        guest(6, "Fia Alm", Status::Attended),
    ];
    let rows = rows(&[
        ("iPhone", "P1@example.org", 20),
        ("bo  EK (Umeå kommun)", "", 3),
        ("Asa", "p1@example.org", 5),
        ("Eva Alm", "", 40),
        ("Fia Alm", "", 40),
        ("Okänd Person", "nagon@example.com", 40),
    ]);
    let settings = Settings { absent: true, ..Settings::default() };
    let noted = plan(&rows, &settings, &guests);
    let same = (Verdict::Same, None, None);
    assert_eq!(
        fates(&noted),
        [
            (CAME.0, CAME.1, Some(1)),
            (CAME.0, CAME.1, Some(2)),
            (Verdict::Refuse, None, None),
            same,
            (Verdict::Refuse, None, None),
            (Verdict::Change, Some(Status::NoShow), Some(3)),
        ]
    );
    assert_eq!(noted[0].shown.notes[0], Note::numbered(What::Minutes, 25));
    let settings = Settings::default();
    assert_eq!(plan(&rows, &settings, &guests).len(), 5);
}

#[test]
fn who_was_there_too_briefly_is_not_counted_and_absent() {
    let guests = [guest(1, "Åsa Öberg", Status::Confirmed)];
    let rows = rows(&[("Åsa Öberg", "", 3)]);
    let settings = Settings { absent: true, least_minutes: 5, ..Settings::default() };
    let noted = plan(&rows, &settings, &guests);
    let absent = (Verdict::Change, Some(Status::NoShow), Some(1));
    assert_eq!(fates(&noted), [(Verdict::Same, None, None), absent]);
}

#[test]
fn who_it_may_be_is_asked_and_what_is_chosen_holds() {
    let guests = [
        guest(1, "Åsa Öberg", Status::Confirmed),
        guest(2, "Åsa Ek", Status::Confirmed),
        guest(3, "Bo Ek", Status::Confirmed),
        Guest { email: None, ..guest(4, "Bo Ek", Status::Confirmed) },
    ];
    let rows = rows(&[("Åsa Ö", "", 30), ("Bo Ek", "", 30), ("Bosse", "", 30)]);
    let mut settings = Settings::default();
    let noted = plan(&rows, &settings, &guests);
    let ids = |n: &Noted| n.shown.choices.iter().map(|choice| choice.id).collect::<Vec<_>>();
    assert_eq!((ids(&noted[0]), ids(&noted[1]), ids(&noted[2])), (vec![1, 2], vec![3, 4], vec![]));
    assert!(noted.iter().all(|noted| noted.change.is_none()));
    settings.matches = BTreeMap::from([(5, 1), (6, 0), (7, 999)]);
    let noted = plan(&rows, &settings, &guests);
    assert_eq!(noted[0].change, Some((1, Status::Confirmed)));
    assert_eq!(noted[1].shown.verdict, Verdict::Same);
    assert_eq!(noted[2].shown.verdict, Verdict::Refuse);
}

#[test]
fn one_who_came_under_two_names_is_noted_once() {
    let guests = [guest(1, "Åsa Öberg", Status::Confirmed)];
    let rows = rows(&[("Åsa Öberg", "", 4), ("Telefon", "p1@example.org", 4)]);
    let settings = Settings { least_minutes: 8, ..Settings::default() };
    let noted = plan(&rows, &settings, &guests);
    assert_eq!((noted[0].change, noted[1].change), (Some((1, Status::Confirmed)), None));
}
