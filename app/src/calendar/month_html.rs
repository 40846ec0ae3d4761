//! The days of a month as HTML. Every text of the programme goes through [`push_escaped`].

use super::model::{CalendarData, CalendarQuery, Day, View};
use crate::events::model::{EventLine, Phase, Seats};
use crate::events::parts::state_class;
use crate::text::dates::WEEK;
use crate::text::{Lang, dates};
use crate::ui::html::{push_attribute, push_escaped};
use jiff::civil::Date;

/// The whole table. With a `stop` it is an ARIA grid.
#[must_use]
pub fn table(lang: Lang, data: &CalendarData, asked: &CalendarQuery, stop: Option<Date>) -> String {
    let words = lang.words();
    let mut html = String::with_capacity(16_000);
    html.push_str("<table class=\"month\" aria-labelledby=\"cal-title\"");
    if stop.is_some() {
        html.push_str(" role=\"grid\"");
    }
    html.push_str("><thead><tr><th scope=\"col\"><span aria-hidden=\"true\">");
    html.push_str(words.week_short);
    html.push_str("</span><span class=\"vh\">");
    html.push_str(words.week);
    html.push_str("</span></th>");
    for day in WEEK {
        html.push_str("<th scope=\"col\"><abbr");
        push_attribute(&mut html, "aria-label", dates::weekday(lang, day));
        html.push('>');
        html.push_str(dates::short_weekday(lang, day));
        html.push_str("</abbr></th>");
    }
    html.push_str("</tr></thead><tbody>");
    html.push_str(&weeks(lang, data, asked, stop));
    html.push_str("</tbody></table>");
    html
}

/// The rows of the month's table. With a `stop` they are the rows of an ARIA grid whose tab stop is there;
/// without, of a plain table whose links are all reached by Tab, for where no script runs.
#[must_use]
fn weeks(lang: Lang, data: &CalendarData, asked: &CalendarQuery, stop: Option<Date>) -> String {
    let mut html = String::with_capacity(12_000);
    for week in data.days.chunks(7) {
        html.push_str("<tr><th scope=\"row\">");
        if let Some(day) = week.first() {
            html.push_str(&day.date.iso_week_date().week().to_string());
        }
        html.push_str("</th>");
        for day in week {
            push_day(&mut html, lang, data, asked, day, stop);
        }
        html.push_str("</tr>");
    }
    html
}

fn push_day(
    html: &mut String,
    lang: Lang,
    data: &CalendarData,
    asked: &CalendarQuery,
    day: &Day,
    stop: Option<Date>,
) {
    let is_grid = stop.is_some();
    let date = day.date;
    let count = day.events.len() + usize::try_from(day.more).unwrap_or_default();
    let agenda = lang.href(&asked.on(View::Agenda, date).path());
    html.push_str(if is_grid { "<td role=\"gridcell\"" } else { "<td" });
    let when = if (date.year(), date.month()) != (data.date.year(), data.date.month()) {
        "out "
    } else if date < data.today {
        "gone "
    } else {
        ""
    };
    let how_many = ["", "n1", "n2", "n3", "n4", "n5"][count.min(5)];
    push_attribute(html, "class", &format!("{when}{how_many}"));
    if date == data.today {
        html.push_str(" aria-current=\"date\"");
    }
    html.push_str("><a class=\"d\"");
    push_attribute(html, "data-d", &crate::wire::date::write(date));
    push_attribute(html, "href", &agenda);
    push_attribute(html, "aria-label", &lang.day_with_count(date, count));
    if let Some(stop) = stop {
        html.push_str(if stop == date { " tabindex=\"0\"" } else { " tabindex=\"-1\"" });
    }
    html.push('>');
    html.push_str(&date.day().to_string());
    html.push_str("</a>");
    if count > 0 {
        html.push_str("<ul>");
        html.push_str(&events(lang, &day.events, date, is_grid));
        html.push_str("</ul>");
    }
    if day.more > 0 {
        html.push_str("<a class=\"more-day\"");
        push_attribute(html, "href", &agenda);
        push_attribute(html, "data-day", &crate::wire::date::write(date));
        push_attribute(html, "aria-label", &lang.more_on(day.more, date, false));
        if is_grid {
            html.push_str(" role=\"button\" aria-expanded=\"false\" tabindex=\"-1\"");
        }
        html.push('>');
        html.push_str(&lang.more(day.more));
        html.push_str("</a>");
    }
    html.push_str("</td>");
}

/// The events of one day, each a list item; in a grid, none is a tab stop.
#[must_use]
pub fn events(lang: Lang, events: &[EventLine], date: Date, is_grid: bool) -> String {
    let mut html = String::new();
    for line in events {
        push_event(&mut html, lang, line, date, is_grid);
    }
    html
}

