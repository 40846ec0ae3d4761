//! The page of all materials against Postgres.

use super::model::MaterialsQuery;
use super::store::find;
use crate::text::Lang;
use sqlx::PgPool;

async fn titles(pool: &PgPool, lang: Lang, q: &str) -> Vec<String> {
    let query =
        MaterialsQuery { q: (!q.is_empty()).then(|| q.to_owned()), ..MaterialsQuery::default() };
    find(pool, lang, &query).await.unwrap().into_iter().map(|it| it.title).collect()
}

async fn shelf(pool: &PgPool) {
    sqlx::raw_sql(
        "insert into programmes (slug, title_sv) values ('p', 'P');
         insert into municipalities values ('9998', 'Ankeborgs kommun', 'Ankeborg', '99', 'L');
         insert into themes (slug, name_sv, name_en) values ('t', 'Tema', 'Theme'), ('u', 'Undan', 'Under');
         insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
             select e.slug, p.id, 'seminar', e.state, 'Träff', now(), now() + '1 hour', 'digital'
             from programmes p, lateral (values ('held', 'held'), ('draft', 'draft')) as e (slug, state);
         insert into event_themes select e.id, t.id from events e, themes t where t.slug = 'u';
         insert into event_municipalities select id, '9998' from events;
         insert into materials (programme_id, event_id, position, kind, title, about_sv, about_en)
             select p.id, e.id, x.n, x.kind, x.title, x.sv, x.en from programmes p, (values
                 (0, null, 'report', 'Innovationsledning i praktiken', 'Om e-hälsa.', 'About e-health.'),
                 (1, null, 'thesis', 'Experimental governance', null, null),
                 (2, 'held', 'slides', 'Bilder från träffen', null, null),
                 (3, 'draft', 'slides', 'Bilder i förväg', null, null)) as x (n, event, kind, title, sv, en)
             left join events e on e.slug = x.event;
         insert into material_texts select id, 'Kapitel ett: fladdermöss.' from materials where position = 0;
         insert into material_themes select m.id, t.id from materials m, themes t where m.position = 0 and t.slug = 't';",
    )
    .execute(pool)
    .await
    .unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn materials_are_found_by_title_description_and_what_is_in_their_files(pool: PgPool) {
    shelf(&pool).await;
    let (first, second) = ("Innovationsledning i praktiken", "Experimental governance");
    for (q, expected) in [
        ("innovationsledning", vec![first]),
        ("ledning", vec![first]),
        ("e-hälsa", vec![first]),
        ("health", vec![first]),
        ("halsa", vec![first]),
        ("fladdermus", vec![]),
        ("fladdermöss", vec![first]),
        ("experiment", vec![second]),
        ("governence", vec![second]),
        ("governance -experimental", vec![]),
        ("\\ ' \" % _ ! ( & 🙂", vec![]),
        ("förväg", vec![]),
    ] {
        assert_eq!(titles(&pool, Lang::Sv, q).await, expected, "{q}");
    }
    assert_eq!(
        titles(&pool, Lang::Sv, "").await.len(),
        3,
        "what belongs to a draft is not told of"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn they_have_their_own_themes_and_those_of_their_event(pool: PgPool) {
    shelf(&pool).await;
    let all = find(&pool, Lang::En, &MaterialsQuery::default()).await.unwrap();
    let themes = |at: usize| all[at].themes.iter().map(|it| it.name.as_str()).collect::<Vec<_>>();
    assert_eq!(themes(0), ["Theme"]);
    assert_eq!(themes(1), Vec::<&str>::new());
    assert_eq!(themes(2), ["Under"]);
    assert_eq!(all[2].municipalities[0].name, "Ankeborg");
    assert_eq!(all[2].event.as_ref().unwrap().key, "held");
    assert_eq!(all[0].about.as_deref(), Some("About e-health."));
}
