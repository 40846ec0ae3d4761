//! The sentences of each kind of mail.

use crate::mail::model::MailKind;
use crate::text::Lang;
use crate::unsubscribe::model::Wish;

/// What a kind of mail says.
pub(super) struct Sentences {
    /// The subject, before the event's title.
    pub subject: &'static str,
    /// What has happened; the event follows.
    pub what: &'static str,
    /// What the link is for; the link follows.
    pub then: &'static str,
    /// What the link is called.
    pub button: &'static str,
}

const fn say(
    subject: &'static str,
    what: &'static str,
    then: &'static str,
    button: &'static str,
) -> Sentences {
    Sentences { subject, what, then, button }
}

pub(super) const fn sentences(lang: Lang, kind: MailKind) -> Sentences {
    match lang {
        Lang::Sv => swedish(kind),
        Lang::En => english(kind),
    }
}

const fn swedish(kind: MailKind) -> Sentences {
    match kind {
        MailKind::Confirmed => say(
            "Du är anmäld",
            "Du har en plats på",
            "Se, ändra eller avboka din anmälan:",
            "Din anmälan",
        ),
        MailKind::Waitlisted => say(
            "Du står på väntelistan",
            "Alla platser är tagna, men du står på väntelistan till",
            "Följ din plats på väntelistan, eller lämna den:",
            "Din plats på väntelistan",
        ),
        MailKind::Promoted => say(
            "Du har fått en plats",
            "En plats blev ledig och den är din. Du är nu anmäld till",
            "Kan du inte komma? Avanmäl dig, så går platsen till nästa:",
            "Din anmälan",
        ),
        MailKind::Cancelled => say(
            "Du är avanmäld",
            "Du är avanmäld från",
            "Ångrar du dig kan du anmäla dig igen:",
            "Din anmälan",
        ),
        MailKind::SignedUpAgain => say(
            "Din anmälan",
            "Någon, antagligen du, anmälde den här adressen en gång till. Ingen ny plats har tagits på",
            "Här är länken till din anmälan:",
            "Din anmälan",
        ),
        MailKind::WillTellWhenOpen => say(
            "Vi säger till när anmälan öppnar",
            "Du får ett mejl så snart det går att anmäla sig till",
            "Läs om aktiviteten:",
            "Läs mer",
        ),
        MailKind::Opened => say(
            "Anmälan har öppnat",
            "Nu går det att anmäla sig till",
            "Formuläret finns på aktivitetens sida:",
            "Anmäl dig",
        ),
        MailKind::Changed => say(
            "Ändrat",
            "En aktivitet som du har anmält dig till har ändrats. Så här gäller nu:",
            "Passar det inte längre? Avanmäl dig, så går platsen till nästa:",
            "Din anmälan",
        ),
        MailKind::EventCancelled => say(
            "Inställt",
            "Den här aktiviteten blir inte av. Du behöver inte avanmäla dig.",
            "Läs mer på aktivitetens sida:",
            "Läs mer",
        ),
        MailKind::Reminder => say(
            "Påminnelse",
            "Snart är det dags för",
            "Kan du inte komma? Avanmäl dig, så går platsen till nästa:",
            "Din anmälan",
        ),
        MailKind::Requested => say(
            "Din anmälan är mottagen",
            "En plats hålls åt dig medan arrangören går igenom anmälningarna. Du får ett mejl när det är klart. Det gäller",
            "Se eller ta tillbaka din anmälan:",
            "Din anmälan",
        ),
        MailKind::Approved => say(
            "Din anmälan är godkänd",
            "Arrangören har godkänt din anmälan. Du har en plats på",
            "Se, ändra eller avboka din anmälan:",
            "Din anmälan",
        ),
        MailKind::Refused => say(
            "Du fick ingen plats",
            "Arrangören kunde tyvärr inte ge dig en plats på",
            "Läs arrangörens svar:",
            "Din anmälan",
        ),
        MailKind::SignIn => say(
            "Logga in på Stafett",
            "Du bad om att få logga in. Länken fungerar en gång, och bara en kort stund. Var det inte \
             du kan du slänga mejlet: ingen annan har fått länken.",
            "Logga in:",
            "Logga in",
        ),
        MailKind::Recording => say(
            "Inspelningen finns",
            "Nu finns det en inspelning av",
            "Den ligger på aktivitetens sida:",
            "Till inspelningen",
        ),
        MailKind::PasskeyAdded => say(
            "En nyckel har lagts till",
            "En nyckel (passkey) har lagts till på ditt konto i Stafett. Den som har den kan logga in som \
             du. Var det inte du som lade till den: ta bort den på ditt konto, och logga ut de enheter du \
             inte känner igen.",
            "Se dina nycklar:",
            "Ditt konto",
        ),
        MailKind::PasskeyRemoved => say(
            "En nyckel har tagits bort",
            "En nyckel (passkey) har tagits bort från ditt konto i Stafett och går inte längre att logga in \
             med. Var det inte du: logga in och logga ut de enheter du inte känner igen.",
            "Se dina nycklar:",
            "Ditt konto",
        ),
        MailKind::Letter => say(
            "Till dig som har anmält dig",
            "Den som arrangerar har skrivit till dig om",
            "Du får det här för att du har anmält dig. Din anmälan finns här:",
            "Din anmälan",
        ),
        MailKind::Group => say(
            "Du har anmält flera",
            "Var och en har fått ett eget mejl om vad som gäller och kan själv tacka nej. Så här står det \
             till med anmälan till",
            "Se hur det går på er sida:",
            "Er anmälan",
        ),
    }
}

