//! Every kind in both languages, and what people put into names and titles.

use super::*;
use crate::events::model::{EventId, Format, Kind, Phase, Seats, When};
use jiff::civil::datetime;

fn event(title: &str) -> EventLine {
    EventLine {
        id: EventId(1),
        slug: "a".into(),
        title: title.into(),
        when: When {
            starts: datetime(2031, 5, 14, 9, 0, 0, 0),
            ends: datetime(2031, 5, 14, 10, 0, 0, 0),
            all_day: false,
            time_known: true,
        },
        kind: Kind::Seminar,
        format: Some(Format::Digital),
        place: Some("Zoom".into()),
        series: None,
        phase: Phase::Open,
        seats: Seats { ways: Vec::new(), version: 0 },
        version: 0,
    }
}

fn mail(lang: Lang, kind: MailKind, title: &str, name: Option<&str>) -> Mail {
    let event = event(title);
    let subject =
        kind.is_about_event().then_some(Subject { event: &event, zone: "Europe/Stockholm" });
    let wish = match kind {
        MailKind::Opened => Some(None),
        MailKind::Reminder => Some(Some(Wish::Hour)),
        MailKind::Recording => Some(Some(Wish::Recording)),
        _ => None,
    };
    let stop = wish.map(|wish| Stop { wish, link: "https://x.se/unsubscribe/t".into() });
    write(lang, kind, subject, name, "https://x.se/a?b&c".into(), stop, "https://x.se")
}

#[test]
fn every_kind_tells_event_time_place_and_link_in_both_languages() {
    for &kind in MailKind::ALL {
        let (sv, en) = (
            mail(Lang::Sv, kind, "Att våga", Some("Åsa")),
            mail(Lang::En, kind, "Att våga", Some("Åsa")),
        );
        assert_ne!(sv.subject, en.subject, "{kind:?}");
        for mail in [&sv, &en] {
            let (text, html) = (mail.text(), mail.html());
            assert!(text.contains("https://x.se/a?b&c\n"), "{text}");
            assert!(html.contains("href=\"https://x.se/a?b&amp;c\""), "{html}");
            for part in [mail.hello.as_str(), mail.what, mail.then] {
                let shown = crate::ui::html::escape(part);
                assert!(text.contains(part) && html.contains(&shown), "{kind:?}: {part}");
            }
            if kind.is_about_event() {
                assert!(mail.subject.ends_with(": Att våga"), "{}", mail.subject);
                assert!(text.contains("Att våga\n") && text.contains("2031 09:00–10:00\n"));
                assert!(html.contains(">Att våga<") && html.contains("2031 09:00–10:00<br>"));
            }
            assert!(!html.contains("<img") && !html.contains("url("));
        }
        assert!(sv.text().contains("Hej Åsa!") && en.text().contains("Hello Åsa,"));
    }
}

#[test]
fn what_can_be_stopped_says_why_it_comes_and_where_it_is_stopped() {
    for (kind, why) in [
        (MailKind::Opened, "you asked us to tell you"),
        (MailKind::Reminder, "reminded an hour before"),
        (MailKind::Recording, "mail about recordings"),
    ] {
        let mail = mail(Lang::En, kind, "A", None);
        assert!(mail.text().contains("\nhttps://x.se/unsubscribe/t\n"), "{kind:?}");
        assert!(mail.text().contains(why) && mail.html().contains(why), "{kind:?}");
        assert!(mail.html().contains("href=\"https://x.se/unsubscribe/t\""), "{kind:?}");
    }
    assert!(!mail(Lang::En, MailKind::Confirmed, "A", None).text().contains("unsubscribe"));
}

#[test]
fn what_people_write_is_text_and_never_a_tag_or_a_line_of_its_own() {
    let mail = mail(
        Lang::Sv,
        MailKind::Confirmed,
        "<b>Möte</b>\r\nBcc: x@y.se",
        Some("O'Hara\n\"<script>"),
    );
    assert_eq!(mail.subject, "Du är anmäld: <b>Möte</b> Bcc: x@y.se");
    assert_eq!(mail.hello, "Hej O'Hara \"<script>!");
    let html = mail.html();
    assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
}

#[test]
fn another_zone_is_named() {
    let event = event("A");
    let facts = facts(Lang::En, Subject { event: &event, zone: "Europe/Helsinki" });
    assert_eq!(facts, ["Wednesday 14 May 2031 09:00–10:00 (Europe/Helsinki)", "Online in Zoom"]);
}
