//! What a page says of itself to browsers, search engines and those who share it.

use crate::images::model::Picture;
use crate::text::use_lang;
use leptos::prelude::*;
use leptos_meta::Title;

/// Title, description, canonical address, the other language's address and Open Graph.
#[component]
pub fn PageMeta(
    /// Without the site's name.
    #[prop(into)]
    title: String,
    /// One or two sentences.
    #[prop(into)]
    description: String,
    /// The Swedish address, with what belongs to it of the query.
    #[prop(into)]
    path: String,
    /// `website` or `article`.
    #[prop(default = "website")]
    kind: &'static str,
    /// Keep it out of search engines.
    #[prop(optional)]
    private: bool,
    /// The picture of what the page is about.
    #[prop(optional_no_strip)]
    image: Option<Picture>,
    /// The address of a picture that is no picture of the house, but a file of what the page is about.
    #[prop(optional_no_strip)]
    still: Option<String>,
    /// The address of a feed of what the page lists.
    #[prop(optional_no_strip)]
    feed: Option<String>,
) -> impl IntoView {
    let description = first_sentences(&description);
    #[cfg(feature = "ssr")]
    tell_search_engines(&title, &description, &path, kind, (private, image.as_ref(), still, feed));
    #[cfg(feature = "hydrate")]
    {
        let _ = (kind, private, image, still, feed);
        let address = format!("{}{}", origin(), use_lang().href(&path));
        Effect::new(move |_| keep_true(&address, &description));
    }
    view! { <Title text=title /> }
}

/// Writes into the head what only search engines and the like read.
#[cfg(feature = "ssr")]
fn tell_search_engines(
    title: &str,
    description: &str,
    path: &str,
    kind: &'static str,
    (private, image, still, feed): (bool, Option<&Picture>, Option<String>, Option<String>),
) {
    use crate::text::Lang;
    use leptos_meta::{Link, Meta};

    // A page under a `Suspend` is made twice; its head is one.
    let mut is_written = false;
    crate::services::PageNotes::of_request()
        .write(|notes| is_written = std::mem::replace(&mut notes.head_written, true));
    if is_written {
        return;
    }
    let lang = use_lang();
    let origin = origin();
    let address = |lang: Lang| format!("{origin}{}", lang.href(path));
    let (here, other) = (address(lang), address(lang.other()));
    let (title, description) = (title.to_owned(), description.to_owned());
    let locale = match lang {
        Lang::Sv => "sv_SE",
        Lang::En => "en_GB",
    };
    let still = still.map(|address| {
        view! { <Meta property="og:image" content=format!("{origin}{address}") /> }
    });
    // Where readers of feeds look for one (RSS Autodiscovery).
    let feed = feed.map(|address| {
        let href = format!("{origin}{address}");
        view! { <Link rel="alternate" type_="application/rss+xml" title=title.clone() href=href /> }
    });
    let image = image.map(|image| {
        let (address, alt) = (format!("{origin}{}", image.largest()), image.alt.clone());
        view! {
            <Meta property="og:image" content=address />
            <Meta property="og:image:width" content=image.width.to_string() />
            <Meta property="og:image:height" content=image.height.to_string() />
            {(!alt.is_empty()).then(|| view! { <Meta property="og:image:alt" content=alt /> })}
        }
    });
    // Rendered for its effect: these components write into the head, and nothing where they stand.
    let _ = view! { <Meta name="description" content=description.clone() /> }.to_html();
    if private {
        let _ = view! { <Meta name="robots" content="noindex" /> }.to_html();
        return;
    }
    let _ = view! {
        <Link rel="canonical" href=here.clone() />
        <Link rel="alternate" hreflang=lang.tag() href=here.clone() />
        <Link rel="alternate" hreflang=lang.other().tag() href=other />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=description />
        <Meta property="og:type" content=kind />
        <Meta property="og:url" content=here />
        <Meta property="og:site_name" content="Stafett" />
        <Meta property="og:locale" content=locale />
        {image}
        {still}
        {feed}
    }
    .to_html();
}

/// What a browser reads when a page that was reached within the site is shared or kept.
#[cfg(feature = "hydrate")]
fn keep_true(address: &str, description: &str) {
    for (selector, attribute, value) in [
        ("link[rel=canonical]", "href", address),
        ("meta[property='og:url']", "content", address),
        ("meta[name=description]", "content", description),
    ] {
        if let Ok(Some(element)) = document().query_selector(selector) {
            // An attribute whose name is a constant cannot be refused.
            let _ = element.set_attribute(attribute, value);
        }
    }
}

/// As much as a search engine shows, cut between words.
fn first_sentences(text: &str) -> String {
    const MOST: usize = 160;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

/// `https://stafett.example.se`, where people reach the site.
#[must_use]
pub fn origin() -> String {
    #[cfg(feature = "ssr")]
    {
        crate::services::Services::of_request()
            .map(|services| services.public_url.to_string())
            .unwrap_or_default()
    }
    #[cfg(not(feature = "ssr"))]
    {
        window().location().origin().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::first_sentences;

    #[test]
    fn long_descriptions_are_cut_between_words() {
        assert_eq!(first_sentences("kort"), "kort");
        let cut = first_sentences(&"åäö ".repeat(100));
        assert!(cut.ends_with("åäö…") && cut.chars().count() <= 161, "{cut}");
    }
}
