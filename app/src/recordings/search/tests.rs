//! The search against Postgres: what is found, in which order, and for whom.

use super::model::{Answer, Hit};
use super::store::{Eyes, search};
use super::suggest_store::suggest;
use crate::recordings::model::{Audience, RecordingState, Standing, may_see};
use crate::recordings::query::RecordingQuery;
use crate::text::Lang;
use sqlx::PgPool;

/// One of what is asked for.
type Field = fn(&mut RecordingQuery) -> &mut Option<String>;

/// A library with one programme.
struct Library(PgPool);

impl Library {
    async fn new(pool: PgPool) -> Self {
        sqlx::raw_sql(
            "insert into programmes (slug, title_sv) values ('p', 'Undertaking'), ('q', 'Annat');
             insert into municipalities values ('9998', 'Ankeborgs kommun', 'Ankeborg', '99', 'L');
             insert into themes (slug, name_sv, name_en) values ('t', 'Välfärdsteknik', 'Welfare technology');",
        )
        .execute(&pool)
        .await
        .unwrap();
        Self(pool)
    }

    async fn run(&self, sql: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&self.0).await.unwrap();
    }

    /// A published recording in which this is said, a cue after the other.
    async fn recording(&self, slug: &str, title: &str, language: &str, said: &[&str]) -> i64 {
        let mut transaction = self.0.begin().await.unwrap();
        let event: i64 = sqlx::query_scalar(
            "insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format, language)
             select 'e-' || $1, id, 'seminar', 'held', 'Träff', '2031-05-14 09:00', '2031-05-14 10:00', 'digital', $2
             from programmes where slug = 'p' returning id",
        )
        .bind(slug)
        .bind(language)
        .fetch_one(&mut *transaction)
        .await
        .unwrap();
        let recording: i64 = sqlx::query_scalar(
            "insert into recordings (event_id, slug, title, language, state, published_at)
             values ($1, $2, $3, $4, 'published', '2031-06-01') returning id",
        )
        .bind(event)
        .bind(slug)
        .bind(title)
        .bind(language)
        .fetch_one(&mut *transaction)
        .await
        .unwrap();
        let said: Vec<String> = said.iter().map(|&it| it.to_owned()).collect();
        sqlx::query(
            "with track as (
                insert into caption_tracks (recording_id, language) values ($1, $2) returning id
            )
            insert into caption_cues (track_id, position, start_ms, end_ms, words)
            select track.id, n - 1, (n - 1) * 4000, n * 4000, words
            from track, unnest($3::text[]) with ordinality as s (words, n)",
        )
        .bind(recording)
        .bind(language)
        .bind(said)
        .execute(&mut *transaction)
        .await
        .unwrap();
        transaction.commit().await.unwrap();
        recording
    }

    async fn ask(&self, eyes: &Eyes, q: &str) -> Answer {
        let query = RecordingQuery { q: Some(q.to_owned()), ..RecordingQuery::default() };
        search(&self.0, eyes, Lang::Sv, &query).await.unwrap()
    }

    /// What anybody finds, in order.
    async fn find(&self, q: &str) -> Vec<String> {
        let answer = self.ask(&Eyes::default(), q).await;
        assert_eq!(usize::try_from(answer.total).unwrap(), answer.hits.len(), "{q}");
        if answer.nearly.is_some() {
            return Vec::new();
        }
        answer.hits.into_iter().map(|hit| hit.slug).collect()
    }
}

