//! An organiser's questions and what is answered, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::model::Applicant;
use super::own_store::{cancel, own};
use super::question_store::{answer, asked, questions};
use super::questions::{Answer, QuestionKind};
use super::tests::{NOW, applicant, desk, event};
use crate::events::model::EventId;
use crate::text::Lang;
use sqlx::PgPool;

async fn asked_for(pool: &PgPool, event: EventId) -> Vec<i64> {
    sqlx::query_scalar(
        "insert into event_questions (event_id, position, kind, label_sv, label_en, is_required, options_sv, options_en)
         values ($1, 1, 'text', 'Varför?', 'Why?', true, '{}', '{}'),
             ($1, 2, 'choices', 'Mat', null, false, '{Kött,Fisk}', '{Meat,Fish}') returning id",
    )
    .bind(event.0)
    .fetch_all(pool)
    .await
    .unwrap()
}

fn answers(given: &[(i64, &str)]) -> Vec<Answer> {
    given.iter().map(|&(question, text)| Answer { question, text: text.into() }).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn answers_come_with_the_sign_up_and_can_be_changed(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(9))]).await;
    let ids = asked_for(&pool, event).await;
    let given = answers(&[(ids[0], "Åh\nja"), (ids[1], "Fisk"), (ids[1], "Kött")]);
    let who = Applicant { answers: given.clone(), ..applicant("a") };
    let token = desk(&pool).sign_up(event, who, Lang::Sv).await.unwrap().token.unwrap();
    let seen = own(&pool, Lang::En, &token, NOW).await.unwrap().unwrap();
    assert_eq!(seen.answers, given);
    assert_eq!(
        (seen.questions[0].label.as_str(), seen.questions[1].label.as_str()),
        ("Why?", "Mat")
    );
    assert_eq!(seen.questions[1].choices[1].text, "Fish");
    assert_eq!(seen.questions[1].kind, QuestionKind::Choices);

    let sign_up = asked(&pool, &token, NOW).await.unwrap().unwrap();
    assert!(sign_up.is_open && sign_up.event == event);
    let changed = answers(&[(ids[0], "Nej")]);
    let twice = futures::join!(
        answer(&pool, sign_up.sign_up, &changed),
        answer(&pool, sign_up.sign_up, &changed)
    );
    assert!(twice.0.is_ok() && twice.1.is_ok());
    assert_eq!(own(&pool, Lang::Sv, &token, NOW).await.unwrap().unwrap().answers, changed);
    cancel(&pool, &token, None, NOW).await.unwrap();
    assert!(!asked(&pool, &token, NOW).await.unwrap().unwrap().is_open);
    assert!(asked(&pool, "a\0b", NOW).await.unwrap().is_none());
}

#[sqlx::test(migrations = "../migrations")]
async fn another_events_question_is_not_answered(pool: PgPool) {
    let mine = event(&pool, &[("digital", Some(9))]).await;
    let other = event(&pool, &[("digital", Some(9))]).await;
    let ids = asked_for(&pool, other).await;
    let who = Applicant { answers: answers(&[(ids[0], "x"), (999, "y")]), ..applicant("a") };
    let token = desk(&pool).sign_up(mine, who, Lang::Sv).await.unwrap().token.unwrap();
    let kept: i64 =
        sqlx::query_scalar("select count(*) from sign_up_answers").fetch_one(&pool).await.unwrap();
    assert_eq!(kept, 0);
    let seen = own(&pool, Lang::Sv, &token, NOW).await.unwrap().unwrap();
    assert!(seen.questions.is_empty());
    assert_eq!(questions(&pool, Lang::Sv, other).await.unwrap().len(), 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_question_changes_the_event(pool: PgPool) {
    let event = event(&pool, &[("digital", Some(9))]).await;
    let version = async || -> i64 {
        sqlx::query_scalar("select version from events").fetch_one(&pool).await.unwrap()
    };
    let before = version().await;
    asked_for(&pool, event).await;
    assert!(version().await > before, "open and kept pages have to be told");
}
