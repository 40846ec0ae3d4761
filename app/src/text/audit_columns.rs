//! What the log calls the columns of the database, and the words that stand in them.

use super::Lang;
use crate::account::model::Role;
use crate::audit::model::Subject;
use crate::events::model::{Format, Kind, SpokenLanguage, State, Way};
use crate::organise::plan::pattern::SeriesKind;
use crate::recordings::jobs::model::{Deed as Wish, JobKind, JobState};
use crate::recordings::model::{Audience, Role as MediaRole};
use crate::signup::model::Status;
use crate::signup::questions::{QuestionKind, SeenBy};

impl Lang {
    /// What a column is called; one that has no name here is shown by its own.
    #[must_use]
    pub fn log_column(self, column: &str) -> String {
        let (base, language) = match column.strip_suffix("_sv") {
            Some(base) => (base, self.pick(" på svenska", " in Swedish")),
            None => match column.strip_suffix("_en") {
                Some(base) => (base, self.pick(" på engelska", " in English")),
                None => (column, ""),
            },
        };
        let name = match base {
            "title" => self.pick("Titel", "Title"),
            "subtitle" => self.pick("Underrubrik", "Subtitle"),
            "summary" => self.pick("Beskrivning", "Description"),
            "label" => self.pick("Fråga", "Question"),
            "options" => self.pick("Svar att välja bland", "Answers to choose from"),
            "audience" => self.pick("Målgrupp", "Audience"),
            "directions" => self.pick("Vägbeskrivning", "Directions"),
            "price" => self.pick("Pris", "Price"),
            "slug" => self.pick("Adress", "Address on the web"),
            "kind" => self.pick("Sort", "Kind"),
            "state" | "status" => self.pick("Läge", "State"),
            "format" => self.pick("Form", "Format"),
            "way" => self.pick("Sätt att delta", "Way of taking part"),
            "capacity" => self.pick("Platser", "Places"),
            "starts_at" | "starts_on" => self.pick("Börjar", "Begins"),
            "ends_at" | "ends_on" => self.pick("Slutar", "Ends"),
            "sign_up_opens_at" => self.pick("Anmälan öppnar", "Sign-up opens"),
            "sign_up_closes_at" => self.pick("Anmälan stänger", "Sign-up closes"),
            "needs_approval" => self.pick("Anmälan godkänns", "Sign-ups are approved"),
            "reply_hours" => self.pick("Timmar att tacka nej", "Hours to say no"),
            "venue" => self.pick("Lokal", "Venue"),
            "address" => self.pick("Gatuadress", "Street address"),
            "platform" => self.pick("Mötestjänst", "Meeting service"),
            "meeting_url" => self.pick("Mötets adress", "Address of the meeting"),
            "name" => self.pick("Namn", "Name"),
            "organisation" => self.pick("Organisation", "Organisation"),
            "role" => self.pick("Roll", "Role"),
            "position" => self.pick("Ordning", "Order"),
            "minutes" => self.pick("Minuter", "Minutes"),
            "language" => self.pick("Språk", "Language"),
            "is_required" => self.pick("Måste besvaras", "Has to be answered"),
            "seen_by" => self.pick("Läses av", "Read by"),
            "cancel_reason" | "refusal_reason" => self.pick("Skäl", "Reason"),
            "subject" => self.pick("Ämne", "Subject"),
            "body" => self.pick("Text", "Text"),
            "whom" => self.pick("Till", "To"),
            "file" => self.pick("Fil", "File"),
            "people" => self.pick("Personer", "People"),
            "url" => self.pick("Länk", "Link"),
            "owner_id" => self.pick("Ägare", "Owner"),
            "funder_id" => self.pick("Finansiär", "Funder"),
            "funder_reference" => self.pick("Diarienummer", "Reference number"),
            "grant_sek" => self.pick("Bidrag i kronor", "Grant in kronor"),
            "period_precision" => self.pick("Perioden anges som", "The period is given as"),
            "is_demonstration" => self.pick("Demonstration", "Demonstration"),
            "series_id" => self.pick("Serie", "Series"),
            "contact_id" => self.pick("Kontaktperson", "Contact"),
            "organisation_id" => self.pick("Organisation", "Organisation"),
            "theme_id" => self.pick("Tema", "Theme"),
            "municipality_code" => self.pick("Kommun", "Municipality"),
            "participants" => self.pick("Deltagare", "Participants"),
            "measure" => self.pick("Mått", "Measure"),
            "unit" => self.pick("Enhet", "Unit"),
            "value" => self.pick("Värde", "Value"),
            "scope" => self.pick("Gäller", "Concerns"),
            "group" => self.pick("Grupp", "Group"),
            "about" => self.pick("Om", "About"),
            "note" => self.pick("Anmärkning", "Note"),
            "is_announced" => self.pick("Kommer senare", "To come later"),
            "told_at" => self.pick("Mejlet om den skrevs", "The mail about it was written"),
            "all_day" => self.pick("Hela dagen", "All day"),
            "time_known" => self.pick("Tiden är känd", "The time is known"),
            "time_zone" => self.pick("Tidszon", "Time zone"),
            "dialogue_language" => self.pick("Samtalets språk", "Language of the dialogue"),
            "cancel_word" => self.pick("Ett ord till de anmälda", "A word to those signed up"),
            "archived_at" => self.pick("Lades undan", "Put away"),
            "least" => self.pick("Minst", "At least"),
            "most" => self.pick("Högst", "At most"),
            "reply_by" => self.pick("Kan tacka nej till", "May say no until"),
            "alt" => self.pick("Bildbeskrivning", "Alternative text"),
            "is_decorative" => self.pick("Bara utsmyckning", "Decoration only"),
            "file_key" => self.pick("Filens namn i lagret", "Name of the file in the store"),
            "file_name" => self.pick("Filens namn", "Name of the file"),
            "read_as" => self.pick("Läst som", "Read as"),
            "titles" => self.pick("Rubriker i filen", "Headings in the file"),
            "confirmed_at" => self.pick("Bekräftades", "Confirmed"),
            "left_alone" => self.pick("Lämnades som de är", "Left as they are"),
            "undone_at" => self.pick("Ångrades", "Undone"),
            "open_to" => self.pick("Får ses av", "Open to"),
            "may_embed" => self.pick("Får visas på andra platser", "Other sites may show it"),
            "elsewhere_url" => self.pick("Finns hos en annan tjänst", "Lies with another provider"),
            "duration_ms" => self.pick("Längd i millisekunder", "Length in milliseconds"),
            "published_at" => self.pick("Publicerades", "Published"),
            "uncaptioned_reason" => {
                self.pick("Skäl till att undertexter saknas", "Why there are no captions")
            }
            "captions_by" => self.pick("Undertexter kommer senast", "Captions come by"),
            "content_type" => self.pick("Filtyp", "Type of file"),
            "bytes" => self.pick("Storlek i byte", "Size in bytes"),
            "width" => self.pick("Bredd", "Width"),
            "height" => self.pick("Höjd", "Height"),
            "is_derived" => self.pick("Gjord av originalet", "Made from the original"),
            "changed_at" => self.pick("Orden ändrades", "The words were changed"),
            "reviewed_at" => self.pick("Granskades", "Reviewed"),
            "start_ms" => self.pick("Börjar efter millisekunder", "Begins after milliseconds"),
            "page" => self.pick("Sida", "Page"),
            "revoked_at" => self.pick("Spärrades", "Revoked"),
            _ => return column.to_owned(),
        };
        format!("{name}{language}")
    }

