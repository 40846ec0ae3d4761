//! Passkeys and their ceremonies against a real Postgres, with a clock that the tests set. What an
//! authenticator says is checked by the library; end2end/tests/passkey.spec.js has one that speaks.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use super::super::model::PersonId;
use super::super::secret;
use super::super::store::{NewSession, viewer};
use super::ceremony_store::{Purpose, begin, take};
use super::model::{CEREMONY_LASTS, MOST, NotDone, PasskeyId};
use super::relying_party::RelyingParty;
use super::store::{Named, add, known, list, remove, rename, sign_in};
use crate::text::Lang;
use futures::future::join_all;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PasskeyRegistration};

/// 2027-01-01 08:00 UTC
const NOW: i64 = 1_798_790_400;

fn party() -> RelyingParty {
    RelyingParty::of("https://stafett.se", false).unwrap()
}

fn handle() -> String {
    secret::new().unwrap()
}

async fn person(pool: &PgPool, email: &str) -> PersonId {
    let id = sqlx::query_scalar(
        "insert into people (name, email, email_key) values ('Åsa', $1, $1) returning id",
    )
    .bind(email)
    .fetch_one(pool)
    .await
    .unwrap();
    PersonId(id)
}

/// A passkey as the library keeps it, with this id and count.
fn passkey(id: &str, counter: u32) -> Passkey {
    let zeros = "A".repeat(43);
    serde_json::from_value(json!({ "cred": {
        "cred_id": id, "counter": counter, "user_verified": true,
        "cred": { "type_": "ES256", "key": { "EC_EC2": { "curve": "SECP256R1", "x": zeros, "y": zeros } } },
        "transports": null, "backup_eligible": false, "backup_state": false,
        "registration_policy": "required", "extensions": {},
        "attestation": { "data": "None", "metadata": "None" }, "attestation_format": "none"
    }}))
    .unwrap()
}

async fn added(pool: &PgPool, person: PersonId, id: &str) -> PasskeyId {
    add(pool, person, &passkey(id, 1), "Chrome, Android", Lang::Sv, NOW).await.unwrap().unwrap()
}

/// What authenticators know somebody by.
async fn user(pool: &PgPool, person: PersonId) -> Uuid {
    known(pool, person).await.unwrap().unwrap().0
}

/// Signs in with a passkey of which the answer `holds`.
async fn enter(
    pool: &PgPool,
    user: Uuid,
    credential: &[u8],
    holds: impl FnOnce(&mut Passkey) -> Result<(), NotDone> + Send,
) -> Result<String, NotDone> {
    let token = secret::new().unwrap();
    let session = NewSession { token: &token, device: "", instead_of: None };
    let named = Named { user, credential };
    sign_in(pool, named, &session, NOW + 60, holds).await.unwrap().map(|_| token)
}