/// The classes of an event's line.
#[must_use]
pub fn event_class(line: &EventLine, seats: &Seats, date: Date) -> String {
    let (first, last) = (line.when.first_day(), line.when.last_day());
    let part = match (first == last, date == first, date == last) {
        (true, ..) => "",
        (_, true, _) => " is-long first",
        (_, _, true) => " is-long last",
        _ => " is-long",
    };
    format!("ev {}{part}", state_class(line.phase, seats))
}

/// What the classes say, for those who don't see them: `, Fullt`.
#[must_use]
pub fn event_state(lang: Lang, line: &EventLine, seats: &Seats) -> String {
    let words = lang.words();
    match line.phase {
        Phase::Preliminary => format!(", {}", words.preliminary),
        Phase::Open if seats.is_full() => format!(", {}", words.full),
        _ => String::new(),
    }
}

fn push_event(html: &mut String, lang: Lang, line: &EventLine, date: Date, is_grid: bool) {
    let words = lang.words();
    let continues = date != line.when.first_day();
    html.push_str(if is_grid { "<li><a tabindex=\"-1\"" } else { "<li><a" });
    push_attribute(html, "class", &event_class(line, &line.seats, date));
    push_attribute(html, "data-event", &line.id.0.to_string());
    push_attribute(html, "href", &lang.href(&format!("/events/{}", line.slug)));
    html.push('>');
    if line.phase == Phase::Cancelled {
        html.push_str("<em>");
        html.push_str(words.cancelled);
        html.push_str("</em> ");
    }
    let clock = if line.when.has_clock() {
        Some(dates::clock(line.when.starts.time()))
    } else {
        line.when.time_known.then(|| words.all_day.to_owned())
    };
    if let Some(clock) = clock.filter(|_| !continues) {
        html.push_str("<time>");
        html.push_str(&clock);
        html.push_str("</time> ");
    }
    if continues {
        html.push_str("<span class=\"vh\">");
        push_escaped(html, &line.title);
        html.push_str(", ");
        html.push_str(words.continues);
        html.push_str("</span>");
    } else {
        push_escaped(html, &line.title);
    }
    let state = event_state(lang, line, &line.seats);
    if !state.is_empty() {
        html.push_str("<span class=\"vh st\">");
        html.push_str(&state);
        html.push_str("</span>");
    }
    html.push_str("</a></li>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::model::Days;
    use crate::events::model::{EventId, Format, Kind, Way, WaySeats, When};
    use jiff::civil::date;

    fn line(title: &str) -> EventLine {
        let day = date(2026, 11, 25);
        EventLine {
            id: EventId(7),
            slug: "a".into(),
            title: title.into(),
            when: When {
                starts: day.at(8, 0, 0, 0),
                ends: day.at(8, 45, 0, 0),
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
                    capacity: Some(1),
                    confirmed: 1,
                    waitlisted: 0,
                }],
                version: 1,
            },
            version: 0,
        }
    }

    #[test]
    fn a_title_is_text_whatever_is_in_it() {
        let html =
            events(Lang::Sv, &[line("<script>alert('x')</script>")], date(2026, 11, 25), false);
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
    }

    #[test]
    fn a_state_is_said_in_shape_and_word() {
        let html = events(Lang::Sv, &[line("A")], date(2026, 11, 25), false);
        assert!(html.contains("class=\"ev is-full\"") && html.contains(", Fullt</span>"), "{html}");
    }

    #[test]
    fn every_day_says_its_whole_date() {
        let today = date(2026, 11, 21);
        let days = Days::of(View::Month, today);
        let data = CalendarData {
            view: View::Month,
            date: today,
            today,
            days: days.iter().map(|date| Day { date, events: vec![], more: 0 }).collect(),
            total: 0,
            facets: vec![],
            months: vec![],
            earlier: None,
            later: None,
        };
        let html = weeks(Lang::En, &data, &CalendarQuery::default(), None);
        assert_eq!(html.matches("<td").count(), 42);
        assert_eq!(html.matches("aria-current=\"date\"").count(), 1);
        assert!(html.contains("aria-label=\"Saturday 21 November 2026\""));
        assert!(!html.contains("role=") && !html.contains("tabindex="));

        let grid = weeks(Lang::En, &data, &CalendarQuery::default(), Some(today));
        assert_eq!(grid.matches("<td role=\"gridcell\"").count(), 42);
        assert_eq!(grid.matches("tabindex=\"0\"").count(), 1);
        assert_eq!(grid.matches("tabindex=\"-1\"").count(), 41);
    }
}
