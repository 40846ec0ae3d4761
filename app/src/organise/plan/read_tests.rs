use super::*;

fn sheet(fields: &[(&str, &str)]) -> Sheet {
    let mut sheet = Sheet::default();
    for (field, value) in [
        ("home", "3/4"),
        ("kind", "seminar"),
        ("title_sv", "T"),
        ("date", "2027-01-13"),
        ("starts", "08:00"),
        ("ends", "08:45"),
        ("time_zone", "Europe/Stockholm"),
        ("format", "digital"),
    ] {
        sheet.set(field, value);
    }
    for &(field, value) in fields {
        sheet.set(field, value);
    }
    sheet
}

fn wrong(fields: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let problems = read(&sheet(fields)).unwrap_err();
    problems.into_iter().map(|(field, problem)| (field, problem.as_str())).collect()
}

#[test]
fn a_wall_clock_of_its_zone_becomes_an_instant() {
    let edit = read(&sheet(&[("opens_at", "2027-01-01T08:00")])).unwrap();
    assert_eq!((edit.programme, edit.series), (3, Some(4)));
    assert_eq!(edit.starts_at, 1_799_823_600); // 2027-01-13T07:00:00Z
    assert_eq!(edit.ends_at - edit.starts_at, 45 * 60);
    assert_eq!(edit.opens_at, Some(1_798_786_800));
    assert_eq!(edit.seats, [(Way::Digital, None)]);
    let helsinki = read(&sheet(&[("time_zone", "Europe/Helsinki")])).unwrap();
    assert_eq!(edit.starts_at - helsinki.starts_at, 3_600);
}

#[test]
fn a_time_that_no_clock_shows_is_refused_and_one_shown_twice_is_the_first() {
    let spring = [("date", "2027-03-28"), ("starts", "02:30"), ("ends", "04:00")];
    assert_eq!(wrong(&spring), [("starts".to_owned(), "no_such_time")]);
    let opens = [("opens_at", "2026-03-29T02:00")];
    assert_eq!(wrong(&opens), [("opens_at".to_owned(), "no_such_time")]);
    let autumn = read(&sheet(&[("date", "2027-10-31"), ("starts", "02:30"), ("ends", "03:30")]));
    let autumn = autumn.unwrap();
    assert_eq!(autumn.ends_at - autumn.starts_at, 7_200, "from the first half past two");
    // The same clock, in a zone that has no such change that night.
    let mut elsewhere = spring.to_vec();
    elsewhere.push(("time_zone", "Atlantic/Reykjavik"));
    assert!(read(&sheet(&elsewhere)).is_ok());
}

#[test]
fn whole_days_end_at_the_midnight_after_the_last() {
    let days = [("time_kind", "all_day"), ("end_date", "2027-01-14"), ("starts", ""), ("ends", "")];
    let edit = read(&sheet(&days)).unwrap();
    assert_eq!(edit.ends_at - edit.starts_at, 2 * 86_400);
}

#[test]
fn everything_wrong_is_told_at_its_field() {
    let told = wrong(&[
        ("home", "x"),
        ("title_sv", ""),
        ("time_zone", "Mars/Olympus"),
        ("ends", "07:00"),
        ("format", "hybrid"),
        ("seats-digital", "många"),
        ("meeting_url", "http://zoom.us/j/1"),
        ("closes_at", "igår"),
        ("slots", "0\tX\t\n"),
        ("speakers", "Åsa\t\t\nÅsa\t\t\n"),
        ("materials", "\tlink\tX\tjavascript:alert(1)\t\t\tno\n"),
    ]);
    let fields: Vec<_> = told.iter().map(|(field, problem)| (field.as_str(), *problem)).collect();
    assert_eq!(
        fields,
        [
            ("home", "missing"),
            ("title_sv", "missing"),
            ("time_zone", "no_such_zone"),
            ("ends", "ends_before"),
            ("seats-digital", "not_seats"),
            ("meeting_url", "not_meeting_url"),
            ("closes_at", "not_a_time"),
            ("slots", "not_minutes"),
            ("speakers", "twice"),
            ("materials", "not_a_url"),
        ]
    );
    assert_eq!(wrong(&[("end_date", "2027-03-13")]), [("end_date".to_owned(), "lasts_too_long")]);
    assert_eq!(wrong(&[("date", "2027-02-30")]), [("date".to_owned(), "not_a_date")]);
    let closes = [("opens_at", "2027-01-02T08:00"), ("closes_at", "2027-01-01T08:00")];
    assert_eq!(wrong(&closes), [("closes_at".to_owned(), "closes_before")]);
}
