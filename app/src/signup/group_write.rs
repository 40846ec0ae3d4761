//! Writing a group down once its people have been placed: who did it, whom they named, and the mails.

use super::group_model::Group;
use super::group_store::{SignedUp, Told, secret};
use super::model::Outcome;
use super::store::mail_again;
use crate::events::model::EventId;
use crate::text::{Lang, consent};
use crate::time::instant;
use sqlx::PgTransaction;
use std::collections::HashMap;

/// A group whose people have been placed.
pub(super) struct Written<'a> {
    pub(super) event: EventId,
    pub(super) group: &'a Group,
    pub(super) lang: Lang,
    pub(super) by: i64,
    pub(super) told: Vec<Option<Outcome>>,
    pub(super) again: Vec<i64>,
    pub(super) now: i64,
}

impl Written<'_> {
    pub(super) async fn write(
        self,
        transaction: &mut PgTransaction<'_>,
    ) -> Result<SignedUp, sqlx::Error> {
        let recent = self.just_done(transaction).await?;
        let token = secret()?;
        let id = sqlx::query_scalar!(
            "insert into group_sign_ups (token, event_id, person_id, name, organisation, language, choice,
                 consented_at, consent_version, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8) returning id",
            token,
            self.event.0,
            self.by,
            self.group.by.name,
            self.group.by.organisation,
            self.lang.tag(),
            self.group.choice.as_str(),
            instant(self.now),
            consent::GROUP,
        )
        .fetch_one(&mut **transaction)
        .await?;
        self.mark(transaction, id).await?;
        self.name(transaction, id, &recent).await?;
        let is_new = self.told.iter().flatten().any(|one| one.token.is_some());
        let strangers: Vec<i64> =
            self.again.iter().copied().filter(|id| !recent.values().any(|one| one == id)).collect();
        mail_again(transaction, &strangers, self.now).await?;
        if is_new || recent.is_empty() {
            self.mail(transaction, id).await?;
        }
        let told = |one: &Outcome| Told { status: one.status, position: one.position };
        let people = self.told.iter().map(|one| one.as_ref().map(told)).collect();
        Ok(SignedUp { token, people })
    }

    /// What the same person did here in the last minutes, by address: somebody who clicks twice, or sends the
    /// form again because the answer did not come, disturbs nobody.
    async fn just_done(
        &self,
        transaction: &mut PgTransaction<'_>,
    ) -> Result<HashMap<String, i64>, sqlx::Error> {
        let keys: Vec<String> = self.group.people.iter().map(|one| one.email.key()).collect();
        let rows = sqlx::query!(
            r#"select p.email_key as "key!", s.id from sign_ups s
             join people p on p.id = s.person_id join group_sign_ups g on g.id = s.group_sign_up_id
             where s.event_id = $1 and g.person_id = $2 and p.email_key = any($3)
                 and g.created_at > $4::timestamptz - interval '10 minutes' and s.status <> 'cancelled'"#,
            self.event.0,
            self.by,
            &keys,
            instant(self.now),
        )
        .fetch_all(&mut **transaction)
        .await?;
        Ok(rows.into_iter().map(|row| (row.key, row.id)).collect())
    }

    /// The sign-ups of this transaction are the group's.
    async fn mark(&self, transaction: &mut PgTransaction<'_>, id: i64) -> Result<(), sqlx::Error> {
        let tokens = self.told.iter().flatten().filter_map(|one| one.token.clone());
        sqlx::query!(
            "update sign_ups set group_sign_up_id = $1, consent_version = $2 where token = any($3)",
            id,
            consent::GROUP,
            &tokens.collect::<Vec<_>>(),
        )
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }

    /// Everybody who was named.
    async fn name(
        &self,
        transaction: &mut PgTransaction<'_>,
        id: i64,
        recent: &HashMap<String, i64>,
    ) -> Result<(), sqlx::Error> {
        let told = || self.told.iter().map(Option::as_ref);
        let names: Vec<String> = self.group.people.iter().map(|one| one.name.clone()).collect();
        let tokens: Vec<Option<String>> =
            told().map(|one| one.and_then(|one| one.token.clone())).collect();
        let statuses: Vec<Option<String>> =
            told().map(|one| one.map(|one| one.status.as_str().to_owned())).collect();
        let positions: Vec<Option<i32>> = told()
            .map(|one| one.and_then(|one| one.position).and_then(|at| i32::try_from(at).ok()))
            .collect();
        let recent: Vec<Option<i64>> =
            self.group.people.iter().map(|one| recent.get(&one.email.key()).copied()).collect();
        sqlx::query!(
            "insert into group_members (group_sign_up_id, place, name, sign_up_id, told_status, told_position)
             select $1, new.place, new.name, coalesce(s.id, new.recent), new.status, new.position
             from unnest($2::text[], $3::text[], $4::text[], $5::integer[], $6::bigint[]) with ordinality
                 as new (name, token, status, position, recent, place)
             left join sign_ups s on s.token = new.token",
            id,
            &names,
            &tokens as &[Option<String>],
            &statuses as &[Option<String>],
            &positions as &[Option<i32>],
            &recent as &[Option<i64>],
        )
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }

    /// The summary, to whoever did it.
    async fn mail(&self, transaction: &mut PgTransaction<'_>, id: i64) -> Result<(), sqlx::Error> {
        sqlx::query!(
            "insert into mails (kind, to_address, language, event_id, group_sign_up_id, created_at)
             values ('group', $1, $2, $3, $4, $5)",
            self.group.by.email.as_str(),
            self.lang.tag(),
            self.event.0,
            id,
            instant(self.now),
        )
        .execute(&mut **transaction)
        .await?;
        Ok(())
    }
}
