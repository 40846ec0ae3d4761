//! Why a file cannot be read in.

use super::Lang;
use crate::organise::imports::model::FileProblem;

impl Lang {
    /// Why a file with events cannot be read.
    #[must_use]
    pub const fn events_file_problem(self, problem: FileProblem) -> &'static str {
        match problem {
            FileProblem::NotKnown => self.pick(
                "Det går inte att känna igen vad filen innehåller. En lista behöver rubrikerna Titel och Datum.",
                "What the file contains cannot be recognised. A list needs the headings Title and Date.",
            ),
            FileProblem::Empty => {
                self.pick("Det finns inga aktiviteter i filen.", "There are no events in the file.")
            }
            FileProblem::NotText => self.pick(
                "Filen är varken en kalender, ett schema, text eller ett kalkylark.",
                "The file is no calendar, no schedule, no text and no spreadsheet.",
            ),
            problem => self.file_problem(problem),
        }
    }

    /// Why a file cannot be read.
    #[must_use]
    pub const fn file_problem(self, problem: FileProblem) -> &'static str {
        match problem {
            FileProblem::Missing => self.pick("Välj en fil.", "Choose a file."),
            FileProblem::TooLarge => self.pick(
                "Filen är för stor. Den får vara högst 10 MB: dela upp den, eller spara bara det blad som behövs.",
                "The file is too large. At most 10 MB: divide it, or save only the sheet that is needed.",
            ),
            FileProblem::Empty => self.pick(
                "Filen har inga rader under rubrikerna.",
                "The file has no rows under its headings.",
            ),
            FileProblem::NotText => self.pick(
                "Filen är varken text eller ett kalkylark. Spara den som CSV eller XLSX.",
                "The file is neither text nor a spreadsheet. Save it as CSV or XLSX.",
            ),
            FileProblem::OldExcel => self.pick(
                "Filen är i ett äldre Excel-format eller skyddad med lösenord. Spara den som XLSX utan lösenord.",
                "The file is in an older Excel format or protected by a password. Save it as XLSX without one.",
            ),
            FileProblem::NotASpreadsheet => self.pick(
                "Filen är ett zip-arkiv, men inget Excel-kalkylark. Spara kalkylarket som XLSX eller CSV.",
                "The file is a zip archive, but no Excel spreadsheet. Save the spreadsheet as XLSX or CSV.",
            ),
            FileProblem::Swollen => self.pick(
                "Filen blir orimligt stor när den packas upp, och lästes inte. Spara den som CSV.",
                "The file becomes unreasonably large when unpacked, and was not read. Save it as CSV.",
            ),
            FileProblem::ManyColumns => self.pick(
                "Filen har fler än 100 kolumner. Ta bort dem som inte behövs.",
                "The file has more than 100 columns. Take away those that are not needed.",
            ),
            FileProblem::ManyRows => self.pick(
                "Filen har fler än 20 000 rader. Dela upp den.",
                "The file has more than 20,000 rows. Divide it.",
            ),
            FileProblem::Broken => self.pick(
                "Filen är skadad, eller inte det som den heter. Spara den på nytt och försök igen.",
                "The file is damaged, or not what it is called. Save it anew and try again.",
            ),
            FileProblem::NoHeadings => self.pick(
                "Filen saknar rubriker på första raden.",
                "The file has no headings in its first row.",
            ),
            FileProblem::NotKnown => self.pick(
                "Det går inte att känna igen vad filen innehåller.",
                "What the file contains cannot be recognised.",
            ),
            FileProblem::NoTitles => self.pick(
                "Filen saknar en kolumn med titlar. Kalla den Titel.",
                "The file has no column with titles. Call it Title.",
            ),
            FileProblem::NoDays => self.pick(
                "Filen saknar en kolumn med dagar. Kalla den Datum.",
                "The file has no column with days. Call it Date.",
            ),
            FileProblem::ManyEvents => self.pick(
                "Filen har fler än 5 000 aktiviteter, eller ett schema med fler än 20 000 programpunkter. Dela upp den.",
                "The file has more than 5,000 events, or a schedule with more than 20,000 items. Divide it.",
            ),
            FileProblem::Entities => self.pick(
                "Filen har en DTD eller egna entiteter, och lästes inte. Ta ut schemat på nytt utan dem.",
                "The file has a DTD or entities of its own, and was not read. Export the schedule anew without them.",
            ),
        }
    }
}