fn said(hit: &Hit) -> Vec<(i32, String)> {
    let text = |said: &super::model::Said| {
        said.pieces
            .iter()
            .map(|it| if it.is_found { format!("[{}]", it.text) } else { it.text.clone() })
            .collect::<String>()
    };
    hit.said.iter().map(|it| (it.start_ms, text(it))).collect()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_word_is_found_where_it_was_said_in_every_form(pool: PgPool) {
    let library = Library::new(pool).await;
    let cues = ["Välkomna.", "I kommunerna prövar man", "nya åtgärder för äldre.", "Tack!"];
    library.recording("a", "Öppning", "sv", &cues).await;
    library.recording("b", "Opening", "en", &["The municipalities are trying new measures."]).await;
    for (q, expected) in [
        ("kommun", vec!["a"]),
        ("KOMMUNEN", vec!["a"]),
        ("åtgärd", vec!["a"]),
        ("atgarder", vec!["a"]),
        ("municipality", vec!["b"]),
        ("öppningen", vec!["a"]),
        ("oppning", vec!["a"]),
        ("kommun åtgärd", vec!["a"]),
        ("kommun municipality", vec![]),
        ("kommun or municipality", vec!["a", "b"]),
        ("\"nya åtgärder\"", vec!["a"]),
        ("\"prövar man nya\"", vec!["a"]),
        ("\"åtgärder nya\"", vec![]),
        ("åtgärder -äldre", vec![]),
        ("measures -äldre", vec!["b"]),
        ("för kommuner", vec!["a"]),
        ("for kommuner", vec!["a"]),
        ("på kommuner", vec!["a"]),
        ("pa kommuner", vec!["a"]),
    ] {
        let mut found = library.find(q).await;
        found.sort();
        assert_eq!(found, expected, "{q}");
    }
    let answer = library.ask(&Eyes::default(), "kommun").await;
    let sentence = "I [kommunerna] prövar man nya åtgärder för äldre.";
    assert_eq!(said(&answer.hits[0]), [(4000, sentence.to_owned())]);
}

#[sqlx::test(migrations = "../migrations")]
async fn parts_of_longer_words_are_found_after_the_word_itself(pool: PgPool) {
    let library = Library::new(pool).await;
    library.recording("del", "Om innovationsledning", "sv", &["Ja."]).await;
    library.recording("hel", "Om ledning", "sv", &["Ja."]).await;
    library.recording("annan", "Om vatten", "sv", &["Ledningsgruppen möttes."]).await;
    assert_eq!(library.find("ledning").await, ["hel", "del", "annan"]);
    assert_eq!(library.find("innovationsledning").await, ["del"]);
    let answer = library.ask(&Eyes::default(), "ledning").await;
    assert_eq!(said(&answer.hits[2])[0].1, "[Ledningsgruppen] möttes.");
    // Too short to be a part of anything in particular.
    assert_eq!(library.find("led").await, Vec::<String>::new());
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_near_comes_first(pool: PgPool) {
    let library = Library::new(pool).await;
    let mut far = vec!["Vatten är viktigt."];
    far.extend(["Något annat."; 40]);
    far.push("Och budgeten.");
    let mut near = far.clone();
    near[20] = "Vatten i budgeten.";
    library.recording("nara", "Två", "sv", &near).await;
    // Of two that are equally good the newer one would come first.
    library.recording("langt", "Ett", "sv", &far).await;
    assert_eq!(library.find("vatten budget").await, ["nara", "langt"]);
    assert_eq!(library.find("\"vatten i budgeten\"").await, ["nara"]);
    let answer = library.ask(&Eyes::default(), "vatten budget").await;
    assert_eq!(said(&answer.hits[0])[0], (80_000, "[Vatten] i [budgeten].".to_owned()));
    assert!(answer.hits.iter().all(|hit| hit.said.len() <= 3));
}

#[sqlx::test(migrations = "../migrations")]
async fn names_and_descriptions_are_found_too_and_follow_their_changes(pool: PgPool) {
    let library = Library::new(pool).await;
    library.recording("a", "Öppning", "sv", &["Hej."]).await;
    library
        .run(
            "with p as (insert into people (name) values ('Ylva Lindström') returning id)
             insert into presenters (person_id, slug) select id, 'ylva' from p;
             insert into event_speakers select e.id, p.person_id, 0 from events e, presenters p;
             insert into event_themes select e.id, t.id from events e, themes t;
             insert into event_municipalities select id, '9998' from events;
             insert into materials (programme_id, event_id, position, kind, title)
                 select programme_id, id, 0, 'link', 'Handlingsplan' from events;
             insert into chapters (recording_id, position, start_ms, title_sv) select id, 0, 0, 'Fikapaus' from recordings;
             update recordings set summary_sv = 'Om kollektivtrafik.';",
        )
        .await;
    for q in [
        "lindström",
        "välfärdsteknik",
        "ankeborg",
        "handlingsplan",
        "fikapaus",
        "kollektivtrafiken",
        "undertaking",
    ] {
        assert_eq!(library.find(q).await, ["a"], "{q}");
    }
    library
        .run(
            "update people set name = 'Ylva Berg'; delete from materials; delete from event_municipalities;
             update themes set name_sv = 'Omsorg', name_en = 'Care'; update programmes set title_sv = 'Satsning';
             update chapters set title_sv = 'Slut'; update recordings set summary_sv = '';",
        )
        .await;
    for q in [
        "lindström",
        "välfärdsteknik",
        "ankeborg",
        "handlingsplan",
        "fikapaus",
        "kollektivtrafiken",
        "undertaking",
    ] {
        assert_eq!(library.find(q).await, Vec::<String>::new(), "{q}");
    }
    library.run("update caption_cues set words = 'Något om brandskydd.'").await;
    assert_eq!(library.find("brandskydd").await, ["a"]);
    assert_eq!(library.find("hej").await, Vec::<String>::new());
    library.run("delete from events").await;
    for table in ["search_documents", "search_passages", "search_words", "search_pending"] {
        let left: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
                .fetch_one(&library.0)
                .await
                .unwrap();
        assert_eq!(left, 0, "{table}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_one_may_not_see_is_neither_found_nor_counted_nor_offered(pool: PgPool) {
    let library = Library::new(pool).await;
    let id = library.recording("a", "Hemlighet", "sv", &["Ordet är zebrakod."]).await;
    library
        .run(
            "insert into event_ways (event_id, way, capacity) select id, 'digital', 5 from events;
             with p as (insert into people (name) values ('D') returning id)
             insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language,
                 consented_at, consent_version)
             select repeat('t', 22), e.id, 'digital', p.id, 'attended', 1, 'D', 'O', 'sv', now(), 1 from events e, p",
        )
        .await;
    let came: i64 =
        sqlx::query_scalar("select person_id from sign_ups").fetch_one(&library.0).await.unwrap();
    let other: i64 = sqlx::query_scalar("insert into people (name) values ('E') returning id")
        .fetch_one(&library.0)
        .await
        .unwrap();
    let programme: i64 = sqlx::query_scalar("select id from programmes where slug = 'p'")
        .fetch_one(&library.0)
        .await
        .unwrap();
    let signed_in = Standing { is_signed_in: true, ..Standing::default() };
    let eyes = |person, programmes: &[i64]| Eyes {
        person,
        programmes: programmes.to_vec(),
        everywhere: false,
    };
    let all = [
        (Eyes::default(), Standing::default()),
        (eyes(Some(other), &[]), signed_in),
        (eyes(Some(other), &[programme + 1000]), signed_in),
        (eyes(Some(came), &[]), Standing { had_place: true, ..signed_in }),
        (eyes(Some(other), &[programme]), Standing { organises: true, ..signed_in }),
        (
            Eyes { person: Some(other), everywhere: true, ..Eyes::default() },
            Standing { organises: true, ..signed_in },
        ),
    ];
    for &state in RecordingState::ALL {
        for &audience in Audience::ALL {
            sqlx::query(
                "update recordings set state = $1, open_to = $2,
                    published_at = case when $1 = 'published' then now() end where id = $3",
            )
            .bind(state.as_str())
            .bind(audience.as_str())
            .bind(id)
            .execute(&library.0)
            .await
            .unwrap();
            for (eyes, standing) in &all {
                let may = may_see(state, audience, *standing).is_ok();
                let note = format!("{state:?} {audience:?} {eyes:?}");
                // What is spelt nearly so must not tell of it either.
                for q in ["zebrakod", "zebrakodd", "hemlighet", "hemligheet", "zebrakod or xyz"] {
                    let answer = library.ask(eyes, q).await;
                    assert_eq!(answer.total > 0, may, "{note} {q}");
                    assert_eq!(!answer.hits.is_empty(), may, "{note} {q}");
                    assert!(may || answer.nearly.is_none(), "{note} {q}");
                    assert!(answer.fewer.is_empty() || may, "{note} {q}");
                }
                for typed in ["zebr", "heml"] {
                    let offered = suggest(&library.0, eyes, Lang::Sv, typed).await.unwrap();
                    assert_eq!(!offered.is_empty(), may, "{note} {typed} {offered:?}");
                }
            }
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_slip_finds_what_is_meant_and_nothing_found_leads_on(pool: PgPool) {
    let library = Library::new(pool).await;
    library.recording("a", "Öppning", "sv", &["Om innovation och medborgardialog."]).await;
    library.run("insert into event_themes select e.id, t.id from events e, themes t").await;
    let ask = async |q: &str| library.ask(&Eyes::default(), q).await;
    let answer = ask("inovation").await;
    assert_eq!((answer.nearly.as_deref(), answer.total), (Some("innovation"), 1));
    assert_eq!(said(&answer.hits[0])[0].1, "Om [innovation] och medborgardialog.");
    assert_eq!(
        ask("medborgadialog innovation").await.nearly.as_deref(),
        Some("medborgardialog innovation")
    );

    let nothing = ask("innovation kvasarer").await;
    assert_eq!((nothing.total, nothing.nearly), (0, None));
    let fewer: Vec<_> = nothing.fewer.iter().map(|it| (it.q.as_str(), it.count)).collect();
    assert_eq!(fewer, [("innovation", 1)]);
    assert_eq!(nothing.themes[0].name, "Välfärdsteknik");

    let query = RecordingQuery {
        q: Some("innovation".into()),
        year: Some("1999".into()),
        ..RecordingQuery::default()
    };
    let elsewhere = search(&library.0, &Eyes::default(), Lang::Sv, &query).await.unwrap();
    assert_eq!((elsewhere.total, elsewhere.unfiltered), (0, 1));
    let common = ask("och att").await;
    assert!(common.is_too_common && common.total == 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn filters_hold(pool: PgPool) {
    let library = Library::new(pool).await;
    library.recording("a", "Öppning", "sv", &["Vatten."]).await;
    library.run("update recordings set duration_ms = 900000; insert into event_themes select e.id, t.id from events e, themes t").await;
    let filters: [(Field, &str, &str); 8] = [
        (|it| &mut it.programme, "p", "q"),
        (|it| &mut it.theme, "t", "x"),
        (|it| &mut it.year, "2031", "2030"),
        (|it| &mut it.language, "sv", "en"),
        (|it| &mut it.length, "short", "medium"),
        (|it| &mut it.series, "", "s"),
        (|it| &mut it.speaker, "", "s"),
        (|it| &mut it.municipality, "", "9998"),
    ];
    for (field, right, wrong) in filters {
        for (value, expected) in [(right, 1), (wrong, 0)] {
            let mut query =
                RecordingQuery { q: Some("vatten".into()), ..RecordingQuery::default() };
            *field(&mut query) = (!value.is_empty()).then(|| value.to_owned());
            let answer = search(&library.0, &Eyes::default(), Lang::Sv, &query).await.unwrap();
            assert_eq!(answer.total, expected, "{query:?}");
        }
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn whatever_is_typed_is_answered(pool: PgPool) {
    let library = Library::new(pool).await;
    library.recording("a", "Öppning & 'avslut' \\ slut", "sv", &["Hej \u{1F642} åäö."]).await;
    let long = "a".repeat(1_000_000);
    for typed in [
        "",
        " ",
        "'",
        "\\",
        "''",
        "!",
        "!!",
        "&|!()<->:*",
        "a & | b",
        "\"",
        "\"\"",
        "-",
        "--",
        "- -",
        "a:*",
        "<->",
        "👩‍💻",
        "%",
        "_",
        "%_%",
        "\u{0}",
        "å\u{0}b",
        "' or 1=1; drop table recordings; --",
        "((((",
        "a <5> b",
        "\u{ad}",
        "\u{301}",
        "or",
        "or or",
        "-or",
        "e\u{301}",
        "ﬁ",
        "İ",
        "ẞ",
        long.as_str(),
        "x\" -\"y",
        "avslut",
    ] {
        let query =
            RecordingQuery { q: Some(typed.to_owned()), ..RecordingQuery::default() }.tidy();
        let answer = search(&library.0, &Eyes::default(), Lang::En, &query).await;
        assert!(answer.is_ok(), "{typed:.50} {answer:?}");
        let typed = query.q.unwrap_or_default();
        let offered = suggest(&library.0, &Eyes::default(), Lang::En, &typed).await;
        assert!(offered.is_ok(), "{typed:.50} {offered:?}");
    }
    assert_eq!(library.find("avslut").await, ["a"]);
}

#[sqlx::test(migrations = "../migrations")]
async fn suggestions_are_names_first_and_then_words(pool: PgPool) {
    let library = Library::new(pool).await;
    library.recording("a", "Välfärd för alla", "sv", &["Om välgörenhet."]).await;
    library.run("insert into event_themes select e.id, t.id from events e, themes t").await;
    let offered = suggest(&library.0, &Eyes::default(), Lang::Sv, "om val").await.unwrap();
    let addresses: Vec<_> = offered.iter().map(|it| it.address.as_str()).collect();
    assert!(addresses.contains(&"/recordings?q=om+v%C3%A4lg%C3%B6renhet"), "{addresses:?}");
    let offered = suggest(&library.0, &Eyes::default(), Lang::Sv, "välf").await.unwrap();
    let addresses: Vec<_> = offered.iter().map(|it| it.address.as_str()).collect();
    assert_eq!(addresses[..2], ["/recordings/a", "/recordings?theme=t"]);
    assert!(suggest(&library.0, &Eyes::default(), Lang::Sv, "v").await.unwrap().is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn twenty_thousand_cues_are_written(pool: PgPool) {
    let library = Library::new(pool).await;
    let cues: Vec<String> = (0..20_000)
        .map(|n| format!("Mening {n} handlar om ord{} och sak{} i dag.", n % 977, n % 3001))
        .collect();
    let cues: Vec<&str> = cues.iter().map(String::as_str).collect();
    library.recording("a", "Lång", "sv", &cues).await;
    let answer = library.ask(&Eyes::default(), "ord976 sak3000").await;
    assert_eq!(answer.total, 1);
    assert_eq!(answer.hits[0].said.len(), 3);
}
