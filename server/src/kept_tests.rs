use super::*;
use sqlx::postgres::PgPoolOptions;

fn keeper(capacity: usize, now: i64) -> Keeper {
    let pool = PgPoolOptions::new().connect_lazy("postgres://nobody@localhost/none").unwrap();
    Keeper::new(Hub::new(pool), Clock::fixed(now), capacity)
}

fn page(text: &str, events: &[i64], until: Option<i64>) -> Arc<Kept> {
    Arc::new(Kept {
        status: StatusCode::OK,
        headers: HeaderMap::new(),
        pieces: split(&Bytes::copy_from_slice(text.as_bytes()), Some("N0NCE")),
        deflated: OnceLock::new(),
        events: events.iter().map(|id| EventId(*id)).collect(),
        until,
        frame_from: None,
    })
}

fn at(address: &str) -> Key {
    Key { address: address.into(), phone: false }
}

#[tokio::test]
async fn a_change_takes_away_the_pages_that_show_it_and_no_others() {
    let keeper = keeper(1 << 20, 0);
    keeper.put(at("/a"), page("a", &[1, 2], None), 0);
    keeper.put(at("/b"), page("b", &[3], None), 0);
    keeper.forget(&[EventId(2)]);
    assert!(keeper.find(&at("/a")).is_none());
    assert!(keeper.find(&at("/b")).is_some());
}

#[tokio::test]
async fn a_page_that_something_changed_under_is_not_kept() {
    let keeper = keeper(1 << 20, 0);
    let before = keeper.shelf().changes;
    keeper.forget(&[EventId(99)]);
    keeper.put(at("/a"), page("a", &[1], None), before);
    assert!(keeper.find(&at("/a")).is_none());
}

#[tokio::test]
async fn a_page_goes_when_its_time_comes() {
    let keeper = keeper(1 << 20, 100);
    keeper.put(at("/old"), page("a", &[1], Some(100)), 0);
    keeper.put(at("/new"), page("a", &[1], Some(101)), 0);
    assert!(keeper.find(&at("/old")).is_none());
    assert!(keeper.find(&at("/new")).is_some());
}

#[tokio::test]
async fn memory_is_bounded_and_the_oldest_goes_first() {
    let keeper = keeper(10_000, 0);
    for n in 0..100 {
        keeper.put(at(&format!("/{n}")), page(&"x".repeat(500), &[n], None), 0);
    }
    assert!(keeper.find(&at("/0")).is_none());
    assert!(keeper.find(&at("/99")).is_some());
    let shelf = keeper.shelf();
    assert!(shelf.bytes <= 10_000 && shelf.pages.len() > 2);
    assert_eq!(shelf.bytes, shelf.pages.values().map(|page| page.size()).sum::<usize>());
    assert_eq!(shelf.order.len(), shelf.pages.len());
}

#[tokio::test]
async fn each_answer_has_a_nonce_of_its_own_in_the_page_and_in_the_policy() {
    let page = page("<script nonce=N0NCE></script><script nonce=N0NCE>", &[], None);
    let mut seen = HashSet::new();
    for _ in 0..3 {
        let answer = page.answer(false);
        let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        let body = std::str::from_utf8(&body).unwrap();
        assert_eq!(body, format!("<script nonce={nonce}></script><script nonce={nonce}>"));
        assert!(seen.insert(nonce));
    }
}

#[test]
fn what_belongs_to_somebody_is_never_kept() {
    let request = |name: &str, value: &str| {
        Request::builder().uri("/calendar").header(name, value).body(Body::empty()).unwrap()
    };
    assert!(key(&request("cookie", "theme=dark")).is_some());
    assert!(key(&request("cookie", "a=b; __Host-stafett_session=x")).is_none());
    assert!(key(&request("cookie", "stafett_session=x")).is_none());
    assert!(key(&request("authorization", "Bearer x")).is_none());
    for private in ["/sign-ups/abc", "/en/sign-ups/abc", "/events/a/sign-up", "/api/x", "/dev/mail"]
    {
        assert!(
            key(&Request::builder().uri(private).body(Body::empty()).unwrap()).is_none(),
            "{private}"
        );
    }
}

#[test]
fn a_phone_gets_a_page_of_its_own() {
    let request = |agent: &str| {
        key(&Request::builder()
            .uri("/calendar")
            .header("user-agent", agent)
            .body(Body::empty())
            .unwrap())
    };
    assert_ne!(request("Mozilla (iPhone) Mobile/15"), request("Mozilla (X11)"));
}

#[test]
fn gzip_is_for_those_who_take_it() {
    let takes = |value: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
        takes_gzip(&headers)
    };
    assert!(takes("gzip, deflate, br") && takes("br, gzip;q=0.5"));
    assert!(!takes("br") && !takes("gzip;q=0") && !takes("identity"));
}