    /// What stood in a column, as a person reads it: the words that the database keeps have names.
    #[must_use]
    pub fn log_value(self, subject: Subject, column: &str, value: &str) -> String {
        let named = match (subject, column) {
            (Subject::Job, "state") => {
                JobState::parse(value).map(|state| self.job_state_word(state))
            }
            (Subject::Job, "kind") => match Wish::parse(value) {
                Some(Wish::All) => Some(self.media_jobs_words().everything),
                _ => JobKind::parse(value).map(|kind| self.job_kind(kind)),
            },
            (_, "state") => State::parse(value).map(|state| self.log_state(state)),
            (_, "status") => Status::parse(value).map(|status| self.row_state(status)),
            (_, "format") => Format::parse(value).map(|format| self.format(format)),
            (_, "way") => Way::parse(value).map(|way| self.way(way)),
            (_, "language" | "dialogue_language") => {
                SpokenLanguage::parse(value).map(|language| self.spoken(language))
            }
            (_, "seen_by") => SeenBy::parse(value).map(|seen_by| self.read_by(seen_by)),
            (_, "period_precision") => match value {
                "year" => Some(self.pick("år", "year")),
                "month" => Some(self.pick("månad", "month")),
                "day" => Some(self.pick("dag", "day")),
                _ => None,
            },
            (Subject::Role, "role") => Role::parse(value).map(|role| self.log_role(role)),
            (Subject::Event, "kind") => Kind::parse(value).map(|kind| self.kind(kind)),
            (Subject::Series, "kind") => {
                SeriesKind::parse(value).map(|kind| self.series_kind(kind))
            }
            (Subject::Question, "kind") => {
                QuestionKind::parse(value).map(|kind| self.question_kind(kind))
            }
            (Subject::Recording, "open_to") => {
                Audience::parse(value).map(|audience| self.open_to(audience))
            }
            (Subject::MediaFile | Subject::Job, "role") => {
                MediaRole::parse(value).map(|role| self.media_role(role))
            }
            (Subject::Captions, "kind") => match value {
                "captions" => Some(self.pick("undertexter", "captions")),
                "subtitles" => Some(self.pick("översättning", "subtitles")),
                _ => None,
            },
            (Subject::Material, "kind") => Some(self.material(value)),
            _ => match value {
                "true" => Some(self.pick("ja", "yes")),
                "false" => Some(self.pick("nej", "no")),
                _ => None,
            },
        };
        named.map_or_else(|| value.to_owned(), str::to_owned)
    }

