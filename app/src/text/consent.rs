//! The wording that a person agrees to when signing up. A sign-up keeps the number of the wording it
//! was made under, so a changed text gets a new number and the old one stays here.

use super::Lang;

/// The number of the wording in use.
pub const CURRENT: i32 = 1;

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
