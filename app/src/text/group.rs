//! Signing up several colleagues.

use super::Lang;
use crate::signup::group_model::{Choice, Member, NoRoom, RowProblem};
use crate::signup::model::Status;

/// Fixed texts that no other page has: as functions, so that the calendar does not carry them.
macro_rules! texts {
    ($($name:ident: $sv:literal, $en:literal;)+) => {
        impl Lang {
            $(
                #[doc = $en]
                #[must_use]
                pub const fn $name(self) -> &'static str {
                    self.pick($sv, $en)
                }
            )+
        }
        #[cfg(test)]
        const PAIRS: &[(&str, &str, &str)] = &[$((stringify!($name), $sv, $en)),+];
    };
}

texts! {
    group_link: "Anmäl flera kollegor", "Sign up several colleagues";
    group_title: "Anmäl flera kollegor", "Sign up several colleagues";
    group_why: "Var och en får ett eget mejl där det står att du har anmält dem, och kan själv tacka nej.", "Each of them gets a mail of their own that says that you signed them up, and can say no.";
    group_you: "Du som anmäler", "You who sign them up";
    group_email_hint: "Hit skickar vi en sammanställning och länken till er sida.", "We send a summary and the link to your page here.";
    group_organisation_hint: "Samma för alla.", "The same for everybody.";
    group_along: "Jag ska också vara med", "I am coming along, too";
    group_along_why: "Då får du en egen plats, först av alla i formuläret.", "You then get a place of your own, before the others in the form.";
    group_way: "Hur ska ni delta?", "How are you going to take part?";
    group_colleagues: "Dina kollegor", "Your colleagues";
    group_colleagues_why: "Platserna ges i den ordning som ni står här. Tomma rader hoppas över.", "Places are given in the order in which you stand here. Empty rows are passed over.";
    group_more: "Fler rader", "More rows";
    group_most: "Högst 20 åt gången.", "At most 20 at a time.";
    group_choice: "Om det inte finns plats för alla", "If there is not room for everybody";
    group_now: "Just nu:", "Right now:";
    group_consent_more: "Var och en kan tacka nej när som helst.", "Each of them can say no at any time.";
    group_consent_missing: "Kryssa i rutan så att vi får spara uppgifterna.", "Tick the box so that we may keep the details.";
    group_send: "Anmäl alla", "Sign everybody up";
    group_nothing_lost: "Ingen är anmäld än, och allt du har skrivit står kvar.", "Nobody has been signed up yet, and all that you have written is still here.";
    group_instead_line: "Ställ alla på väntelistan", "Put everybody on the waitlist";
    group_too_many: "Vänta en stund och försök igen", "Wait a while and try again";
    group_too_many_why: "Ovanligt många har anmälts från din uppkoppling eller med din adress. Ingen är anmäld än, och allt du har skrivit står kvar.", "Unusually many have been signed up from your connection or with your address. Nobody has been signed up yet, and all that you have written is still here.";
    group_new: "Klart, så här gick det", "Done, this is how it went";
    group_own: "Din anmälan för flera", "Your sign-up for several people";
    group_own_why: "Var och en har fått ett eget mejl och kan själv tacka nej; du kan inte ändra något åt dem. Sidan visar hur det står till nu.", "Each of them has got a mail of their own and can say no; you cannot change anything for them. The page shows how things stand now.";
    group_were_before: "Den som redan var anmäld behåller sin plats och visas som när du anmälde.", "Whoever was signed up already keeps the place and shows as at the time you signed up.";
    group_left_out_why: "Den som inte anmäldes har inte fått något mejl. Du eller de själva kan försöka igen om det blir plats.", "Whoever was not signed up has had no mail. You or they can try again if places come free.";
    group_again: "Anmäl fler", "Sign up more";
    say_no: "Tacka nej", "Say no";
    say_no_yes: "Ja, tacka nej", "Yes, say no";
    say_no_why: "Platsen går direkt till nästa på väntelistan, och den som anmälde dig ser att du tackade nej. Du kan anmäla dig själv igen, men hamnar då sist.", "The place goes at once to the next on the waitlist, and whoever signed you up sees that you said no. You can sign up again yourself, but will then be last.";
}

