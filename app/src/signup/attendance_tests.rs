//! Who was there, said of many at once and undone, against a real Postgres.

use super::attendance_store::note_attendance;
use super::deed_store::{Doing, undo};
use super::deeds::{DeedKind, NotDone};
use super::recent_store::recent;
use super::store::Locking;
use super::tests::{NOW, applicant, counted, desk, event, mails, status_of};
use crate::account::model::PersonId;
use crate::text::Lang;
use sqlx::PgPool;

#[sqlx::test(migrations = "../migrations")]
async fn once_it_has_begun_those_chosen_were_there_or_not_and_back_again(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(3))]).await;
    let organiser = sqlx::query_scalar("insert into people (name) values ('O') returning id");
    let actor = PersonId(organiser.fetch_one(&pool).await.unwrap());
    let mut ids: Vec<i64> = Vec::new();
    for name in ["a", "b", "c", "d"] {
        desk(&pool).sign_up(event, applicant(name), Lang::Sv).await.unwrap();
        let id = sqlx::query_scalar("select max(id) from sign_ups");
        ids.push(id.fetch_one(&pool).await.unwrap());
    }
    let (mailed, before) = (mails(&pool, "confirmed").await, counted(&pool, event).await);
    let doing = Doing { event, actor, now: NOW + 1, locking: Locking::Held };
    let early = note_attendance(&pool, doing, &ids, true).await.unwrap();
    assert_eq!(early, Err(NotDone::NotBegun));
    let begins: i64 =
        sqlx::query_scalar("select extract(epoch from ends_at)::bigint from events where id = $1")
            .bind(event.0)
            .fetch_one(&pool)
            .await
            .unwrap();
    // It is over, and can be undone all the same.
    let doing = Doing { now: begins + 60, ..doing };
    assert_eq!(note_attendance(&pool, doing, &ids[..1], true).await.unwrap(), Ok(1));
    // The rest: neither who was there nor who stands in line.
    assert_eq!(note_attendance(&pool, doing, &ids, false).await.unwrap(), Ok(2));
    assert_eq!(note_attendance(&pool, doing, &ids, false).await.unwrap(), Ok(0), "twice is once");
    let status = async |name| status_of(&pool, name).await;
    assert_eq!(
        [status("a").await, status("b").await, status("d").await],
        ["attended", "no_show", "waitlisted"]
    );
    let deeds = recent(&pool, Lang::Sv, event, doing.now).await.unwrap();
    assert_eq!(
        deeds.iter().map(|deed| (deed.kind, deed.people)).collect::<Vec<_>>(),
        [(DeedKind::NoShow, 2), (DeedKind::Attended, 1)]
    );
    assert_eq!(undo(&pool, doing, deeds[0].id).await.unwrap(), Ok(2));
    assert_eq!(status("b").await, "confirmed");
    // Somebody who came after all.
    assert_eq!(note_attendance(&pool, doing, &ids[1..2], false).await.unwrap(), Ok(1));
    let later = Doing { now: doing.now + 5, ..doing };
    assert_eq!(note_attendance(&pool, later, &ids[1..2], true).await.unwrap(), Ok(1));
    assert_eq!(status("b").await, "attended");
    let newest = recent(&pool, Lang::Sv, event, later.now).await.unwrap();
    assert_eq!(undo(&pool, later, newest[1].id).await.unwrap(), Err(NotDone::Changed));
    assert_eq!((mails(&pool, "confirmed").await, counted(&pool, event).await), (mailed, before));
    let told: i64 = sqlx::query_scalar(
        "select count(*) from sign_up_history where sign_up_id = $1 and actor_id = $2",
    )
    .bind(ids[1])
    .bind(actor.0)
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(told, 4);
}
