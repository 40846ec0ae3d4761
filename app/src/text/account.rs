//! Texts about accounts with names and figures in them.

use super::{Lang, dates};
use crate::account::passkey::model::{News, NotDone, Trouble};
use crate::account::profile::ProfileField;
use crate::signup::model::Problem;
use jiff::civil::DateTime;

impl Lang {
    /// The address of the form that signs one in, and leads back to `here`.
    #[must_use]
    pub fn sign_in_and_come_back(self, here: &str) -> String {
        let mut address = self.href("/sign-in?next=");
        for byte in here.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                    address.push(char::from(byte));
                }
                _ => address.push_str(&format!("%{byte:02X}")),
            }
        }
        address
    }

    /// `Du är inloggad som Åsa Öberg.`
    #[must_use]
    pub fn signed_in_as(self, name: &str) -> String {
        match self {
            Self::Sv => format!("Du är inloggad som {name}."),
            Self::En => format!("You are signed in as {name}."),
        }
    }

    /// What a screen reader hears at the name in the header.
    #[must_use]
    pub fn my_page_of(self, name: &str) -> String {
        format!("{}: {name}", self.words().me)
    }

    /// `Senast använd tors 19 nov 08:00, inloggad sedan 2 nov`
    #[must_use]
    pub fn session_times(self, last_used: DateTime, began: DateTime) -> String {
        let day = dates::day(self, last_used.date());
        let clock = dates::clock(last_used.time());
        let since = dates::short_day(self, began.date());
        match self {
            Self::Sv => format!("Senast använd {day} {clock}, inloggad sedan {since}"),
            Self::En => format!("Last used {day} {clock}, signed in since {since}"),
        }
    }

    /// `Senast använd tors 19 nov 08:00, tillagd 2 nov`
    #[must_use]
    pub fn passkey_times(self, last_used: Option<DateTime>, added: DateTime) -> String {
        let added = dates::short_day(self, added.date());
        let Some(last_used) = last_used else {
            return match self {
                Self::Sv => format!("Inte använd än, tillagd {added}"),
                Self::En => format!("Not used yet, added {added}"),
            };
        };
        let (day, clock) = (dates::day(self, last_used.date()), dates::clock(last_used.time()));
        match self {
            Self::Sv => format!("Senast använd {day} {clock}, tillagd {added}"),
            Self::En => format!("Last used {day} {clock}, added {added}"),
        }
    }

    /// Why a ceremony came to nothing, and what to do.
    #[must_use]
    pub const fn passkey_trouble(self, trouble: Trouble) -> &'static str {
        match trouble {
            Trouble::Cancelled => self.pick(
                "Ingen nyckel användes, och ingenting har ändrats. Försök igen när du vill.",
                "No passkey was used, and nothing has changed. Try again whenever you want.",
            ),
            Trouble::HereAlready | Trouble::NotDone(NotDone::Known) => self.pick(
                "Den här enheten har redan en nyckel till ditt konto.",
                "This device has a passkey to your account already.",
            ),
            Trouble::Cannot => self.pick(
                "Enheten kan inte hantera en sådan nyckel. Prova en annan enhet eller webbläsare.",
                "The device cannot handle such a passkey. Try another device or browser.",
            ),
            Trouble::NotDone(NotDone::Over) => {
                self.pick("Det tog för lång tid. Försök igen.", "It took too long. Try again.")
            }
            Trouble::NotDone(NotDone::Unknown) => self.pick(
                "Nyckeln hör inte till något konto här. Skriv din e-post, så mejlar vi en länk i stället.",
                "The passkey belongs to no account here. Write your e-mail, and we mail you a link instead.",
            ),
            Trouble::NotDone(NotDone::NotProven) => self.pick(
                "Nyckeln gick inte att bekräfta. Försök igen, eller använd en länk per mejl.",
                "The passkey could not be confirmed. Try again, or use a mailed link.",
            ),
            Trouble::NotDone(NotDone::Full) => self.pick(
                "Du har redan 20 nycklar. Ta bort någon som du inte använder.",
                "You have 20 passkeys already. Remove one that you do not use.",
            ),
            Trouble::SignedOut => self.pick(
                "Du är inte inloggad längre. Logga in igen, och lägg sedan till nyckeln.",
                "You are not signed in any more. Sign in again, and then add the passkey.",
            ),
            Trouble::TooOften => self.pick(
                "Det blev många försök på kort tid. Vänta en stund och försök igen.",
                "That was many attempts in a short time. Wait a while and try again.",
            ),
            Trouble::Failed => self.pick(
                "Det gick inte just nu, och ingenting har ändrats. Vänta en stund och försök igen.",
                "It did not work just now, and nothing has changed. Wait a while and try again.",
            ),
        }
    }

    /// What is told about one's passkeys on the page that a form of theirs leads to.
    #[must_use]
    pub const fn passkey_news(self, news: News) -> &'static str {
        let words = self.words();
        match news {
            News::Added => words.passkey_added,
            News::Renamed => words.passkey_renamed,
            News::Removed => words.passkey_removed,
            News::Nameless => words.passkey_nameless,
        }
    }

    /// A language by its own name, so that those who read no other find it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        self.pick("Svenska", "English")
    }

    /// What is wrong with a field of the profile, and what to do.
    #[must_use]
    pub const fn profile_problem(self, field: ProfileField, problem: Problem) -> &'static str {
        match (field, problem) {
            (ProfileField::Name, Problem::Missing) => {
                self.pick("Skriv ditt namn.", "Write your name.")
            }
            (ProfileField::Municipality, _) => {
                self.pick("Välj en kommun i listan.", "Choose a municipality from the list.")
            }
            (ProfileField::Language, _) => {
                self.pick("Välj ett av språken.", "Choose one of the languages.")
            }
            (ProfileField::AccessNeeds | ProfileField::Diet, Problem::TooLong) => {
                self.pick("Högst 1 000 tecken får plats.", "At most 1,000 characters fit.")
            }
            (_, Problem::TooLong) => {
                self.pick("Högst 200 tecken får plats.", "At most 200 characters fit.")
            }
            _ => self.pick(
                "Det finns ett tecken här som inte går att läsa. Skriv om det.",
                "There is a character here that cannot be read. Write it again.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_survives_being_part_of_an_address() {
        let back = Lang::En.sign_in_and_come_back("/en/calendar?q=å&x=1");
        assert_eq!(back, "/en/sign-in?next=/en/calendar%3Fq%3D%C3%A5%26x%3D1");
    }
}
