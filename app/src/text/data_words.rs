//! What is said of the data that is held about somebody.

use super::table::table;
use super::{Lang, consent};
use crate::me::data::model::Section;

table! {
    /// The fixed texts of the page.
    DataWords;

    title: "Det vi har om dig", "What we have about you";
    lead: "Här ser du allt som Stafett har sparat om dig, och kan ta det med dig.", "Here you see all that Stafett has stored about you, and you can take it with you.";
    take: "Ladda ner allt", "Download everything";
    take_why: "En zip-fil med en sida att läsa (index.html) och samma sak för program (data.json). Nycklar och hemliga länkar är inte med, så filen ger ingen tillgång till ditt konto. Visa den ändå bara för dem du litar på.", "A zip file with a page to read (index.html) and the same for programs (data.json). Keys and secret links are left out, so the file gives nobody access to your account. Show it only to those whom you trust all the same.";
    held: "Det som finns", "What there is";
    consents: "Det du har godkänt", "What you have agreed to";
    no_consents: "Du har inte anmält dig till något, så det finns inget godkännande.", "You have not signed up for anything, so you have agreed to nothing.";
    wording: "Vad som stod", "What it said";
    by_hand: "Arrangören anmälde dig", "The organiser signed you up";
    to_account: "Det vi har om dig", "What we have about you";
    made_on: "Uttaget", "Taken out";
    nothing: "Inget", "Nothing";
    yes: "ja", "yes";
    no: "nej", "no";
}

impl Lang {
    /// The texts in this language.
    #[must_use]
    pub const fn data_words(self) -> &'static DataWords {
        match self {
            Self::Sv => &DataWords::SV,
            Self::En => &DataWords::EN,
        }
    }

    /// What a kind of what is held is called.
    #[must_use]
    pub const fn held(self, section: Section) -> &'static str {
        let (sv, en) = match section {
            Section::Person => ("Du själv", "You"),
            Section::SignUps => ("Anmälningar", "Sign-ups"),
            Section::History => ("Vad som hänt med dem", "What became of them"),
            Section::Answers => {
                ("Svar på arrangörernas frågor", "Answers to organisers' questions")
            }
            Section::CheckIns => ("Incheckningar", "Check-ins"),
            Section::Series => ("Anmälningar till hela serier", "Sign-ups to whole series"),
            Section::Groups => ("Grupper du har anmält", "Groups that you have signed up"),
            Section::Awaited => ("Anmälningar du väntar på", "Sign-ups that you wait for"),
            Section::Watched => ("Inspelningar du har sett", "Recordings that you have watched"),
            Section::Mails => ("Mejl till dig", "Mails to you"),
            Section::Wishes => ("Vilka mejl du vill ha", "Which mails you want"),
            Section::Sessions => ("Där du är inloggad", "Where you are signed in"),
            Section::Passkeys => ("Dina nycklar", "Your passkeys"),
            Section::Links => ("Länkar för att logga in", "Links to sign in"),
            Section::Roles => ("Vad du får göra", "What you may do"),
            Section::Presented => ("Du som talare eller kontakt", "You as a speaker or a contact"),
            Section::Imported => ("Rader i arrangörernas filer", "Rows in organisers' files"),
            Section::Log => ("Händelser i loggen", "Entries in the log"),
            Section::Made => {
                ("Det du har gjort som arrangör", "What you have made as an organiser")
            }
        };
        match self {
            Self::Sv => sv,
            Self::En => en,
        }
    }

    /// The wording of this number.
    #[must_use]
    pub const fn agreed_to(self, wording: i32) -> &'static str {
        match wording {
            consent::HAND => consent::hand_text(self),
            consent::GROUP => consent::group_text(self),
            _ => consent::text(self),
        }
    }
}
