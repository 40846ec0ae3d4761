//! A material as readers see it wherever it stands: where it leads, and what its file is.

use super::file::MaterialFile;
use crate::text::{Lang, use_lang};
use leptos::prelude::*;

/// The title, which leads to the file where it lies here, and otherwise to where it is on the web.
#[component]
pub fn Title(
    /// The words.
    title: String,
    /// Where it is on the web.
    url: Option<String>,
    /// Its file.
    file: Option<MaterialFile>,
) -> impl IntoView {
    match (file, url) {
        (Some(file), _) => view! {
            <a
                href=file.address
                rel="external"
                type=file.kind.content_type()
                hreflang=file.language.map(|language| language.as_str())
            >
                {title}
            </a>
        }
        .into_any(),
        // A page of ours.
        (None, Some(url)) if url.starts_with('/') => view! { <a href=url>{title}</a> }.into_any(),
        (None, Some(url)) => view! { <a href=url rel="external noreferrer">{title}</a> }.into_any(),
        (None, None) => view! { <span>{title}</span> }.into_any(),
    }
}

/// What the file is, and the address on the web that stands beside it; nothing without a file.
#[component]
pub fn Facts(
    /// Its file.
    file: Option<MaterialFile>,
    /// Where it is on the web, too.
    url: Option<String>,
) -> impl IntoView {
    let lang = use_lang();
    file.map(|file| {
        let beside = url.map(|url| {
            let place = place_of(&url, lang);
            view! {
                " "
                <a href=url rel="external noreferrer">
                    {place}
                </a>
            }
        });
        view! {
            <span class="thing-file">{lang.file_facts(&file)}</span>
            {beside}
        }
    })
}

/// `Även på example.org`
fn place_of(url: &str, lang: Lang) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit('@').next().unwrap_or(host);
    lang.also_at(host.strip_prefix("www.").unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_the_web_is_called_by_its_name() {
        let place = |url| place_of(url, Lang::Sv);
        assert_eq!(place("https://www.example.org/rapport?x=1"), "Även på example.org");
        assert_eq!(place("http://eva@example.org#x"), "Även på example.org");
    }
}
