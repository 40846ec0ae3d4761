use super::*;
use crate::events::model::{EventId, Phase, Seats, Way, WaySeats, When};
use jiff::civil::date;
use std::collections::HashMap;

fn query(text: &[(&str, &str)]) -> CalendarQuery {
    let map: HashMap<_, _> = text.iter().copied().collect();
    CalendarQuery::parse(|key| map.get(key).map(|value| (*value).to_owned()))
}

fn event(id: i64, day: Date, hour: i8) -> EventLine {
    EventLine {
        id: EventId(id),
        slug: format!("e{id}"),
        title: format!("Event {id}"),
        when: When {
            starts: day.at(hour, 0, 0, 0),
            ends: day.at(hour, 45, 0, 0),
            all_day: false,
            time_known: true,
        },
        kind: Kind::Seminar,
        format: Some(Format::Digital),
        place: None,
        series: None,
        phase: Phase::Open,
        seats: Seats {
            ways: vec![WaySeats {
                way: Way::Digital,
                capacity: Some(2),
                confirmed: 1,
                waitlisted: 0,
            }],
            version: 1,
        },
        version: 0,
    }
}

fn listed(id: i64, theme: &str, kind: Kind) -> Listed {
    Listed {
        line: EventLine { kind, ..event(id, date(2027, 1, 15), 8) },
        traits: Traits {
            programme: ("p".into(), "P".into()),
            themes: vec![(theme.into(), theme.to_uppercase())],
            languages: vec![SpokenLanguage::Swedish],
            ..Traits::default()
        },
    }
}

#[test]
fn an_address_is_read_and_written_back() {
    let asked = query(&[
        ("view", "month"),
        ("date", "2027-01-15"),
        ("kind", "workshop"),
        ("municipality", "0180"),
        ("places", "1"),
        ("q", " möte & å "),
    ]);
    assert_eq!(
        asked.path(),
        "/calendar?view=month&date=2027-01-15&kind=workshop&municipality=0180&places=1&q=m%C3%B6te+%26+%C3%A5"
    );
}

#[test]
fn nonsense_counts_as_not_there() {
    for bad in [
        "2027-02-30",
        "0000-01-01",
        "9999-12-31",
        "27-1-1",
        "2027-01-15x",
        "2027-13-01",
        "",
        "2027-01-01-01",
        "-027-01-01",
        "２０２７-01-01",
    ] {
        assert_eq!(query(&[("date", bad)]).date, None, "{bad}");
    }
    assert_eq!(
        query(&[("view", "year"), ("kind", "'; drop table"), ("theme", "<b>")]),
        CalendarQuery::default()
    );
    assert_eq!(query(&[("q", "\u{0}\n  ")]).filter.text, None);
    assert_eq!(
        query(&[("q", &"å".repeat(5_000))]).filter.text.map(|text| text.chars().count()),
        Some(100)
    );
}

#[test]
fn what_did_not_come_through_an_address_is_tidied() {
    let loose = CalendarQuery {
        date: Some(date(9_999, 12, 31)),
        filter: Filter {
            text: Some("a\u{0}b ".into()),
            theme: Some("'; --".into()),
            ..Filter::default()
        },
        ..CalendarQuery::default()
    };
    let tidy = loose.tidy();
    assert_eq!(
        (tidy.date, tidy.filter.text.as_deref(), tidy.filter.theme),
        (None, Some("ab"), None)
    );
}

#[test]
fn a_month_can_be_jumped_to() {
    assert_eq!(query(&[("date", "2023-09")]).date, Some(date(2023, 9, 1)));
}

#[test]
fn a_month_is_whole_weeks() {
    let days = Days::of(View::Month, date(2026, 11, 21));
    assert_eq!((days.first, days.last), (date(2026, 10, 26), date(2026, 12, 6)));
    // February 2027 begins on a Monday and has 28 days: four weeks.
    let days = Days::of(View::Month, date(2027, 2, 10));
    assert_eq!((days.first, days.last), (date(2027, 2, 1), date(2027, 2, 28)));
    assert_eq!(days.iter().count(), 28);
}

