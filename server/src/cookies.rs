//! The cookies: strictly necessary ones, out of reach for scripts and other sites.

use app::account::model::SESSION_LASTS;
use app::account::passkey::model::CEREMONY_LASTS;
use axum::http::{HeaderMap, HeaderValue, header};

/// Behind TLS a browser takes a name with this only from this host, for all of it, and never over plain HTTP
/// (RFC 6265bis §4.1.3.2).
const HOST_ONLY: &str = "__Host-";

/// A cookie, of which each browser has at most one.
pub struct Cookie {
    name: &'static str,
    same_site: &'static str,
    lasts: i64,
}

/// Somebody's session. A link from elsewhere finds one signed in.
pub const SESSION: Cookie =
    Cookie { name: "stafett_session", same_site: "Lax", lasts: SESSION_LASTS };
/// The ceremony of a passkey, which the same page begins and ends.
pub const CEREMONY: Cookie =
    Cookie { name: "stafett_passkey", same_site: "Strict", lasts: CEREMONY_LASTS };

impl Cookie {
    /// The header that sets it; with no value, the one that takes it away.
    pub fn set(&self, is_tls: bool, value: Option<&str>) -> HeaderValue {
        let Self { name, same_site, lasts } = self;
        let (host_only, secure) = if is_tls { (HOST_ONLY, "; Secure") } else { ("", "") };
        let (value, age) = value.map_or(("", 0), |value| (value, *lasts));
        HeaderValue::try_from(format!(
            "{host_only}{name}={value}; Path=/; HttpOnly; SameSite={same_site}; Max-Age={age}{secure}"
        ))
        .unwrap_or(HeaderValue::from_static(""))
    }

    /// Its value, if the browser has sent it.
    pub fn value<'a>(&self, is_tls: bool, headers: &'a HeaderMap) -> Option<&'a str> {
        let is_it = |name: &str| match is_tls {
            true => name.strip_prefix(HOST_ONLY) == Some(self.name),
            false => name == self.name,
        };
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(name, _)| is_it(name))
            .map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_out_of_reach_for_scripts_and_other_sites() {
        let plain = SESSION.set(false, Some("abc"));
        assert_eq!(
            plain.to_str().unwrap(),
            "stafett_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=7776000"
        );
        let tls = SESSION.set(true, Some("abc"));
        let tls = tls.to_str().unwrap();
        assert!(
            tls.starts_with("__Host-stafett_session=abc; Path=/;") && tls.ends_with("; Secure")
        );
        assert!(!tls.contains("Domain"), "__Host- forbids it");
        assert!(SESSION.set(true, None).to_str().unwrap().contains("Max-Age=0"));
        assert_eq!(
            CEREMONY.set(true, Some("abc")).to_str().unwrap(),
            "__Host-stafett_passkey=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=300; Secure"
        );
    }

    #[test]
    fn only_the_cookie_of_this_very_name_counts() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; stafett_session=one"));
        headers.append(header::COOKIE, HeaderValue::from_static("x__Host-stafett_session=two"));
        assert_eq!(SESSION.value(false, &headers), Some("one"));
        assert_eq!(SESSION.value(true, &headers), None);
        assert_eq!(CEREMONY.value(false, &headers), None);
    }
}