impl Lang {
    /// `Kollega 3`
    #[must_use]
    pub fn colleague(self, number: usize) -> String {
        format!("{} {number}", self.pick("Kollega", "Colleague"))
    }

    /// What is wanted if there are not seats for everybody.
    #[must_use]
    pub const fn group_wanted(self, choice: Choice) -> &'static str {
        match choice {
            Choice::All => self.pick("Alla eller ingen", "Everybody or nobody"),
            Choice::Fit => self.pick(
                "Så många som får plats; resten anmäls inte",
                "As many as there is room for; the rest are not signed up",
            ),
            Choice::Line => self.pick(
                "Så många som får plats; resten ställs på väntelistan",
                "As many as there is room for; the rest go on the waitlist",
            ),
        }
    }

    /// What is wrong with a row, and what to do.
    #[must_use]
    pub const fn row_problem(self, problem: RowProblem) -> &'static str {
        match problem {
            RowProblem::NoName => self.pick(
                "Skriv vad kollegan heter, eller töm raden.",
                "Write the colleague's name, or empty the row.",
            ),
            RowProblem::NoEmail => self.pick(
                "Skriv kollegans e-postadress, eller töm raden.",
                "Write the colleague's e-mail address, or empty the row.",
            ),
            RowProblem::Nobody => {
                self.pick("Skriv namnet på minst en kollega.", "Write the name of at least one colleague.")
            }
            RowProblem::NotAnAddress => self.pick(
                "Adressen ska se ut som namn@kommun.se.",
                "The address should look like name@municipality.se.",
            ),
            RowProblem::Twice => self.pick(
                "Adressen står redan längre upp. Var och en behöver en egen.",
                "The address stands further up already. Each needs one of their own.",
            ),
            RowProblem::TooLong => {
                self.pick("Högst 200 tecken får plats.", "At most 200 characters fit.")
            }
            RowProblem::Unreadable => self.pick(
                "Det finns ett tecken här som inte går att läsa. Skriv om det.",
                "There is a character here that cannot be read. Write it again.",
            ),
            RowProblem::NotAName => {
                self.pick("Skriv namnet utan webbadress.", "Write the name without a web address.")
            }
            RowProblem::TooMany => self.pick(
                "Högst 20 kollegor åt gången. Anmäl resten efteråt.",
                "At most 20 colleagues at a time. Sign up the rest afterwards.",
            ),
            RowProblem::Themselves => self.pick(
                "Den här adressen går inte att anmäla åt någon annan just nu. Be kollegan anmäla sig själv.",
                "This address cannot be signed up by somebody else right now. Ask the colleague to sign up.",
            ),
        }
    }

    /// The same in the summary, where it is not seen which row.
    #[must_use]
    pub fn row_problem_at(self, row: usize, problem: RowProblem) -> String {
        match problem {
            RowProblem::Nobody | RowProblem::TooMany => self.row_problem(problem).to_owned(),
            _ => format!("{}: {}", self.colleague(row + 1), self.row_problem(problem)),
        }
    }

    /// `Det finns inte plats för alla`
    #[must_use]
    pub const fn no_room(self, room: NoRoom) -> &'static str {
        match room.left {
            0 => self.pick("Det är fullt just nu", "It is full at the moment"),
            _ => self.pick("Det finns inte plats för alla", "There is not room for everybody"),
        }
    }

    /// `2 platser är lediga, och ni är 4.`
    #[must_use]
    pub fn no_room_why(self, room: NoRoom) -> String {
        let wanted = room.wanted;
        match (self, room.left) {
            (Self::Sv, 0) => "Ingen plats är ledig, eller så väntar andra på den.".into(),
            (Self::Sv, 1) => format!("En plats är ledig, och {wanted} behövs."),
            (Self::Sv, left) => format!("{left} platser är lediga, och {wanted} behövs."),
            (Self::En, 0) => "No place is free, or others are waiting for it.".into(),
            (Self::En, 1) => format!("One place is free, and {wanted} are needed."),
            (Self::En, left) => format!("{left} places are free, and {wanted} are needed."),
        }
    }

    /// The button that signs up those who fit.
    #[must_use]
    pub fn instead_fit(self, left: u32) -> String {
        match (self, left) {
            (Self::Sv, 1) => "Anmäl bara den första".into(),
            (Self::Sv, left) => format!("Anmäl bara de {left} första"),
            (Self::En, 1) => "Sign up only the first".into(),
            (Self::En, left) => format!("Sign up only the first {left}"),
        }
    }

    /// The button that puts the rest on the waitlist.
    #[must_use]
    pub fn instead_line(self, left: u32) -> String {
        match (self, left) {
            (_, 0) => self.group_instead_line().into(),
            (Self::Sv, 1) => "Anmäl den första och ställ resten på väntelistan".into(),
            (Self::Sv, left) => format!("Anmäl de {left} första och ställ resten på väntelistan"),
            (Self::En, 1) => "Sign up the first and put the rest on the waitlist".into(),
            (Self::En, left) => {
                format!("Sign up the first {left} and put the rest on the waitlist")
            }
        }
    }

    /// What has become of one of them.
    #[must_use]
    pub fn member(self, member: &Member) -> String {
        match (member.status, member.position) {
            (None, _) => self
                .pick("Anmäldes inte, det fanns ingen plats", "Not signed up, there was no place")
                .into(),
            _ if member.has_place() => self.pick("Har en plats", "Has a place").into(),
            (Some(Status::Cancelled), _) => self.pick("Tackade nej", "Said no").into(),
            (Some(Status::Waitlisted), Some(position)) => match self {
                Self::Sv => format!("Nummer {position} på väntelistan"),
                Self::En => format!("Number {position} on the waitlist"),
            },
            (Some(Status::Waitlisted), None) => {
                self.pick("På väntelistan", "On the waitlist").into()
            }
            _ => self.pick("Väntar på besked", "Waiting for an answer").into(),
        }
    }

    /// `Bo Ek: har en plats`, for a mail.
    #[must_use]
    pub fn member_line(self, member: &Member) -> String {
        let name = member.name.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{name}: {}", self.member(member))
    }

    /// `3 av 5 har en plats`
    #[must_use]
    pub fn group_places(self, with_place: usize, count: usize) -> String {
        match self {
            Self::Sv => format!("{with_place} av {count} har en plats"),
            Self::En => format!("{with_place} of {count} have a place"),
        }
    }

    /// Where the summary went.
    #[must_use]
    pub fn group_mail_is_sent(self, email: &str) -> String {
        match self {
            Self::Sv => format!("En sammanställning med länken hit är på väg till {email}."),
            Self::En => format!("A summary with the link to this page is on its way to {email}."),
        }
    }

    /// On a colleague's own page.
    #[must_use]
    pub fn signed_you_up(self, name: &str) -> String {
        match self {
            Self::Sv => format!(
                "{name} har anmält dig. Den här sidan är bara din: vill du inte, tackar du nej här."
            ),
            Self::En => format!(
                "{name} has signed you up. This page is yours alone: if you do not want to, say no here."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages() {
        for (name, sv, en) in PAIRS {
            assert!(!sv.trim().is_empty() && !en.trim().is_empty(), "{name}");
            let ends = |text: &str| text.ends_with(['.', '?', ':']);
            assert_eq!(ends(sv), ends(en), "{name} ends differently");
        }
    }

    #[test]
    fn whether_somebody_came_is_not_told() {
        let member = |status| Member { name: "Bo".into(), status, position: None };
        let told = |status| Lang::Sv.member(&member(Some(status)));
        assert_eq!(told(Status::NoShow), told(Status::Confirmed));
        assert_eq!(told(Status::Attended), told(Status::Confirmed));
        assert_eq!(Lang::En.member_line(&member(None)), "Bo: Not signed up, there was no place");
    }
}