const fn english(kind: MailKind) -> Sentences {
    match kind {
        MailKind::Confirmed => say(
            "You are signed up",
            "You have a place at",
            "See, change or cancel your sign-up:",
            "Your sign-up",
        ),
        MailKind::Waitlisted => say(
            "You are on the waitlist",
            "All places are taken, but you are on the waitlist for",
            "Follow your place on the waitlist, or leave it:",
            "Your place on the waitlist",
        ),
        MailKind::Promoted => say(
            "You have got a place",
            "A place came free and it is yours. You are now signed up for",
            "If you cannot come, cancel, and the place goes to the next:",
            "Your sign-up",
        ),
        MailKind::Cancelled => say(
            "Your sign-up is cancelled",
            "You are no longer signed up for",
            "If you change your mind you can sign up again:",
            "Your sign-up",
        ),
        MailKind::SignedUpAgain => say(
            "Your sign-up",
            "Somebody, probably you, signed up this address once more. No new place has been taken at",
            "Here is the link to your sign-up:",
            "Your sign-up",
        ),
        MailKind::WillTellWhenOpen => say(
            "We will tell you when sign-up opens",
            "You get a mail as soon as one can sign up for",
            "Read about the event:",
            "Read more",
        ),
        MailKind::Opened => say(
            "Sign-up has opened",
            "One can now sign up for",
            "The form is on the page of the event:",
            "Sign up",
        ),
        MailKind::Changed => say(
            "Changed",
            "An event that you have signed up for has changed. This is how it is now:",
            "If it does not suit you any more, cancel, and the place goes to the next:",
            "Your sign-up",
        ),
        MailKind::EventCancelled => say(
            "Cancelled",
            "This event will not take place. You do not have to cancel your sign-up.",
            "Read more on the page of the event:",
            "Read more",
        ),
        MailKind::Reminder => say(
            "Reminder",
            "It will soon be time for",
            "If you cannot come, cancel, and the place goes to the next:",
            "Your sign-up",
        ),
        MailKind::Requested => say(
            "Your sign-up has been received",
            "A place is held for you while the organiser goes through the sign-ups. You get a mail when that is done. It is about",
            "See or withdraw your sign-up:",
            "Your sign-up",
        ),
        MailKind::Approved => say(
            "Your sign-up is approved",
            "The organiser has approved your sign-up. You have a place at",
            "See, change or cancel your sign-up:",
            "Your sign-up",
        ),
        MailKind::Refused => say(
            "You did not get a place",
            "The organiser could unfortunately not give you a place at",
            "Read the organiser's answer:",
            "Your sign-up",
        ),
        MailKind::SignIn => say(
            "Sign in to Stafett",
            "You asked to sign in. The link works once, and only for a short while. If it was not you, \
             throw this mail away: nobody else has been sent the link.",
            "Sign in:",
            "Sign in",
        ),
        MailKind::Recording => say(
            "The recording is here",
            "There is now a recording of",
            "It is on the page of the event:",
            "To the recording",
        ),
        MailKind::PasskeyAdded => say(
            "A passkey has been added",
            "A passkey has been added to your account in Stafett. Whoever has it can sign in as you. If you \
             did not add it, remove it on your account, and sign out the devices that you do not \
             recognise.",
            "See your passkeys:",
            "Your account",
        ),
        MailKind::PasskeyRemoved => say(
            "A passkey has been removed",
            "A passkey has been removed from your account in Stafett and no longer signs anybody in. If it \
             was not you, sign in, and sign out the devices that you do not recognise.",
            "See your passkeys:",
            "Your account",
        ),
        MailKind::Letter => say(
            "To you who signed up",
            "The organiser has written to you about",
            "You get this because you signed up. Your sign-up is here:",
            "Your sign-up",
        ),
        MailKind::Group => say(
            "You have signed up several people",
            "Each of them has got a mail of their own that tells what holds, and can say no. This is how \
             the sign-up stands for",
            "See how it goes on your page:",
            "Your group",
        ),
    }
}

