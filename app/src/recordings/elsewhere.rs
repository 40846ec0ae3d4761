//! A recording that lies with another provider: which page of theirs can be shown within ours. Pure.

/// What a frame shows, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The address of what is shown.
    pub address: String,
    /// The origin that it comes from, as a policy names it (CSP 3, §2.3.1).
    pub origin: String,
    /// Whose it is, as a reader knows it.
    pub host: String,
}

/// The host of an address, as a reader knows it.
#[must_use]
pub fn host_of(address: &str) -> Option<&str> {
    let (host, _) = parts(address)?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// What can be shown within a page of ours, beginning so many seconds in. Nothing where the provider is not one whose
/// frames are known: most refuse to be framed.
#[must_use]
pub fn frame(address: &str, seconds: i32) -> Option<Frame> {
    let (host, rest) = parts(address)?;
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let query = query.split('#').next().unwrap_or_default();
    let path = path.split('#').next().unwrap_or_default();
    let value =
        |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let frame = |host: &str, address: String| Frame {
        address,
        origin: format!("https://{host}"),
        host: host.strip_prefix("www.").unwrap_or(host).to_owned(),
    };
    match host.strip_prefix("www.").unwrap_or(host) {
        "youtube.com" | "m.youtube.com" | "youtu.be" | "youtube-nocookie.com" => {
            let in_path = || path.strip_prefix("/embed/").or_else(|| path.strip_prefix("/live/"));
            let id = match host {
                "youtu.be" => path.strip_prefix('/'),
                _ => value("v").or_else(in_path),
            };
            let id = id.filter(|id| is_name(id))?;
            let host = "www.youtube-nocookie.com";
            Some(frame(host, format!("https://{host}/embed/{id}?start={seconds}")))
        }
        "vimeo.com" | "player.vimeo.com" => {
            let path = path.strip_prefix("/video").unwrap_or(path);
            let id = path.strip_prefix('/')?.split('/').next()?;
            let id =
                Some(id).filter(|id| id.bytes().all(|b| b.is_ascii_digit()) && !id.is_empty())?;
            let host = "player.vimeo.com";
            Some(frame(host, format!("https://{host}/video/{id}?dnt=1#t={seconds}s")))
        }
        // PeerTube, wherever somebody runs it.
        _ => {
            let id = path.strip_prefix("/w/").or_else(|| path.strip_prefix("/videos/watch/"))?;
            let id = Some(id).filter(|id| is_name(id))?;
            Some(frame(host, format!("https://{host}/videos/embed/{id}?start={seconds}s&p2p=0")))
        }
    }
}

/// Host and the rest of an address under https. A name and nothing else: what it is put into is a policy.
fn parts(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix("https://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    let is_host = host.contains('.')
        && host.len() <= 253
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    is_host.then_some((host, rest))
}

fn is_name(text: &str) -> bool {
    (5..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_providers_are_shown_by_the_page_that_sends_them_least() {
        for (address, shown) in [
            (
                "https://www.youtube.com/watch?v=abc_DEF-123",
                "https://www.youtube-nocookie.com/embed/abc_DEF-123?start=75",
            ),
            (
                "https://www.youtube.com/watch?list=x&v=abc_DEF-123#t=1",
                "https://www.youtube-nocookie.com/embed/abc_DEF-123?start=75",
            ),
            (
                "https://youtu.be/abc_DEF-123?si=zzz",
                "https://www.youtube-nocookie.com/embed/abc_DEF-123?start=75",
            ),
            (
                "https://www.youtube.com/live/abc_DEF-123",
                "https://www.youtube-nocookie.com/embed/abc_DEF-123?start=75",
            ),
            ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1#t=75s"),
            (
                "https://player.vimeo.com/video/123456789",
                "https://player.vimeo.com/video/123456789?dnt=1#t=75s",
            ),
            (
                "https://video.kommun.se/w/9c9de5e8Kq",
                "https://video.kommun.se/videos/embed/9c9de5e8Kq?start=75s&p2p=0",
            ),
        ] {
            assert_eq!(
                frame(address, 75).map(|frame| frame.address).as_deref(),
                Some(shown),
                "{address}"
            );
        }
        let vimeo = frame("https://vimeo.com/123456789", 0).unwrap();
        assert_eq!(
            (vimeo.origin.as_str(), vimeo.host.as_str()),
            ("https://player.vimeo.com", "player.vimeo.com")
        );
    }

    #[test]
    fn nothing_else_gets_into_a_policy() {
        for address in [
            "https://example.org/film",
            "http://vimeo.com/123456789",
            "https://vimeo.com/",
            "https://vimeo.com/om-oss",
            "https://youtu.be/",
            "https://www.youtube.com/watch?v=%22%3E",
            "https://evil.se;script-src *.evil.se/w/abcdefgh",
            "https://a b.se/w/abcdefgh",
            "https://user@evil.se/w/abcdefgh",
            "https://evil.se:8443/w/abcdefgh",
            "https://localhost/w/abcdefgh",
        ] {
            assert_eq!(frame(address, 0), None, "{address}");
        }
        assert_eq!(host_of("https://www.youtube.com/x"), Some("youtube.com"));
        assert_eq!(host_of("https://play.kommun.se"), Some("play.kommun.se"));
    }
}
