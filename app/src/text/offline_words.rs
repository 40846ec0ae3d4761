//! What is said without a network, and what the site is called on a home screen. The server writes it into the worker and
//! the manifest; pages do not load it.

use super::Lang;
use super::table::table;

table! {
    /// The texts of the worker and the manifest.
    OfflineWords;

    tagline: "Det gemensamma programmet", "The shared programme";
    no_network: "Inget svar från nätet.", "No answer from the network.";
    as_it_was: "Så här såg sidan ut {}.", "This is how the page was on {}.";
    again: "Försök igen", "Try again";
    not_kept: "Den här sidan har inte sparats på telefonen eller datorn. Du kommer tillbaka hit så fort nätet svarar.", "This page has not been kept on the telephone or computer. You are taken back to it as soon as the network answers.";
    there_is: "Det här kan du läsa ändå", "This you can read anyway";
}

impl Lang {
    /// The texts in this language.
    #[must_use]
    pub const fn offline_words(self) -> &'static OfflineWords {
        match self {
            Self::Sv => &OfflineWords::SV,
            Self::En => &OfflineWords::EN,
        }
    }
}
