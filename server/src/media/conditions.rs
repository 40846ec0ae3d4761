//! Conditions of a request (RFC 9110 §13): whether somebody has a file already, or the very one that they mean. Pure.

use axum::http::{HeaderMap, HeaderName, header};

/// A file as conditions know it.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// Its strong `ETag`, with the quotes.
    pub etag: &'a str,
    /// When it was made (seconds since 1970 UTC).
    pub made: i64,
}

/// What follows from the conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The file is answered with.
    Go,
    /// They have it (304).
    NotModified,
    /// It is not the one that they mean (412).
    Failed,
}

/// The conditions in their order (§13.2.2); `If-Range` stands apart.
#[must_use]
pub fn verdict(headers: &HeaderMap, version: Version<'_>) -> Verdict {
    if headers.contains_key(header::IF_MATCH) {
        if !names(headers, header::IF_MATCH, |tag| tag == version.etag) {
            return Verdict::Failed;
        }
    } else if date(headers, header::IF_UNMODIFIED_SINCE).is_some_and(|date| version.made > date) {
        return Verdict::Failed;
    }
    if headers.contains_key(header::IF_NONE_MATCH) {
        // Compared weakly (§13.1.2).
        let is = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag) == version.etag;
        if names(headers, header::IF_NONE_MATCH, is) {
            return Verdict::NotModified;
        }
    } else if date(headers, header::IF_MODIFIED_SINCE).is_some_and(|date| version.made <= date) {
        return Verdict::NotModified;
    }
    Verdict::Go
}

/// Whether `Range` counts: `If-Range` is not there, or names this very version (§13.1.5). A weak tag names none, and
/// a date is that of the version or no condition that holds.
#[must_use]
pub fn range_counts(headers: &HeaderMap, version: Version<'_>) -> bool {
    let Some(value) = headers.get(header::IF_RANGE) else { return true };
    let Ok(value) = value.to_str().map(str::trim) else { return false };
    if value.starts_with('"') || value.starts_with("W/") {
        return value == version.etag;
    }
    seconds(value) == Some(version.made)
}

/// A time as `Last-Modified` has it (§5.6.7).
#[must_use]
pub fn http_date(seconds: i64) -> String {
    let since = std::time::Duration::from_secs(u64::try_from(seconds).unwrap_or_default());
    httpdate::fmt_http_date(std::time::UNIX_EPOCH + since)
}

fn seconds(text: &str) -> Option<i64> {
    let time = httpdate::parse_http_date(text).ok()?;
    let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<i64> {
    headers.get(name).and_then(|value| seconds(value.to_str().ok()?.trim()))
}

/// A list of tags, or `*`. Our tags have no comma.
fn names(headers: &HeaderMap, name: HeaderName, is: impl Fn(&str) -> bool) -> bool {
    let lines = headers.get_all(name);
    lines
        .iter()
        .filter_map(|line| line.to_str().ok())
        .any(|line| line.split(',').map(str::trim).any(|tag| tag == "*" || is(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const VERSION: Version<'static> = Version { etag: "\"abc\"", made: 784_111_777 };
    const MADE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const BEFORE: &str = "Sun, 06 Nov 1994 08:49:36 GMT";
    const AFTER: &str = "Sun, 06 Nov 1994 08:49:38 GMT";

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().cloned();
        pairs.map(|(name, value)| (name, HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn who_has_it_is_told_so() {
        let none = |value| verdict(&headers(&[(header::IF_NONE_MATCH, value)]), VERSION);
        for has in ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"] {
            assert_eq!(none(has), Verdict::NotModified, "{has}");
        }
        for has_not in ["\"x\"", "abc", "", "\"ABC\""] {
            assert_eq!(none(has_not), Verdict::Go, "{has_not}");
        }
        let since = |value| verdict(&headers(&[(header::IF_MODIFIED_SINCE, value)]), VERSION);
        assert_eq!((since(MADE), since(AFTER)), (Verdict::NotModified, Verdict::NotModified));
        assert_eq!((since(BEFORE), since("yesterday")), (Verdict::Go, Verdict::Go));
        // The tag decides where there is one.
        let both = headers(&[(header::IF_NONE_MATCH, "\"x\""), (header::IF_MODIFIED_SINCE, MADE)]);
        assert_eq!(verdict(&both, VERSION), Verdict::Go);
    }

    #[test]
    fn who_means_another_gets_none() {
        let of = |name, value| verdict(&headers(&[(name, value)]), VERSION);
        assert_eq!(of(header::IF_MATCH, "\"abc\""), Verdict::Go);
        assert_eq!(of(header::IF_MATCH, "*"), Verdict::Go);
        assert_eq!(of(header::IF_MATCH, "\"x\""), Verdict::Failed);
        assert_eq!(of(header::IF_MATCH, "W/\"abc\""), Verdict::Failed, "compared strongly");
        assert_eq!(of(header::IF_UNMODIFIED_SINCE, MADE), Verdict::Go);
        assert_eq!(of(header::IF_UNMODIFIED_SINCE, BEFORE), Verdict::Failed);
    }

    #[test]
    fn a_range_counts_for_the_version_it_is_of() {
        assert!(range_counts(&HeaderMap::new(), VERSION));
        let of = |value| range_counts(&headers(&[(header::IF_RANGE, value)]), VERSION);
        assert!(of("\"abc\"") && of(MADE));
        for other in ["\"x\"", "W/\"abc\"", BEFORE, AFTER, "abc", ""] {
            assert!(!of(other), "{other}");
        }
    }

    #[test]
    fn a_date_is_written_as_it_is_read() {
        assert_eq!(http_date(784_111_777), MADE);
    }
}