async fn texts(pool: &PgPool, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(pool).await.unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_ceremony_is_answered_once_and_by_whoever_has_its_handle(pool: PgPool) {
    let (_, state) = party().begin_sign_in().unwrap();
    let handle = handle();
    begin(&pool, &handle, Purpose::SignIn, &state, NOW).await.unwrap();
    let mine = async |handle: &str| {
        take::<DiscoverableAuthentication>(&pool, handle, Purpose::SignIn, NOW).await.unwrap()
    };
    for other in ["", "x", "' or true --", &secret::new().unwrap(), &"a".repeat(5_000)] {
        assert!(mine(other).await.is_none(), "{other:?}");
    }
    let tries = join_all((0..8).map(|_| mine(&handle))).await;
    assert_eq!(tries.iter().flatten().count(), 1, "of many at once");
    assert!(mine(&handle).await.is_none());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_ceremony_lasts_five_minutes_and_is_then_forgotten(pool: PgPool) {
    let (_, state) = party().begin_sign_in().unwrap();
    for (after, is_good) in [(CEREMONY_LASTS - 1, true), (CEREMONY_LASTS, false)] {
        let handle = handle();
        begin(&pool, &handle, Purpose::SignIn, &state, NOW).await.unwrap();
        let taken =
            take::<DiscoverableAuthentication>(&pool, &handle, Purpose::SignIn, NOW + after).await;
        assert_eq!(taken.unwrap().is_some(), is_good, "after {after} s");
    }
    begin(&pool, &handle(), Purpose::SignIn, &state, NOW + CEREMONY_LASTS).await.unwrap();
    let left = texts(&pool, "select kind from passkey_ceremonies").await;
    assert_eq!(left.len(), 1, "what is over is taken away by the next");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_ceremony_is_good_for_what_it_was_begun_for_and_for_whom(pool: PgPool) {
    let (one, other) = (person(&pool, "a@example.org").await, person(&pool, "b@example.org").await);
    let owner = super::relying_party::Owner { user: Uuid::new_v4(), email: "a", name: "b" };
    let (_, state) = party().begin_adding(owner, Vec::new()).unwrap();
    let handle = handle();
    begin(&pool, &handle, Purpose::Add(one), &state, NOW).await.unwrap();
    for purpose in [Purpose::SignIn, Purpose::Add(other)] {
        let taken = take::<PasskeyRegistration>(&pool, &handle, purpose, NOW).await.unwrap();
        assert!(taken.is_none(), "{purpose:?}");
    }
    let taken = take::<PasskeyRegistration>(&pool, &handle, Purpose::Add(one), NOW).await.unwrap();
    assert!(taken.is_some());
}

#[sqlx::test(migrations = "../migrations")]
async fn no_handle_can_be_read_from_the_table(pool: PgPool) {
    let (_, state) = party().begin_sign_in().unwrap();
    let handle = handle();
    begin(&pool, &handle, Purpose::SignIn, &state, NOW).await.unwrap();
    let rows = texts(&pool, "select c::text from passkey_ceremonies c").await;
    assert!(rows[0].len() > 100 && !rows[0].contains(&handle), "{rows:?}");
}

#[test]
fn an_authenticator_is_asked_for_a_passkey_that_is_found_by_itself_and_proves_its_owner() {
    let owner = super::relying_party::Owner { user: Uuid::new_v4(), email: "a", name: "b" };
    let known = vec![vec![1, 2, 3].into()];
    let (question, _) = party().begin_adding(owner, known).unwrap();
    let question = serde_json::to_value(question).unwrap();
    let options = &question["publicKey"];
    assert_eq!(options["rp"]["id"], "stafett.se");
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["requireResidentKey"], true);
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["excludeCredentials"][0]["id"], "AQID");
    let (question, _) = party().begin_sign_in().unwrap();
    let question = serde_json::to_value(question).unwrap();
    assert_eq!(question["publicKey"]["userVerification"], "required");
    assert_eq!(question["publicKey"]["allowCredentials"], json!([]));
    assert_eq!(question.get("mediation"), None);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_passkey_signs_its_owner_in_and_moves_on(pool: PgPool) {
    let owner = person(&pool, "a@example.org").await;
    added(&pool, owner, "AQID").await;
    let user = user(&pool, owner).await;
    let counted = |passkey: &mut Passkey| {
        assert_eq!(passkey.cred_id().as_slice(), [1, 2, 3]);
        *passkey = self::passkey("AQID", 7);
        Ok(())
    };
    let token = enter(&pool, user, &[1, 2, 3], counted).await.unwrap();
    assert_eq!(viewer(&pool, &token, NOW + 61).await.unwrap().unwrap().id, owner);
    assert_eq!(texts(&pool, "select credential #>> '{cred,counter}' from passkeys").await, ["7"]);
    let line = list(&pool, owner).await.unwrap().remove(0);
    assert_eq!((line.name.as_str(), line.last_used.is_some()), ("Chrome, Android", true));
}

#[sqlx::test(migrations = "../migrations")]
async fn an_answer_that_does_not_hold_changes_nothing(pool: PgPool) {
    let owner = person(&pool, "a@example.org").await;
    let removed = added(&pool, owner, "AQID").await;
    let user = user(&pool, owner).await;
    let refused = enter(&pool, user, &[1, 2, 3], |passkey| {
        *passkey = self::passkey("AQID", 9);
        Err(NotDone::NotProven)
    });
    assert_eq!(refused.await, Err(NotDone::NotProven));
    assert_eq!(texts(&pool, "select credential #>> '{cred,counter}' from passkeys").await, ["1"]);
    for (user, credential) in [(Uuid::new_v4(), &[1, 2, 3][..]), (user, &[1, 2]), (user, &[])] {
        let unknown = enter(&pool, user, credential, |_| unreachable!("there is none")).await;
        assert_eq!(unknown, Err(NotDone::Unknown));
    }
    assert!(remove(&pool, owner, removed, Lang::Sv, NOW).await.unwrap());
    let gone = enter(&pool, user, &[1, 2, 3], |_| unreachable!("it is gone")).await;
    assert_eq!(gone, Err(NotDone::Unknown));
    assert!(texts(&pool, "select device from sessions").await.is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn somebody_elses_passkey_is_neither_renamed_nor_removed(pool: PgPool) {
    let (owner, other) =
        (person(&pool, "a@example.org").await, person(&pool, "b@example.org").await);
    let id = added(&pool, owner, "AQID").await;
    assert!(!rename(&pool, other, id, "Min").await.unwrap());
    assert!(!remove(&pool, other, id, Lang::Sv, NOW).await.unwrap());
    assert!(list(&pool, other).await.unwrap().is_empty());
    assert_eq!(list(&pool, owner).await.unwrap()[0].name, "Chrome, Android");
    assert!(rename(&pool, owner, id, "Telefonen").await.unwrap());
    assert_eq!(list(&pool, owner).await.unwrap()[0].name, "Telefonen");
    let taken = add(&pool, other, &passkey("AQID", 1), "", Lang::Sv, NOW).await.unwrap();
    assert_eq!(taken, Err(NotDone::Known), "an id is one passkey's");
    assert!(!remove(&pool, owner, PasskeyId(id.0 + 1), Lang::Sv, NOW).await.unwrap());
}

#[sqlx::test(migrations = "../migrations")]
async fn what_changes_is_mailed_to_the_owner(pool: PgPool) {
    let owner = person(&pool, "a@example.org").await;
    let id = added(&pool, owner, "AQID").await;
    remove(&pool, owner, id, Lang::En, NOW).await.unwrap();
    remove(&pool, owner, id, Lang::En, NOW).await.unwrap();
    let mails =
        "select concat_ws(' ', kind, occasion, to_address, language) from mails order by id";
    assert_eq!(
        texts(&pool, mails).await,
        ["sign_in passkey_added a@example.org sv", "sign_in passkey_removed a@example.org en"]
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_has_more_than_twenty_and_each_has_a_name_of_its_own(pool: PgPool) {
    let owner = person(&pool, "a@example.org").await;
    let ids: Vec<String> = (0..MOST + 4).map(|at| format!("AQ{at:02}")).collect();
    let results = join_all(ids.iter().map(async |id| {
        add(&pool, owner, &passkey(id, 1), "Safari, iPhone", Lang::Sv, NOW).await.unwrap()
    }))
    .await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), MOST);
    assert!(results.contains(&Err(NotDone::Full)));
    let names = "select distinct name from passkeys";
    assert_eq!(texts(&pool, names).await.len(), MOST);
    assert_eq!(known(&pool, owner).await.unwrap().err(), Some(NotDone::Full));
}

#[sqlx::test(migrations = "../migrations")]
async fn authenticators_know_a_person_by_the_same_random_name_each_time(pool: PgPool) {
    let (one, other) = (person(&pool, "a@example.org").await, person(&pool, "b@example.org").await);
    let first = user(&pool, one).await;
    assert_eq!(first, user(&pool, one).await);
    assert_ne!(first, user(&pool, other).await);
    added(&pool, one, "AQID").await;
    let (_, known) = known(&pool, one).await.unwrap().unwrap();
    assert_eq!(known.iter().map(|id| id.as_slice()).collect::<Vec<_>>(), [[1, 2, 3]]);
    let nobody = super::store::known(&pool, PersonId(0)).await.unwrap();
    assert_eq!(nobody.err(), Some(NotDone::Unknown));
}
