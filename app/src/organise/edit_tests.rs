//! Changing questions, against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::edit_model::{Direction, Edit};
use super::edit_store::{Edited, edit, move_question, worded};
use super::model::NewQuestion;
use super::store::add_question;
use super::tests::{ACTOR, event, question, sign_up};
use crate::events::model::EventId;
use crate::signup::questions::{Answer, QuestionKind, SeenBy};
use sqlx::PgPool;

fn choices(options: &[&str]) -> NewQuestion {
    NewQuestion {
        kind: QuestionKind::Choices,
        options_sv: options.iter().map(|&option| option.into()).collect(),
        ..question("Mat?", SeenBy::Organisers)
    }
}

fn edit_to(question: NewQuestion, renamed: &[(&str, &str)]) -> Edit {
    let renamed = renamed.iter().map(|&(was, becomes)| (was.into(), becomes.into())).collect();
    Edit { question, renamed }
}

async fn added(pool: &PgPool, event: EventId, question: &NewQuestion) -> i64 {
    assert!(add_question(pool, ACTOR, event, question, 20).await.unwrap());
    worded(pool, event).await.unwrap().last().unwrap().id
}

async fn answered(pool: &PgPool, event: EventId, question: i64, who: &str, texts: &[&str]) {
    let answers = texts.iter().map(|&text| Answer { question, text: text.into() }).collect();
    sign_up(pool, event, who, answers).await;
}

async fn answers(pool: &PgPool) -> Vec<(String, String)> {
    sqlx::query_as(
        "select s.name, a.answer from sign_up_answers a join sign_ups s on s.id = a.sign_up_id
         order by s.name, a.answer",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}

fn told(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|&(who, answer)| (who.into(), answer.into())).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn answers_follow_new_words_and_stay_where_a_choice_goes(pool: PgPool) {
    let event = event(&pool, "e").await;
    let id = added(&pool, event, &choices(&["Kött", "Fisk", "Vego"])).await;
    answered(&pool, event, id, "a", &["Kött", "Fisk"]).await;
    answered(&pool, event, id, "b", &["Vego"]).await;
    assert_eq!(worded(&pool, event).await.unwrap()[0].answered, 2);
    // Two change their names with each other, for somebody who chose both; a third goes.
    let swapped = edit_to(choices(&["Fisk", "Kött"]), &[("Kött", "Fisk"), ("Fisk", "Kött")]);
    assert_eq!(edit(&pool, ACTOR, event, id, &swapped).await.unwrap(), Edited::Done);
    assert_eq!(answers(&pool).await, told(&[("a", "Fisk"), ("a", "Kött"), ("b", "Vego")]));
    let renamed = edit_to(choices(&["Lax", "Kött"]), &[("Fisk", "Lax")]);
    assert_eq!(edit(&pool, ACTOR, event, id, &renamed).await.unwrap(), Edited::Done);
    assert_eq!(answers(&pool).await, told(&[("a", "Kött"), ("a", "Lax"), ("b", "Vego")]));
    // To the words of one that went, which somebody has still: that is one answer then.
    let back = edit_to(choices(&["Vego", "Kött"]), &[("Lax", "Vego")]);
    assert_eq!(edit(&pool, ACTOR, event, id, &back).await.unwrap(), Edited::Done);
    assert_eq!(answers(&pool).await, told(&[("a", "Kött"), ("a", "Vego"), ("b", "Vego")]));
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_has_agreed_to_other_words_or_told_other_people(pool: PgPool) {
    let event = event(&pool, "e").await;
    let consent = NewQuestion {
        kind: QuestionKind::Consent,
        is_required: true,
        ..question("Jag får fotograferas", SeenBy::Organisers)
    };
    let id = added(&pool, event, &consent).await;
    let reworded = NewQuestion { label_sv: "Jag får filmas".into(), ..consent.clone() };
    let shown = NewQuestion { seen_by: SeenBy::Hosts, ..consent.clone() };
    let try_edit = async |question: &NewQuestion| {
        edit(&pool, ACTOR, event, id, &edit_to(question.clone(), &[])).await.unwrap()
    };
    // As long as nobody has answered, all of it can be changed, to and fro.
    for question in [&reworded, &shown, &consent] {
        assert_eq!(try_edit(question).await, Edited::Done);
    }
    answered(&pool, event, id, "a", &["yes"]).await;
    assert_eq!(try_edit(&reworded).await, Edited::Agreed);
    assert_eq!(try_edit(&shown).await, Edited::Promised);
    assert_eq!(worded(&pool, event).await.unwrap()[0].label_sv, consent.label_sv);
    assert_eq!(worded(&pool, event).await.unwrap()[0].seen_by, SeenBy::Organisers);
    assert_eq!(try_edit(&consent).await, Edited::Done);
}

#[sqlx::test(migrations = "../migrations")]
async fn another_events_question_or_another_kind_is_left_alone(pool: PgPool) {
    let (mine, other) = (event(&pool, "mine").await, event(&pool, "other").await);
    let id = added(&pool, other, &question("A", SeenBy::Hosts)).await;
    let changed = edit_to(question("B", SeenBy::Hosts), &[]);
    assert_eq!(edit(&pool, ACTOR, mine, id, &changed).await.unwrap(), Edited::Gone);
    let kind = edit_to(choices(&["A", "B"]), &[]);
    assert_eq!(edit(&pool, ACTOR, other, id, &kind).await.unwrap(), Edited::Gone);
    assert!(!move_question(&pool, ACTOR, mine, id, Direction::Up).await.unwrap());
    assert_eq!(worded(&pool, other).await.unwrap()[0].label_sv, "A");
    assert_eq!(edit(&pool, ACTOR, other, id, &changed).await.unwrap(), Edited::Done);
    assert_eq!(worded(&pool, other).await.unwrap()[0].label_sv, "B");
}

#[sqlx::test(migrations = "../migrations")]
async fn questions_change_places(pool: PgPool) {
    let event = event(&pool, "e").await;
    for label in ["A", "B", "C"] {
        added(&pool, event, &question(label, SeenBy::Hosts)).await;
    }
    let order = async || {
        let all = worded(&pool, event).await.unwrap();
        all.iter().map(|question| question.label_sv.clone()).collect::<String>()
    };
    let a = worded(&pool, event).await.unwrap()[0].id;
    let go = async |direction| move_question(&pool, ACTOR, event, a, direction).await.unwrap();
    assert!(!go(Direction::Up).await);
    assert!(go(Direction::Down).await && order().await == "BAC");
    assert!(go(Direction::Down).await && order().await == "BCA");
    assert!(!go(Direction::Down).await);
    // Two clicks at once are two steps.
    let both = futures::join!(go(Direction::Up), go(Direction::Up));
    assert!(both.0 && both.1 && order().await == "ABC");
}