    const fn log_state(self, state: State) -> &'static str {
        match state {
            State::Draft => self.pick("Utkast", "Draft"),
            State::Preliminary => self.pick("Preliminär", "Preliminary"),
            State::Published => self.pick("Publicerad", "Published"),
            State::Cancelled => self.pick("Inställd", "Cancelled"),
            State::Held => self.pick("Genomförd", "Held"),
        }
    }

    const fn log_role(self, role: Role) -> &'static str {
        match role {
            Role::Administrator => self.pick("Administratör", "Administrator"),
            Role::Organiser => self.pick("Arrangör", "Organiser"),
            Role::Host => self.pick("Värd", "Host"),
        }
    }

    /// Who may see a recording.
    #[must_use]
    pub const fn open_to(self, audience: Audience) -> &'static str {
        match audience {
            Audience::Everybody => self.pick("Alla", "Everybody"),
            Audience::SignedIn => self.pick("Alla som har loggat in", "Everybody who is signed in"),
            Audience::SignedUp => self.pick("De som var anmälda", "Those who were signed up"),
            Audience::Organisers => self.pick("Arrangörerna", "The organisers"),
        }
    }

    /// What a file of a recording is.
    #[must_use]
    pub const fn media_role(self, role: MediaRole) -> &'static str {
        match role {
            MediaRole::Original => self.pick("Originalet", "The original"),
            MediaRole::Video => self.pick("Filmen", "The film"),
            MediaRole::Audio => self.pick("Ljudet", "The sound"),
            MediaRole::Portable => {
                self.pick("Ljudet för äldre telefoner", "The sound for older telephones")
            }
            MediaRole::Poster => self.pick("Startbilden", "The first picture"),
            MediaRole::Sprite => {
                self.pick("Bilderna till tidslinjen", "The pictures of the time line")
            }
            MediaRole::Described => self.pick("Syntolkningen", "The audio description"),
            MediaRole::Signed => self.pick("Teckenspråkstolkningen", "The sign-language version"),
            MediaRole::Slides => self.pick("Bilderna från föredraget", "The slides"),
        }
    }
}
