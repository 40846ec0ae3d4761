//! A series against a real Postgres.

use super::merge::fingerprints;
use super::model::{List, PlanProblem};
use super::save_store::{Form, Saved, save};
use super::series_store::{make, publish};
use super::tests::{Desk, NOW};
use crate::events::model::{Slug, State};
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn a_series_from_a_pattern_and_a_change_for_the_later_stops(pool: PgPool) {
    let desk = Desk::new(pool).await;
    let template = desk.sheet(&[
        ("title_sv", "Timmen #"),
        ("series_title_sv", "Timmen"),
        ("series_kind", "tour"),
        ("slots", "25\tPresentation\t\n15\tFrågor\t\n"),
    ]);
    let stops =
        ["2027-05-05", "2027-05-12", "2027-05-19", "2027-05-26"].map(|day| day.parse().unwrap());
    let made = make(&desk.pool, &desk.viewer, &template, &stops).await.unwrap();
    assert_eq!(made, Ok("timmen".to_owned()));
    assert_eq!(desk.number("select count(*) from events where state = 'draft'").await, 4);
    assert_eq!(desk.number("select count(*) from slots").await, 8);
    let id = async |slug: &str| desk.id(&Slug::parse(slug).unwrap()).await;
    let (first, second, third, fourth) =
        (id("timmen-1").await, id("timmen-2").await, id("timmen-3").await, id("timmen-4").await);
    // Somebody has changed the third by hand, and the fourth has people.
    desk.save(third, &desk.saved(third).await, &[("starts", "13:00"), ("ends", "14:00")]).await;
    desk.state(fourth, State::Published, None).await;
    desk.sign_up(fourth).await;

    let shown = desk.saved(second).await;
    let mut mine = shown.clone();
    mine.set("starts", "08:15");
    mine.set("slots", "20\tPresentation\t\n10\tSamtal\t\n");
    mine.set("title_sv", "Timmen 2: gästspel");
    let base = fingerprints(&shown);
    let form =
        Form { mine: &mine, base: &base, asked: &|_| false, chosen: &|_| None, also_later: true };
    let saved = save(&desk.pool, &desk.viewer, second, form, NOW).await.unwrap();
    assert_eq!(saved, Saved::Done { tells: false, beyond: 0, later: 2 });
    let of = async |event| {
        let sheet = desk.saved(event).await;
        (
            sheet.get("starts").to_owned(),
            sheet.rows(List::Slots).len(),
            sheet.get("title_sv").to_owned(),
        )
    };
    assert_eq!(of(first).await.0, "08:00", "what has been before stays");
    assert_eq!(of(third).await, ("13:00".to_owned(), 2, "Timmen 3".to_owned()));
    assert_eq!(desk.saved(third).await.get("slots"), mine.get("slots"));
    assert_eq!(of(fourth).await, ("08:15".to_owned(), 2, "Timmen 4".to_owned()));
    assert_eq!(desk.mails().await, ["changed"]);

    // More stops of the same series go on counting.
    let more =
        desk.sheet(&[("title_sv", "Timmen #"), ("home", desk.saved(first).await.get("home"))]);
    let stops = ["2027-06-02".parse().unwrap()];
    assert_eq!(
        make(&desk.pool, &desk.viewer, &more, &stops).await.unwrap(),
        Ok("timmen".to_owned())
    );
    id("timmen-5").await;
    // All or nothing: one that cannot be leaves none behind.
    let events = desk.number("select count(*) from events").await;
    let night = desk.sheet(&[
        ("title_sv", "Natt #"),
        ("series_title_sv", "Natt"),
        ("starts", "02:30"),
        ("ends", "03:30"),
    ]);
    let stops = ["2027-03-27", "2027-03-28"].map(|day| day.parse().unwrap());
    let made = make(&desk.pool, &desk.viewer, &night, &stops).await.unwrap();
    assert_eq!(made, Err(vec![("starts".to_owned(), PlanProblem::NoSuchTime)]));
    assert_eq!(desk.number("select count(*) from events").await, events);
    assert_eq!(desk.number("select count(*) from series").await, 1);

    let published = publish(&desk.pool, &desk.viewer, "timmen", NOW).await.unwrap();
    assert_eq!(published, Some((4, 0)));
}
