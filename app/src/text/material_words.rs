//! What the organisers' side says of the files of materials.

use super::Lang;
use super::table::table;
use crate::organise::materials::model::FileProblem;

table! {
    /// The fixed texts of the organisers' side of the files of materials.
    MaterialWords;

    // Where an event or a programme is edited
    files: "Materialens filer", "Files of the materials";
    files_lead: "Ett material kan ha en fil som ligger här, i stället för eller utöver en länk. Texten i filen går att söka i. Lägg först till materialet i listan och spara; sedan väljer du filen här.", "A material can have a file that lies here, in place of a link or beside one. The text of the file can be searched in. First add the material to the list and save; then choose its file here.";
    no_materials: "Här finns inga material än.", "There are no materials here yet.";
    no_file: "Ingen fil", "No file";
    is_announced: "Kommer senare", "Announced for later";

    // The page of a file
    the_file: "Filen", "The file";
    for_everybody: "Alla kan öppna den.", "Everybody can open it.";
    for_organisers_draft: "Aktiviteten är ett utkast. Tills den publiceras är det bara arrangörer som kan öppna filen.", "The event is a draft. Until it is published, only organisers can open the file.";
    for_organisers_announced: "Materialet är utannonserat till senare. Tills det finns är det bara arrangörer som kan öppna filen.", "The material is announced for later. Until it is here, only organisers can open the file.";
    link_only: "Materialet har en länk:", "The material has a link:";
    link_too: "Materialet har också en länk. Titeln leder till filen, och länken står bredvid:", "The material has a link, too. The title leads to the file, and the link stands beside it:";
    add: "Lägg till en fil", "Add a file";
    another: "Byt ut filen", "Replace the file";
    file: "Fil", "File";
    file_hint: "PDF, Word, PowerPoint, Excel eller OpenDocument. PDF går att läsa direkt i webbläsaren; det andra laddas ner.", "PDF, Word, PowerPoint, Excel or OpenDocument. PDF can be read right in the browser; the others are downloaded.";
    here: "Materialet finns nu", "The material is here now";
    here_hint: "Märkningen ”Kommer senare” tas bort, och alla kan öppna filen.", "The mark “Announced for later” is taken away, and everybody can open the file.";
    save: "Spara filen", "Save the file";
    not_saved: "Filen sparades inte.", "The file was not saved.";
    remove: "Ta bort filen", "Remove the file";
    remove_why: "Materialet blir kvar, med sin länk om det har en.", "The material stays, with its link if it has one.";
    remove_sure: "Ja, ta bort den", "Yes, remove it";

    // What is read
    search: "Sökning i filen", "Searching the file";
    waits: "Texten väntar på att läsas.", "The text waits to be read.";
    being_read: "Texten läses.", "The text is being read.";
    is_found: "Texten i filen går att hitta.", "The text of the file can be found.";
    has_no_text: "Filen har ingen text att söka i.", "The file has no text to search in.";
    not_read: "Texten gick inte att läsa.", "The text could not be read.";
    read_again: "Läs filen igen", "Read the file again";
    see_again: "Se hur långt det har kommit", "See how far it has come";
    lacks: "Programmen som läser PDF-filer finns inte på servern. Filen går att öppna som vanligt, och läses av sig själv när de är på plats. Den som sköter servern installerar dem med:", "The programs that read PDF files are not on the server. The file can be opened as usual, and is read by itself when they are there. Whoever looks after the server installs them by:";
    why_no_text: "Sidorna är bilder av text, som en inläst bok. Då går den inte heller att läsa med skärmläsare. Kör textigenkänning (OCR) på filen och byt ut den.", "The pages are pictures of text, like a scanned book. Screen readers cannot read it either. Run text recognition (OCR) on the file and replace it.";
    why_part: "Filen är längre än vad som läses. Bara dess början går att söka i.", "The file is longer than what is read. Only its beginning can be searched in.";
    why_locked: "Filen är låst med lösenord, så läsarna kan inte heller öppna den. Spara den utan lösenord och byt ut den.", "The file is locked by a password, so readers cannot open it either. Save it without a password and replace it.";
    why_unreadable: "Innehållet går inte att läsa. Spara filen på nytt, helst som PDF, och byt ut den.", "What is in it cannot be read. Save the file anew, preferably as PDF, and replace it.";
    why_swollen: "Filen innehåller långt mer text än ett dokument brukar ha. Den går att öppna men inte att söka i.", "The file holds far more text than a document does. It can be opened but not searched in.";
    why_too_long: "Filen tog för lång tid att läsa. Den går att öppna men inte att söka i.", "The file took too long to read. It can be opened but not searched in.";
    why_gone: "Filen finns inte i lagret. Skicka den igen.", "The file is not in the store. Send it again.";
    why_full: "Disken på servern är full. Läs filen igen när det finns plats.", "The disk of the server is full. Read the file again when there is room.";
    why_interrupted: "Servern startades om flera gånger medan filen lästes.", "The server was restarted several times while the file was read.";
    why_unknown: "Något gick fel. Försök igen; hjälper det inte finns mer i serverns logg.", "Something went wrong. Try again; if that does not help, the server's log says more.";
}

