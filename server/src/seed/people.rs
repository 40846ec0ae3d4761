//! People who are shown in public: speakers and contacts.

use serde_json::{Value, json};

use super::facts::Person;
use super::texts::{Texts, words};
use super::{Ids, SeedError, Tx, storing};

/// Gives each person a row and what is shown of them; the ids are by slug.
pub(super) async fn insert_presenters(
    tx: &mut Tx<'_>,
    people: &[Person],
    texts: &Texts,
    organisations: &Ids,
) -> Result<Ids, SeedError> {
    let names: Vec<&str> = people.iter().map(|it| it.name.as_str()).collect();
    let inserted = sqlx::query!(
        "insert into people (name) select * from jsonb_array_elements_text($1) returning name, id",
        json!(names)
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(storing("people"))?;
    let by_name = Ids::new("person", inserted.into_iter().map(|it| (it.name, it.id)));

    let mut rows = Vec::with_capacity(people.len());
    for it in people {
        let at = format!("person {}", it.slug);
        let text = words(&texts.people, &it.slug, &at)?;
        rows.push(json!({
            "person_id": by_name.get(&it.name, &at)?,
            "slug": it.slug,
            "organisation_id": organisations.maybe(it.organisation.as_deref(), &at)?,
            "role_sv": it.role,
            "role_en": text.role_en,
            "about_sv": text.about_sv,
            "about_en": text.about_en,
        }));
    }
    let inserted = sqlx::query!(
        "insert into presenters (person_id, slug, organisation_id, role_sv, role_en, about_sv, about_en)
         select person_id, slug, organisation_id, role_sv, role_en, about_sv, about_en
         from jsonb_to_recordset($1) as r
            (person_id bigint, slug text, organisation_id bigint,
             role_sv text, role_en text, about_sv text, about_en text)
         returning slug, person_id",
        Value::Array(rows)
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(storing("presenters"))?;
    Ok(Ids::new("presenter", inserted.into_iter().map(|it| (it.slug, it.person_id))))
}
