//! What is said of imports with figures and names in it.

use super::{ImportWords, Lang, number};
use crate::organise::imports::model::{Counts, Kind, Lacks, Stage, Verdict, Wrong, is_of_events};

pub(super) fn figure(lang: Lang, count: usize) -> String {
    number(lang, i64::try_from(count).unwrap_or(i64::MAX))
}

impl Lang {
    /// The fixed texts of imports.
    #[must_use]
    pub const fn import_words(self) -> &'static ImportWords {
        match self {
            Self::Sv => &ImportWords::SV,
            Self::En => &ImportWords::EN,
        }
    }

    /// What a column can be taken for.
    #[must_use]
    pub fn import_meaning(self, word: &str) -> &'static str {
        match word {
            "name" => self.pick("Namn", "Name"),
            "given" => self.pick("Förnamn", "First name"),
            "family" => self.pick("Efternamn", "Last name"),
            "email" => self.pick("E-post", "E-mail"),
            "organisation" => self.pick("Organisation", "Organisation"),
            "way" => {
                self.pick("Deltar (på plats eller digitalt)", "Takes part (on site or online)")
            }
            "lang" => self.pick("Språk i mejlen", "Language of the mails"),
            _ => "",
        }
    }

    /// What sort of file it is.
    #[must_use]
    pub const fn import_kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::People => self.pick("Deltagare", "Participants"),
            Kind::Attendance => self.pick("Närvaro", "Attendance"),
            Kind::Events => self.pick("Aktiviteter", "Events"),
            Kind::Schedule => self.pick("Konferensschema", "Conference schedule"),
        }
    }

    /// What a file is said to contain.
    #[must_use]
    pub const fn import_choice(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Attendance => self.pick(
                "Närvarorapport från Zoom eller Teams",
                "Attendance report from Zoom or Teams",
            ),
            Kind::People => self.pick("Deltagare som ska anmälas", "Participants to be signed up"),
            other => self.import_kind(other),
        }
    }

    /// How far an import has come.
    #[must_use]
    pub const fn import_stage(self, stage: Stage) -> &'static str {
        match stage {
            Stage::Draft => self.pick("inte importerad", "not imported"),
            Stage::Running => self.pick("pågår", "under way"),
            Stage::Failed => self.pick("kunde inte genomföras", "could not be carried through"),
            Stage::Done => self.pick("importerad", "imported"),
            Stage::Undone => self.pick("ångrad", "undone"),
        }
    }

    /// What becomes of a row; what became of it, once it is done.
    #[must_use]
    pub const fn import_verdict(self, kind: Kind, verdict: Verdict, is_done: bool) -> &'static str {
        match (verdict, is_done) {
            (Verdict::Make, _) if is_of_events(kind) => self.pick("Nytt utkast", "New draft"),
            (Verdict::Change, true) if is_of_events(kind) => self.pick("Ändrad", "Changed"),
            (Verdict::Same, _) if is_of_events(kind) => {
                self.pick("Lämnas som den är", "Left as it is")
            }
            (Verdict::Make, false) => self.pick("Anmäls", "Signed up"),
            (Verdict::Make, true) => self.pick("Anmälda", "Signed up"),
            (Verdict::Change, false) => self.pick("Ändras", "Changed"),
            (Verdict::Change, true) => self.pick("Ändrade", "Changed"),
            (Verdict::Same, _) => self.pick("Lämnas som de är", "Left as they are"),
            (Verdict::Refuse, false) => self.pick("Går inte", "Not possible"),
            (Verdict::Refuse, true) => self.pick("Gick inte", "Not possible"),
        }
    }

    /// What an import lacks before it can be confirmed.
    #[must_use]
    pub const fn import_lacks(self, lacks: Lacks) -> &'static str {
        match lacks {
            Lacks::Doubled => self.pick(
                "Två kolumner läses som samma sak. Välj en av dem.",
                "Two columns are taken for the same. Choose one of them.",
            ),
            Lacks::Email => self.pick(
                "Ingen kolumn läses som e-post. Välj vilken det är under Kolumner.",
                "No column is taken for the e-mail address. Choose which one it is under Columns.",
            ),
            Lacks::Name => self.pick(
                "Ingen kolumn läses som namn. Välj vilken det är under Kolumner.",
                "No column is taken for the name. Choose which one it is under Columns.",
            ),
            Lacks::NotBegun => self.pick(
                "Aktiviteten har inte börjat, eller är inställd: ingen kan ha varit där.",
                "The event has not begun, or is cancelled: nobody can have been there.",
            ),
            Lacks::Over => self.pick(
                "Aktiviteten är över eller inställd: ingen kan anmälas till den.",
                "The event is over or cancelled: nobody can be signed up for it.",
            ),
        }
    }

    /// What is wrong with a confirmation.
    #[must_use]
    pub const fn import_wrong(self, wrong: Wrong) -> &'static str {
        match wrong {
            Wrong::Unagreed => {
                self.pick("Kryssa i att personerna vet om det.", "Tick that the people know of it.")
            }
            Wrong::Moved => self.pick(
                "Läget har ändrats sedan du granskade. Se på det nya och bekräfta igen.",
                "Things have changed since you looked. See how they are now and confirm again.",
            ),
        }
    }

    /// What an import comes to, in a sentence.
    #[must_use]
    pub fn import_sum(self, kind: Kind, counts: Counts, is_done: bool) -> String {
        if is_of_events(kind) {
            return self.events_sum(counts, is_done);
        }
        if kind == Kind::Attendance {
            return self.attendance_sum(counts.change, is_done);
        }
        let (all, line) = (figure(self, counts.make), figure(self, counts.in_line));
        let mut text = match (self, counts.make, is_done) {
            (Self::Sv, 0, false) => "Ingen anmäls".to_owned(),
            (Self::Sv, 0, true) => "Ingen anmäldes".to_owned(),
            (Self::Sv, 1, false) => "En person anmäls".to_owned(),
            (Self::Sv, 1, true) => "En person anmäldes".to_owned(),
            (Self::Sv, _, false) => format!("{all} personer anmäls"),
            (Self::Sv, _, true) => format!("{all} personer anmäldes"),
            (Self::En, 0, false) => "Nobody is signed up".to_owned(),
            (Self::En, 0, true) => "Nobody was signed up".to_owned(),
            (Self::En, 1, false) => "One person is signed up".to_owned(),
            (Self::En, 1, true) => "One person was signed up".to_owned(),
            (Self::En, _, false) => format!("{all} people are signed up"),
            (Self::En, _, true) => format!("{all} people were signed up"),
        };
        if 0 < counts.in_line {
            text.push_str(&match self {
                Self::Sv => format!(", {line} av dem på väntelistan"),
                Self::En => format!(", {line} of them on the waitlist"),
            });
        }
        text.push('.');
        text
    }

    fn attendance_sum(self, changed: usize, is_done: bool) -> String {
        let all = figure(self, changed);
        match (self, is_done) {
            (Self::Sv, false) => format!("Närvaron ändras för {all}."),
            (Self::Sv, true) => format!("Närvaron ändrades för {all}."),
            (Self::En, false) => format!("Attendance changes for {all}."),
            (Self::En, true) => format!("Attendance changed for {all}."),
        }
    }

    /// The button that confirms.
    #[must_use]
    pub fn import_confirm(self, kind: Kind, counts: Counts) -> String {
        if is_of_events(kind) {
            return self.events_confirm(counts.written());
        }
        let all = figure(self, counts.written());
        match (self, kind, counts.written()) {
            (Self::Sv, Kind::Attendance, _) => format!("Spara närvaron för {all}"),
            (Self::En, Kind::Attendance, _) => format!("Save the attendance of {all}"),
            (Self::Sv, _, 1) => "Importera en person".to_owned(),
            (Self::Sv, ..) => format!("Importera {all} personer"),
            (Self::En, _, 1) => "Import one person".to_owned(),
            (Self::En, ..) => format!("Import {all} people"),
        }
    }

    /// `1 500 av 5 000 rader`
    #[must_use]
    pub fn import_progress(self, progress: usize, rows: usize) -> String {
        let (progress, rows) = (figure(self, progress), figure(self, rows));
        match self {
            Self::Sv => format!("{progress} av {rows} rader"),
            Self::En => format!("{progress} of {rows} rows"),
        }
    }

    /// `312 rader`
    #[must_use]
    pub fn import_rows(self, rows: usize) -> String {
        let all = figure(self, rows);
        match (self, rows) {
            (Self::Sv, 1) => "1 rad".to_owned(),
            (Self::Sv, _) => format!("{all} rader"),
            (Self::En, 1) => "1 row".to_owned(),
            (Self::En, _) => format!("{all} rows"),
        }
    }

    /// That an import was undone, and for whom it was not.
    #[must_use]
    pub fn import_undone(self, kind: Kind, left: usize) -> String {
        if is_of_events(kind) && left > 0 {
            return self.events_undone(left);
        }
        let all = figure(self, left);
        match (self, left) {
            (Self::Sv, 0) => "Importen är ångrad.".to_owned(),
            (Self::Sv, 1) => {
                "Importen är ångrad, utom för en person där något har ändrats sedan dess."
                    .to_owned()
            }
            (Self::Sv, _) => format!(
                "Importen är ångrad, utom för {all} personer där något har ändrats sedan dess."
            ),
            (Self::En, 0) => "The import is undone.".to_owned(),
            (Self::En, 1) => {
                "The import is undone, but for one person where something has changed since."
                    .to_owned()
            }
            (Self::En, _) => format!(
                "The import is undone, but for {all} people where something has changed since."
            ),
        }
    }

    /// How a file was understood: `utf-8;` and the like, as it lies in the draft.
    #[must_use]
    pub fn import_read_as(self, read_as: &str) -> String {
        let Some((encoding, sign)) = read_as.split_once(' ') else { return read_as.to_owned() };
        let sign = match sign {
            "semicolon" => {
                self.pick("semikolon mellan kolumnerna", "semicolons between the columns")
            }
            "comma" => self.pick("kommatecken mellan kolumnerna", "commas between the columns"),
            "tab" => self.pick("tabbar mellan kolumnerna", "tabs between the columns"),
            other => return format!("{encoding}, {other}"),
        };
        format!("{encoding}, {sign}")
    }
}