impl Lang {
    /// The fixed texts of the organisers' side of the files of materials.
    #[must_use]
    pub const fn material_words(self) -> &'static MaterialWords {
        match self {
            Self::Sv => &MaterialWords::SV,
            Self::En => &MaterialWords::EN,
        }
    }

    /// Why a file was not taken, and what to do.
    #[must_use]
    pub const fn material_problem(self, problem: FileProblem) -> &'static str {
        match problem {
            FileProblem::NoFile => self.pick("Välj en fil.", "Choose a file."),
            FileProblem::Empty => self.pick(
                "Filen är tom. Spara dokumentet på nytt och välj det igen.",
                "The file is empty. Save the document anew and choose it again.",
            ),
            FileProblem::TooLarge => self.pick(
                "Filen är större än 100 MB. Spara den med mindre bilder, till exempel som ”minsta storlek”, och välj den igen.",
                "The file is larger than 100 MB. Save it with smaller pictures, for example as “minimum size”, and choose it again.",
            ),
            FileProblem::NotTaken => self.pick(
                "Filen är varken PDF, Word, PowerPoint, Excel eller OpenDocument. Spara den som PDF och välj den igen.",
                "The file is neither PDF, Word, PowerPoint, Excel nor OpenDocument. Save it as PDF and choose it again.",
            ),
            FileProblem::Old => self.pick(
                "Filen är i ett gammalt Office-format (.doc, .ppt, .xls) eller låst med lösenord. Spara den som .docx, .pptx, .xlsx eller PDF utan lösenord.",
                "The file is in an old format of Office (.doc, .ppt, .xls) or locked by a password. Save it as .docx, .pptx, .xlsx or PDF without a password.",
            ),
            FileProblem::Macros => self.pick(
                "Det finns makron i filen. Spara den utan makron, så att alla vågar öppna den.",
                "There are macros in the file. Save it without macros, so that everybody dares to open it.",
            ),
            FileProblem::Otherwise => self.pick(
                "Filens namn slutar på något annat än det filen är. Spara den på nytt från det program den är gjord i.",
                "The name of the file ends with something else than what the file is. Save it anew from the program it was made in.",
            ),
            FileProblem::Broken => self.pick(
                "Filen är trasig eller inte hel. Spara den på nytt och välj den igen.",
                "The file is broken or not all there. Save it anew and choose it again.",
            ),
            FileProblem::Full => self.pick(
                "Det finns inte plats på servern. Filen sparades inte; prata med den som sköter servern.",
                "There is no room on the server. The file was not saved; talk to whoever looks after the server.",
            ),
        }
    }

    /// What has just been done, by the word in the address.
    #[must_use]
    pub fn material_done(self, what: &str) -> Option<&'static str> {
        Some(match what {
            "saved" => self.pick("Filen är sparad.", "The file is saved."),
            "removed" => self.pick("Filen är borttagen.", "The file is removed."),
            "none" => self.pick("Det fanns ingen fil att ta bort.", "There was no file to remove."),
            "reading" => self.pick("Filen läses igen.", "The file is being read again."),
            _ => return None,
        })
    }
}
