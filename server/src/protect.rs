//! What stands between the world and the handlers: request numbers, limits, other sites' forms, headers.

use crate::client::{address_of, network_of};
use crate::config::Rate;
use crate::refused::{Refused, refuse};
use crate::router::State;
use app::services::RequestId;
use app::text::Lang;
use axum::extract::{self, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use governor::{DefaultKeyedRateLimiter, Quota};
use rand::RngCore;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

/// Counts posts by network address.
pub struct Limiter {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    /// The most that are let through at once.
    most: NonZeroU32,
}

/// Above so many remembered addresses those that are free again are forgotten.
const MANY_ADDRESSES: usize = 10_000;

impl Limiter {
    /// A limiter that lets `rate` through, all of it at once if need be.
    pub fn new(rate: Rate) -> Self {
        let each = Duration::from_secs(rate.seconds) / rate.count.get();
        let quota = Quota::with_period(each)
            .unwrap_or_else(|| Quota::per_second(rate.count))
            .allow_burst(rate.count);
        Self { by_address: DefaultKeyedRateLimiter::keyed(quota), most: rate.count }
    }

    /// One more post from this address is within the limit.
    pub fn lets_through(&self, address: IpAddr) -> bool {
        self.lets_many_through(address, NonZeroU32::MIN)
    }

    /// So many posts at once from this address are within the limit. More than it ever lets through count as
    /// what it does.
    pub fn lets_many_through(&self, address: IpAddr, count: NonZeroU32) -> bool {
        if self.by_address.len() > MANY_ADDRESSES {
            self.by_address.retain_recent();
        }
        let key = network_of(address);
        matches!(self.by_address.check_key_n(&key, count.min(self.most)), Ok(Ok(())))
    }
}

/// Refuses posts that come too often (429).
pub async fn limit(
    extract::State(state): extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    let too_often = request.method() == Method::POST
        && state.limiter.as_ref().is_some_and(|limiter| {
            !limiter.lets_through(address_of(&request, state.config.trust_proxy))
        });
    if too_often {
        let asked = request.into_parts().0;
        let mut answer = refuse(&state, &asked, Refused::TooMany).await;
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        return answer;
    }
    next.run(request).await
}

/// Refuses posts that another site's page has sent (403). Browsers say where a post comes from by
/// `Sec-Fetch-Site` (Fetch Metadata) or, older ones, by `Origin`; what says neither is no browser, and
/// carries nobody's cookies.
pub async fn refuse_other_sites(
    extract::State(state): extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    if !request.method().is_safe()
        && !is_from_this_site(request.headers(), &state.config.public_url)
    {
        return refuse(&state, &request.into_parts().0, Refused::OtherSite).await;
    }
    next.run(request).await
}

fn is_from_this_site(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN) else { return true };
    let host = text(header::HOST).unwrap_or_default();
    origin == public_url
        || origin
            .split_once("://")
            .is_some_and(|(_, authority)| !host.is_empty() && authority == host)
}

/// Gives the request its number and logs how it ended. The log has no names, addresses or secrets: of an
/// address only the route that served it.
pub async fn request_id(mut request: Request, next: Next) -> Response {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bits = rand::rng().next_u64();
    let id: String = (0..12)
        .map(|place| {
            let digit = usize::try_from(bits >> (5 * place) & 31).unwrap_or_default();
            char::from(ALPHABET[digit])
        })
        .collect();
    let id = RequestId(id.into());
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let surface = first_words(request.uri().path());
    let answer = next.run(request).await;
    if answer.status().is_server_error() {
        tracing::warn!(id = %id.0, %method, %surface, status = answer.status().as_u16(), "a request failed");
    } else {
        tracing::debug!(id = %id.0, %method, %surface, status = answer.status().as_u16(), "answered");
    }
    answer
}

/// The surface of an address: its last parts can be somebody's secret.
fn first_words(path: &str) -> String {
    let known = |word: &&str| {
        matches!(
            *word,
            "en" | "events"
                | "calendar"
                | "series"
                | "programmes"
                | "recordings"
                | "sign-ups"
                | "unsubscribe"
                | "door"
                | "check-in"
                | "api"
                | "feeds"
                | "live"
                | "media"
                | "captions"
                | "organise"
                | "pkg"
                | "dev"
                | "mail"
                | "sign-in"
                | "sign-out"
                | "me"
                | "account"
                | "sessions"
                | "passkey"
                | "passkeys"
                | "begin"
        )
    };
    path.split('/')
        .filter(|word| !word.is_empty())
        .take_while(known)
        .fold(String::new(), |path, word| format!("{path}/{word}"))
}

/// Headers that every answer carries. Pages bring their own Content-Security-Policy.
pub async fn security_headers(request: Request, next: Next) -> Response {
    /// Codes are read at the door alone.
    const AT_THE_DOOR: &str = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()";
    const ELSEWHERE: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    let path = Lang::bare_path(request.uri().path());
    let is_door = path.starts_with("/door/")
        || path.strip_prefix("/organise/events/").is_some_and(|rest| rest.contains("/door"));
    // Shown in frames elsewhere, also by pages that ask for nothing else than what says so (Fetch §3.7).
    let is_embedded = path.starts_with("/recordings/") && path.ends_with("/embed");
    // Players on the web show the podcast's picture.
    let is_for_all = is_embedded || path.starts_with("/feeds/cover/");
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", if is_for_all { "cross-origin" } else { "same-origin" }),
        ("permissions-policy", if is_door { AT_THE_DOOR } else { ELSEWHERE }),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn only_this_site_may_post() {
        let url = "https://stafett.se";
        for own in [
            &[][..],
            &[("sec-fetch-site", "same-origin")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://stafett.se")],
            &[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")],
        ] {
            assert!(is_from_this_site(&headers(own), url), "{own:?}");
        }
        for other in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://stafett.se")],
            &[("origin", "null")],
            &[("origin", "https://evil.se"), ("host", "stafett.se")],
            &[("origin", "https://stafett.se.evil.se"), ("host", "stafett.se")],
        ] {
            assert!(!is_from_this_site(&headers(other), url), "{other:?}");
        }
    }

    #[test]
    fn the_limit_is_by_address_and_by_ipv6_network() {
        let rate = Rate { count: NonZeroU32::new(2).unwrap(), seconds: 3_600 };
        let limiter = Limiter::new(rate);
        let a: IpAddr = "192.0.2.1".parse().unwrap();
        assert!(limiter.lets_through(a) && limiter.lets_through(a) && !limiter.lets_through(a));
        assert!(limiter.lets_through("192.0.2.2".parse().unwrap()));
        let many = |text: &str, count| {
            limiter.lets_many_through(text.parse().unwrap(), NonZeroU32::new(count).unwrap())
        };
        assert!(many("192.0.2.3", 2) && !many("192.0.2.3", 1));
        assert!(many("192.0.2.4", 1) && !many("192.0.2.4", 2));
        assert!(many("192.0.2.5", 20), "what is more than all counts as all");
        let v6 = |text: &str| limiter.lets_through(text.parse().unwrap());
        assert!(
            v6("2001:db8::1") && v6("2001:db8::2") && !v6("2001:db8::3") && v6("2001:db8:0:1::1")
        );
    }

    #[test]
    fn the_log_never_holds_a_secret() {
        assert_eq!(first_words("/en/sign-ups/abc123/cancel"), "/en/sign-ups");
        assert_eq!(first_words("/events/a-slug"), "/events");
        assert_eq!(first_words("/sign-in/abc123"), "/sign-in");
        assert_eq!(first_words("/x"), "");
    }
}