#[test]
fn weeks_begin_on_monday_at_new_year_too() {
    let days = Days::of(View::Week, date(2027, 1, 1));
    assert_eq!((days.first, days.last), (date(2026, 12, 28), date(2027, 1, 3)));
}

#[test]
fn stepping_through_months_never_skips_one() {
    assert_eq!(step(View::Month, date(2027, 1, 31), 1), date(2027, 2, 1));
    assert_eq!(step(View::Month, date(2027, 3, 31), -1), date(2027, 2, 1));
    assert_eq!(step(View::Week, date(2026, 12, 30), 1), date(2027, 1, 6));
}

#[test]
fn days_and_months_are_added_as_calendars_do() {
    assert_eq!(add_days(date(2027, 2, 27), 3), date(2027, 3, 2));
    assert_eq!(add_days(date(2027, 1, 2), -3), date(2026, 12, 30));
    assert_eq!(add_months(date(2027, 1, 31), 1), date(2027, 2, 28));
    assert_eq!(add_months(date(2028, 2, 29), -12), date(2027, 2, 28));
    assert_eq!(add_months(date(2026, 11, 15), 2), date(2027, 1, 15));
}

#[test]
fn a_crowded_day_says_how_many_more() {
    let day = date(2027, 1, 15);
    let range = Days::of(View::Month, day);
    let crowd: Vec<_> = (0..9).map(|n| event(n, day, 8)).collect();
    let on = |days: &[Day]| days.iter().find(|d| d.date == day).map(|d| (d.events.len(), d.more));
    assert_eq!(on(&lay_out(View::Month, range, &crowd)), Some((2, 7)));
    assert_eq!(on(&lay_out(View::Month, range, &crowd[..8])), Some((3, 5)));
    // "+1 more" would take as much room as the event itself.
    assert_eq!(on(&lay_out(View::Month, range, &crowd[..4])), Some((4, 0)));
    assert_eq!(on(&lay_out(View::Week, Days::of(View::Week, day), &crowd)), Some((9, 0)));
}

#[test]
fn an_event_of_several_days_stands_on_each() {
    let mut long = event(1, date(2027, 1, 30), 9);
    long.when.ends = date(2027, 2, 2).at(16, 0, 0, 0);
    let days = lay_out(View::Agenda, Days::of(View::Agenda, date(2027, 2, 1)), &[long]);
    assert_eq!(
        days.iter().map(|day| day.date).collect::<Vec<_>>(),
        [date(2027, 2, 1), date(2027, 2, 2)]
    );
}

#[test]
fn each_figure_is_what_one_gets_by_choosing_it() {
    let events = [
        listed(1, "a", Kind::Workshop),
        listed(2, "a", Kind::Course),
        listed(3, "b", Kind::Workshop),
    ];
    let filter = Filter { kind: Some(Kind::Workshop), ..Filter::default() };
    for facet in facets(&events, &filter) {
        for choice in facet.choices {
            let chosen = filter.with(facet.dimension, Some(&choice.key));
            let count = events.iter().filter(|event| event.passes(&chosen)).count();
            assert_eq!(
                usize::try_from(choice.count).unwrap(),
                count,
                "{:?} {}",
                facet.dimension,
                choice.key
            );
        }
    }
}

#[test]
fn a_choice_without_events_can_be_taken_back() {
    let filter = Filter { theme: Some("zzz".into()), ..Filter::default() };
    let themes = facets(&[listed(1, "a", Kind::Course)], &filter)
        .into_iter()
        .find(|facet| facet.dimension == Dimension::Theme)
        .unwrap();
    assert!(themes.choices.iter().any(|choice| choice.key == "zzz" && choice.count == 0));
}

#[test]
fn places_left_means_open_and_not_full() {
    let mut line = event(1, date(2027, 1, 15), 8);
    assert!(has_places(&line));
    line.seats.ways[0].confirmed = 2;
    assert!(!has_places(&line));
    line.seats.ways[0].confirmed = 0;
    line.phase = Phase::Past;
    assert!(!has_places(&line));
}
