//! Who can sign in to the demonstration. Made at every loading, since installations that were loaded before
//! there were accounts need them, too; a second time nothing changes.

use super::{SeedError, Tx, storing};

/// The made-up contact who organises the demonstration season.
const ORGANISER: (&str, &str) = ("ester-akerlund", "ester.akerlund@example.org");
/// What she organises: the season, and a programme that has recordings.
const PROGRAMMES: [&str; 2] = ["demosasongen", "innovationsformaga-i-kommuner"];
/// What the people who can sign in are, and their addresses.
pub const ACCOUNTS: [(&str, &str); 2] =
    [("as organiser", ORGANISER.1), ("as participant", "asa.nystrom@example.org")];

/// Gives the organiser her address and her role.
pub(super) async fn insert(tx: &mut Tx<'_>) -> Result<(), SeedError> {
    let (slug, email) = ORGANISER;
    sqlx::query!(
        "update people p set email = $2, email_key = $2 from presenters s
         where s.person_id = p.id and s.slug = $1 and p.email is null
             and not exists (select 1 from people other where other.email_key = $2)",
        slug,
        email,
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("organiser"))?;
    for programme in PROGRAMMES {
        sqlx::query!(
            "insert into roles (person_id, role, programme_id)
         select p.id, 'organiser', programme.id from people p, programmes programme
         where p.email_key = $1 and programme.slug = $2
         on conflict do nothing",
            email,
            programme,
        )
        .execute(&mut **tx)
        .await
        .map_err(storing("organiser's role"))?;
    }
    Ok(())
}
