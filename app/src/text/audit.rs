//! What the log says.

use super::Lang;
use crate::audit::model::{Deed, Subject};

impl Lang {
    /// What something was done to, as one chooses it from a list.
    #[must_use]
    pub const fn log_subject(self, subject: Subject) -> &'static str {
        match subject {
            Subject::Programme => self.pick("Program", "Programmes"),
            Subject::Partner => self.pick("Partner", "Partners"),
            Subject::Contact => self.pick("Kontaktpersoner", "Contacts"),
            Subject::Outcome => self.pick("Resultat", "Outcomes"),
            Subject::Series => self.pick("Serier", "Series"),
            Subject::Event => self.pick("Aktiviteter", "Events"),
            Subject::Seats => self.pick("Platser", "Places"),
            Subject::Slot => self.pick("Programpunkter", "Slots"),
            Subject::Speaker => self.pick("Medverkande", "Speakers"),
            Subject::Presenter => self.pick("Presentationer av medverkande", "Presenters"),
            Subject::Theme => self.pick("Teman", "Themes"),
            Subject::Municipality => self.pick("Kommuner", "Municipalities"),
            Subject::Material => self.pick("Material", "Materials"),
            Subject::Recording => self.pick("Inspelningar", "Recordings"),
            Subject::Question => self.pick("Egna frågor", "Own questions"),
            Subject::SignUp => self.pick("Anmälningar", "Sign-ups"),
            Subject::Letter => self.pick("Brev", "Letters"),
            Subject::Role => self.pick("Roller", "Roles"),
            Subject::DoorLink => self.pick("Länkar till funktionärer", "Links for stewards"),
            Subject::Import => self.pick("Importer", "Imports"),
            Subject::Platform => self.pick("Platser där arbetet görs", "Places of work"),
            Subject::Image => self.pick("Bilder", "Images"),
            Subject::MediaFile => self.pick("Inspelningars filer", "Files of recordings"),
            Subject::MaterialFile => self.pick("Materials filer", "Files of materials"),
            Subject::Captions => self.pick("Undertexter", "Captions"),
            Subject::Chapter => self.pick("Kapitel", "Chapters"),
            Subject::SlideTime => self.pick("Bildernas tider", "Times of slides"),
            Subject::Job => self.pick("Bearbetning av filer", "Processing of files"),
            Subject::Other => self.pick("Annat", "Other"),
        }
    }

    /// `ändrade en anmälan`
    #[must_use]
    pub fn log_deed(self, subject: Subject, deed: Deed) -> String {
        let deed = match deed {
            // Only people are taken out.
            Deed::Exported => {
                return self
                    .pick("tog ut listan över anmälda", "took out the list of sign-ups")
                    .to_owned();
            }
            Deed::Made => self.pick("lade till", "added"),
            Deed::Changed => self.pick("ändrade", "changed"),
            Deed::Removed => self.pick("tog bort", "removed"),
        };
        let subject = match subject {
            Subject::Programme => self.pick("ett program", "a programme"),
            Subject::Partner => self.pick("en partner", "a partner"),
            Subject::Contact => self.pick("en kontaktperson", "a contact"),
            Subject::Outcome => self.pick("ett resultat", "an outcome"),
            Subject::Series => self.pick("en serie", "a series"),
            Subject::Event => self.pick("en aktivitet", "an event"),
            Subject::Seats => self.pick("antalet platser", "the number of places"),
            Subject::Slot => self.pick("en programpunkt", "a slot"),
            Subject::Speaker => self.pick("en medverkande", "a speaker"),
            Subject::Presenter => self.pick("presentationen av en medverkande", "a presenter"),
            Subject::Theme => self.pick("ett tema", "a theme"),
            Subject::Municipality => self.pick("en kommun", "a municipality"),
            Subject::Material => self.pick("ett material", "a material"),
            Subject::Recording => self.pick("en inspelning", "a recording"),
            Subject::Question => self.pick("en egen fråga", "an own question"),
            Subject::SignUp => self.pick("en anmälan", "a sign-up"),
            Subject::Letter => self.pick("ett brev", "a letter"),
            Subject::Role => self.pick("en roll", "a role"),
            Subject::DoorLink => self.pick("en länk till en funktionär", "a link for a steward"),
            Subject::Import => self.pick("en import", "an import"),
            Subject::Platform => self.pick("en plats där arbetet görs", "a place of work"),
            Subject::Image => self.pick("en bild", "an image"),
            Subject::MediaFile => self.pick("en fil till en inspelning", "a file of a recording"),
            Subject::MaterialFile => self.pick("en fil till ett material", "a file of a material"),
            Subject::Captions => self.pick("undertexter", "captions"),
            Subject::Chapter => self.pick("ett kapitel", "a chapter"),
            Subject::SlideTime => self.pick("tiden för en bild", "the time of a slide"),
            Subject::Job => self.pick("bearbetningen av en fil", "the processing of a file"),
            Subject::Other => self.pick("något annat", "something else"),
        };
        format!("{deed} {subject}")
    }

    /// `6 uppgifter`
    #[must_use]
    pub fn log_changes(self, count: usize) -> String {
        format!("{count} {}", self.pick("uppgifter", "details"))
    }
}
