//! The wording that a person agrees to when signing up. A sign-up keeps the number of the wording it
//! was made under, so a changed text gets a new number and the old one stays here.

use super::Lang;

/// The number of the wording in use.
pub const CURRENT: i32 = 1;

/// The number of the wording under which somebody signs up others.
pub const GROUP: i32 = 2;

/// The number of the wording under which an organiser signs somebody up by hand.
pub const HAND: i32 = 3;

/// The wording in use where an organiser signs somebody up by hand.
#[must_use]
pub const fn hand_text(lang: Lang) -> &'static str {
    match lang {
        Lang::Sv => {
            "Personen har bett om platsen, och vet att vi sparar uppgifterna för att hålla den och skicka det \
             som rör aktiviteten. De lämnas inte vidare till någon annan."
        }
        Lang::En => {
            "The person has asked for the place, and knows that we keep the details to hold it and to send \
             what concerns the event. They are not passed on to anybody else."
        }
    }
}

/// The wording in use where somebody signs up others.
#[must_use]
pub const fn group_text(lang: Lang) -> &'static str {
    match lang {
        Lang::Sv => {
            "Jag får lämna mina kollegors uppgifter, och de vet eller får veta att det är jag som anmält dem. \
             Arrangören sparar uppgifterna för att hålla platserna och skicka det som rör aktiviteten. De \
             lämnas inte vidare till någon annan."
        }
        Lang::En => {
            "I may give my colleagues' details, and they know or are told that it was I who signed them up. \
             The organiser keeps the details to hold the places and to send what concerns the event. They \
             are not passed on to anybody else."
        }
    }
}

/// The wording in use.
#[must_use]
pub const fn text(lang: Lang) -> &'static str {
    match lang {
        Lang::Sv => {
            "Jag går med på att arrangören sparar mina uppgifter för att hålla min plats och skicka \
             mig det som rör aktiviteten. De lämnas inte vidare till någon annan."
        }
        Lang::En => {
            "I agree that the organiser keeps my details to hold my place and to send me what concerns \
             the event. They are not passed on to anybody else."
        }
    }
}
