//! The podcast's picture, and its identifier.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use std::sync::LazyLock;

/// 1400 pixels square, as Apple's directory asks for. `scripts/cover.sh` draws it from `cover.svg`.
static COVER: &[u8] = include_bytes!("../../podcast/cover.png");

/// Its address carries the hash of its content: players keep a picture for as long as its address is the same.
static ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let hash = digest(&SHA256, COVER);
    let hash: String = hash.as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("/feeds/cover/{hash}.png")
});

/// Where the picture is, without the site.
pub fn address() -> &'static str {
    &ADDRESS
}

/// `/feeds/cover/{file}`: the picture; who has an older address is led on.
pub async fn serve(Path(file): Path<String>) -> Response {
    if address().rsplit('/').next() != Some(file.as_str()) {
        let is_picture = file.ends_with(".png");
        let elsewhere = Redirect::temporary(address()).into_response();
        return if is_picture { elsewhere } else { StatusCode::NOT_FOUND.into_response() };
    }
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, COVER).into_response()
}

/// What the namespace of podcasts is called where identifiers are made of addresses: `podcast:guid` of the Podcasting
/// 2.0 namespace.
const NAMESPACE: [u8; 16] = 0xead4_c236_bf58_58c6_a2c6_a6b2_8d12_8cb6_u128.to_be_bytes();

/// The identifier of the feed at an address: a UUID of version 5 (RFC 9562 §5.5) of the address without its scheme and
/// without slashes at its end.
pub fn guid(feed: &str) -> String {
    let name = feed.split_once("://").map_or(feed, |(_, rest)| rest).trim_end_matches('/');
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, &[&NAMESPACE, name.as_bytes()].concat());
    let bytes = hash.as_ref().iter().take(16);
    let number = bytes.fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    let number = (number & !(0xf << 76)) | (5 << 76);
    let number = (number & !(0b11 << 62)) | (0b10 << 62);
    let text = format!("{number:032x}");
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples that the namespace's own description gives.
    #[test]
    fn identifiers_are_those_of_everybody_else() {
        assert_eq!(guid("https://podnews.net/rss"), "9b024349-ccf0-5f69-a609-6b82873eab3c");
        assert_eq!(guid("podnews.net/rss///"), "9b024349-ccf0-5f69-a609-6b82873eab3c");
        assert_eq!(
            guid("http://mp3s.nashownotes.com/pc20rss.xml"),
            "917393e3-1b1e-5cef-ace4-edaa54e1f810"
        );
        assert_ne!(guid("https://x.se/feed?lang=sv"), guid("https://x.se/feed?lang=en"));
    }

    /// PNG (ISO/IEC 15948) §11.2.2: width and height stand in the first chunk.
    #[test]
    fn the_picture_is_as_large_as_players_want_it() {
        let number = |at: usize| u32::from_be_bytes(COVER[at..at + 4].try_into().unwrap());
        assert_eq!(&COVER[1..4], b"PNG");
        let (width, height) = (number(16), number(20));
        assert_eq!(width, height);
        assert!((1400..=3000).contains(&width), "{width}");
        assert!(COVER.len() < 100_000, "{} bytes", COVER.len());
    }
}