/// What the link is for, and is called, where somebody else signed the person up.
pub(super) const fn say_no(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Sv => (
            "Kan eller vill du inte vara med? Tacka nej på din egen sida, så går platsen till nästa. Det kan \
             bara du göra: den som anmälde dig har inte länken.",
            "Din anmälan",
        ),
        Lang::En => (
            "If you cannot or do not want to take part, say no on your own page, and the place goes to the \
             next. Only you can: whoever signed you up does not have the link.",
            "Your sign-up",
        ),
    }
}

/// Why somebody gets a mail that they can do without; the link that stops it follows.
pub(super) const fn why(lang: Lang, wish: Option<Wish>) -> &'static str {
    match wish {
        None => lang.pick(
            "Du får mejlet för att du bad oss säga till när anmälan öppnar. Vill du inte ha fler sådana om den här aktiviteten:",
            "You get this mail because you asked us to tell you when sign-up opens. If you want no more of them about this event:",
        ),
        Some(Wish::Day) => lang.pick(
            "Du får påminnelsen för att du är anmäld. Vill du inte bli påmind dagen före:",
            "You get this reminder because you are signed up. If you do not want to be reminded the day before:",
        ),
        Some(Wish::Hour) => lang.pick(
            "Du får påminnelsen för att du är anmäld. Vill du inte bli påmind en timme före:",
            "You get this reminder because you are signed up. If you do not want to be reminded an hour before:",
        ),
        Some(Wish::Recording) => lang.pick(
            "Du får mejlet för att du var anmäld. Vill du inte ha mejl om inspelningar:",
            "You get this mail because you were signed up. If you do not want mail about recordings:",
        ),
    }
}

/// What the link that stops them is called where its address is not shown.
pub(super) const fn stop(lang: Lang, wish: Option<Wish>) -> &'static str {
    match wish {
        None => lang.pick("Sluta mejla mig om det här", "Stop mailing me about this"),
        Some(Wish::Day) => {
            lang.pick("Sluta påminna mig dagen före", "Stop reminding me the day before")
        }
        Some(Wish::Hour) => {
            lang.pick("Sluta påminna mig en timme före", "Stop reminding me an hour before")
        }
        Some(Wish::Recording) => {
            lang.pick("Sluta mejla mig om inspelningar", "Stop mailing me about recordings")
        }
    }
}
