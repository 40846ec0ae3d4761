//! The demonstration's handout: a material of the demonstration season with a file of our own making
//! (`server/demo/handout`), so that there is one to open and to search in. Made at every loading, like the clips; a row
//! of `site_facts` says that it was, so that what somebody takes away does not come back.

use super::clips::Shelf;
use super::{SeedError, Tx, storing};
use app::images::store::hash;
use app::materials::file::{join_lines, parts_of};

/// The row of `site_facts` that says that it was loaded.
const LOADED: &str = "demonstration_handout";
/// The event that it belongs to.
const EVENT: &str = "stafett-umea";
const FILE: &[u8] = include_bytes!("../../demo/handout/samtalskort.pdf");
/// Its text, its pages parted by form feeds: an installation without the programs that read PDF finds it, too.
const TEXT: &str = include_str!("../../demo/handout/samtalskort.txt");

/// Gives the event its handout, once. How many materials there are more.
pub(super) async fn insert(
    tx: &mut Tx<'_>,
    shelf: &impl Shelf,
    now: time::OffsetDateTime,
) -> Result<usize, SeedError> {
    let marked = sqlx::query!(
        "insert into site_facts (name, value) values ($1, $2) on conflict do nothing",
        LOADED,
        now.date().to_string(),
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("mark"))?;
    if marked.rows_affected() == 0 {
        return Ok(0);
    }
    let material = sqlx::query_scalar!(
        "insert into materials (programme_id, event_id, position, kind, title, about_sv, about_en)
         select e.programme_id, e.id,
             (select coalesce(max(m.position), 0) + 1 from materials m where m.programme_id = e.programme_id),
             'method', 'Samtalskort till stafetten (demonstration)',
             'Sex frågor att ta med hem till kollegorna. Gjort för att visa hur Stafett fungerar.',
             'Six questions to take home to colleagues, in Swedish. Made to show how Stafett works.'
         from events e where e.slug = $1 returning id",
        EVENT,
    )
    .fetch_optional(&mut **tx)
    .await
    .map_err(storing("handout"))?;
    // Somebody has taken the demonstration's season away.
    let Some(material) = material else { return Ok(0) };
    sqlx::query!(
        "insert into material_themes (material_id, theme_id)
         select $1, id from themes order by slug = 'metoder-och-verktyg' desc, slug limit 1",
        material
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("handout's theme"))?;
    let key = format!("{}.pdf", hash(FILE));
    shelf
        .put(&key, FILE)
        .await
        .map_err(|cause| SeedError::Shelf { at: "the handout".to_owned(), cause })?;
    let pages: Vec<&str> = TEXT.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    sqlx::query!(
        "insert into material_files (material_id, key, kind, bytes, name, called, pages, language)
         values ($1, $2, 'pdf', $3, 'samtalskort.pdf', 'samtalskort-till-stafetten.pdf', $4, 'sv')",
        material,
        key,
        i64::try_from(FILE.len()).unwrap_or(i64::MAX),
        i32::try_from(pages.len()).ok(),
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("handout's file"))?;
    let parts: Vec<_> = (1..)
        .zip(&pages)
        .flat_map(|(page, text)| parts_of(Some(page), &join_lines(text)))
        .collect();
    let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    let pages: Vec<i32> = parts.iter().filter_map(|part| part.page).collect();
    sqlx::query!(
        "insert into material_texts (material_id, part, page, language, text)
         select $1, p.part::integer, p.page, 'sv', p.text
         from unnest($2::integer[], $3::text[]) with ordinality as p (page, text, part)",
        material,
        &pages,
        &texts as &[&str],
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("handout's text"))?;
    sqlx::query!(
        "update material_readings set state = 'done', progress = 100, ended_at = $2 where material_id = $1",
        material,
        now,
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("handout's reading"))?;
    Ok(1)
}
