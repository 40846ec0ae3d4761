//! The fixed texts of the page where the times of slides are set, and what is told there with figures in it.

use super::Lang;
use super::table::table;

table! {
    /// Every fixed text of the page where the times of slides are set.
    SlidesWords;

    lead: "Välj sidan som visas medan filmen går. Filmens tid räknas.", "Choose the page that is shown while the film plays. The film's time counts.";
    next: "Nästa sida från nu", "Next page from now on";
    before: "Förra sidan från nu", "Previous page from now on";
    undo: "Ångra", "Undo";
    keys: "Tangenter: N nästa sida, B förra sidan, Z ångra.", "Keys: N next page, B previous page, Z undo.";
    pages: "Sidor", "Pages";
    pages_hint: "Tryck på en sida så visas den från och med där filmen är. Piltangenterna går mellan sidorna.", "Press a page to show it from where the film is. The arrow keys move between the pages.";
    no_pictures: "Sidorna visas här som bilder när de har bearbetats.", "The pages are shown here as pictures once they have been processed.";
    to_jobs: "Så går bearbetningen", "How the processing goes";
    times: "Tider", "Times";
    none: "Inga tider än. Spela filmen och välj sidan som visas.", "No times yet. Play the film and choose the page that is shown.";
    go_there: "Gå dit", "Go there";
    remove: "Ta bort", "Remove";
    time: "Tid", "Time";
    page: "Sida", "Page";
    as_text: "Som text", "As text";
    not_saved_yet: "Ändringarna är inte sparade än.", "The changes are not saved yet.";
    undone: "Den senaste ändringen är ångrad.", "The last change has been undone.";
    no_such_page: "Det finns ingen sådan sida.", "There is no such page.";
    nothing_on_view: "Ingen sida visas än", "No page is on view yet";
}

impl Lang {
    /// The fixed texts of the page where the times of slides are set.
    #[must_use]
    pub const fn slides_words(self) -> &'static SlidesWords {
        match self {
            Self::Sv => &SlidesWords::SV,
            Self::En => &SlidesWords::EN,
        }
    }

    /// `Nu visas sida 3 av 12`; how many there are is not always known.
    #[must_use]
    pub fn page_on_view(self, page: Option<i32>, of: Option<i32>) -> String {
        let Some(page) = page else { return self.slides_words().nothing_on_view.to_owned() };
        match (self, of) {
            (Self::Sv, Some(of)) => format!("Nu visas sida {page} av {of}"),
            (Self::Sv, None) => format!("Nu visas sida {page}"),
            (Self::En, Some(of)) => format!("Page {page} of {of} is on view"),
            (Self::En, None) => format!("Page {page} is on view"),
        }
    }

    /// `Sida 3: Vad är en stafett`
    #[must_use]
    pub fn page_named(self, page: i32, words: &str) -> String {
        let name = format!("{} {page}", self.slides_words().page);
        if words.is_empty() { name } else { format!("{name}: {words}") }
    }

    /// `Sida 3 visas från 00:01:05.000.`
    #[must_use]
    pub fn page_turned(self, page: i32, time: &str) -> String {
        match self {
            Self::Sv => format!("Sida {page} visas från {time}."),
            Self::En => format!("Page {page} is shown from {time}."),
        }
    }

    /// `Sida 3 visas redan.`
    #[must_use]
    pub fn page_already(self, page: i32) -> String {
        match self {
            Self::Sv => format!("Sida {page} visas redan."),
            Self::En => format!("Page {page} is on view already."),
        }
    }

    /// `Tog bort 00:01:05.000, sida 3.`
    #[must_use]
    pub fn page_removed(self, page: &str, time: &str) -> String {
        match self {
            Self::Sv => format!("Tog bort {time}, sida {page}."),
            Self::En => format!("Removed {time}, page {page}."),
        }
    }

    /// `Gå dit: 00:01:05.000`, which begins as the button does
    #[must_use]
    pub fn go_to_time(self, time: &str) -> String {
        match self {
            Self::Sv => format!("Gå dit: {time}"),
            Self::En => format!("Go there: {time}"),
        }
    }

    /// `Ta bort 00:01:05.000, sida 3`
    #[must_use]
    pub fn remove_time(self, time: &str, page: &str) -> String {
        match self {
            Self::Sv => format!("Ta bort {time}, sida {page}"),
            Self::En => format!("Remove {time}, page {page}"),
        }
    }
}
