//! What is told of captions, chapters and slides' times: with figures in it, or by what is wrong.

use super::{Lang, number};
use crate::captions::clock;
use crate::captions::fault::Why;
use crate::organise::captions::chapters_form::ChapterProblem;
use crate::organise::captions::model::Trouble;
use crate::organise::captions::slides_form::SlideProblem;
use crate::organise::captions::tools::{Deed, Told, ToolProblem};
use crate::organise::captions::warn::{FASTEST, LONGEST_LINE, MOST_LINES, Warning};

impl Lang {
    /// `Textning på svenska`
    #[must_use]
    pub const fn captions_in(self, text: Self) -> &'static str {
        match text {
            Self::Sv => self.pick("Textning på svenska", "Captions in Swedish"),
            Self::En => self.pick("Textning på engelska", "Captions in English"),
        }
    }

    fn many(self, count: usize) -> String {
        number(self, i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// `412 textrutor`
    #[must_use]
    pub fn cues(self, count: usize) -> String {
        let words = match (self, count) {
            (Self::Sv, 1) => "textruta",
            (Self::Sv, _) => "textrutor",
            (Self::En, 1) => "cue",
            (Self::En, _) => "cues",
        };
        format!("{} {words}", self.many(count))
    }

    /// `8 kapitel`
    #[must_use]
    pub fn chapter_count(self, count: usize) -> String {
        match (self, count) {
            (_, 0) => self.pick("Inga kapitel", "No chapters").to_owned(),
            (Self::Sv, _) => format!("{} kapitel", self.many(count)),
            (Self::En, 1) => "1 chapter".to_owned(),
            (Self::En, _) => format!("{} chapters", self.many(count)),
        }
    }

    /// `14 tider`
    #[must_use]
    pub fn slide_time_count(self, count: usize) -> String {
        match (self, count) {
            (_, 0) => self.pick("Inga tider", "No times").to_owned(),
            (Self::Sv, 1) => "1 tid".to_owned(),
            (Self::Sv, _) => format!("{} tider", self.many(count)),
            (Self::En, 1) => "1 time".to_owned(),
            (Self::En, _) => format!("{} times", self.many(count)),
        }
    }

    /// `Granskad 2027-01-15 13:05`
    #[must_use]
    pub fn reviewed_at(self, when: &str) -> String {
        format!("{} {when}", self.pick("Granskad mot ljudet", "Reviewed against the sound"))
    }

    /// `Senast ändrad 2027-01-15 13:05`
    #[must_use]
    pub fn changed_at(self, when: &str) -> String {
        format!("{} {when}", self.pick("Senast ändrad", "Last changed"))
    }

    /// What replacing costs: how many cues are there now, and how many come.
    #[must_use]
    pub fn cues_replaced(self, there: usize, come: usize) -> String {
        match self {
            Self::Sv => format!("{} som finns ersätts av {}.", self.cues(there), self.many(come)),
            Self::En => {
                format!("{} that are there are replaced by {}.", self.cues(there), self.many(come))
            }
        }
    }

    /// How much of a file is not kept as it stands, and of that how much was said.
    #[must_use]
    pub fn faults_counted(self, faults: usize, lost: usize) -> String {
        match (self, lost) {
            (Self::Sv, 0) => format!(
                "{} ställen följer inte med som de står. Inga ord går förlorade.",
                self.many(faults)
            ),
            (Self::En, 0) => format!(
                "{} places are not kept as they stand. No words are lost.",
                self.many(faults)
            ),
            (Self::Sv, _) => format!(
                "{} ställen följer inte med som de står. På {} av dem går ord förlorade.",
                self.many(faults),
                self.many(lost)
            ),
            (Self::En, _) => format!(
                "{} places are not kept as they stand. At {} of them words are lost.",
                self.many(faults),
                self.many(lost)
            ),
        }
    }

    /// `och 312 till`
    #[must_use]
    pub fn and_more(self, count: usize) -> String {
        match self {
            Self::Sv => format!("och {} till", self.many(count)),
            Self::En => format!("and {} more", self.many(count)),
        }
    }

    /// What of a file is not kept as it was.
    #[must_use]
    pub const fn caption_fault(self, why: Why) -> &'static str {
        match why {
            Why::BadTimes => self.pick("Tiderna går inte att läsa; textrutan utelämnas.", "The times cannot be read; the cue is left out."),
            Why::EndsFirst => self.pick("Slutar innan den börjar, eller i samma stund; textrutan utelämnas.", "Ends before it begins, or at that very moment; the cue is left out."),
            Why::TooLate => self.pick("Längre fram än 596 timmar; textrutan utelämnas.", "Later than 596 hours; the cue is left out."),
            Why::NoWords => self.pick("Inga ord; textrutan utelämnas.", "No words; the cue is left out."),
            Why::TooLong => self.pick("Mer text än en textruta kan ha; den utelämnas.", "More words than a cue can have; it is left out."),
            Why::LongSpeaker => self.pick("Talarens namn är för långt; textrutan utelämnas.", "The speaker’s name is too long; the cue is left out."),
            Why::NoTimes => self.pick("Ord utan tider; de utelämnas.", "Words without times; they are left out."),
            Why::OutOfOrder => self.pick("Börjar före den ovanför och flyttas dit den hör.", "Begins before the one above it and is put where it belongs."),
            Why::BadSetting => self.pick("En inställning som WebVTT inte känner; textrutan behålls utan den.", "A setting that WebVTT does not know; the cue is kept without it."),
            Why::BadTag => self.pick("Ett märke som WebVTT inte känner eller som inte tar slut; orden behålls utan det.", "A tag that WebVTT does not know or that does not end; the words are kept without it."),
            Why::LongName => self.pick("Textrutans namn är för långt och utelämnas.", "The cue’s name is too long and is left out."),
            Why::Header => self.pick("En rad före första textrutan utelämnas.", "A line before the first cue is left out."),
            Why::Comment => self.pick("En kommentar utelämnas.", "A comment is left out."),
            Why::Style => self.pick("En stilmall utelämnas: storlek och färg väljer den som tittar.", "A style sheet is left out: size and colour are for the viewer to choose."),
            Why::Region => self.pick("En region utelämnas.", "A region is left out."),
            Why::Position => self.pick("Platsen i bilden utelämnas.", "The place on the picture is left out."),
            Why::SameStart => self.pick("Börjar samtidigt som kapitlet ovanför och utelämnas.", "Begins at the same moment as the chapter above it and is left out."),
        }
    }

    /// Why nothing of what was sent can be kept, and in which line where that is known.
    #[must_use]
    pub fn caption_trouble(self, trouble: Trouble, line: u32) -> String {
        let why = match trouble {
            Trouble::Nothing => self.pick("Välj en fil.", "Choose a file."),
            Trouble::TooLarge => self.pick("Det är mer än 16 MB, och så stor är ingen textning. Är det rätt fil?", "That is more than 16 MB, and no captions are that large. Is it the right file?"),
            Trouble::NotText => self.pick("Filen är ingen text. Textning är en textfil som slutar på .vtt eller .srt.", "The file is no text. Captions are a text file that ends with .vtt or .srt."),
            Trouble::NoSignature => self.pick("Det är varken WebVTT eller SRT. En WebVTT-fil börjar med WEBVTT; i en SRT-fil står tider med --> mellan sig.", "It is neither WebVTT nor SRT. A WebVTT file begins with WEBVTT; in an SRT file there are times with --> between them."),
            Trouble::NoCues => self.pick("Det finns ingen hel textruta i den.", "There is not one whole cue in it."),
            Trouble::TooManyCues => self.pick("Det är fler textrutor än 50 000, och mer kan inte sparas. Dela inspelningen.", "There are more than 50,000 cues, and no more can be kept. Split the recording."),
            Trouble::NoChapters => self.pick("Det är ingen kapitelfil. En sådan börjar med WEBVTT.", "It is no chapters file. One begins with WEBVTT."),
        };
        match (self, line) {
            (_, 0) => why.to_owned(),
            (Self::Sv, line) => format!("{why} (Rad {line}.)"),
            (Self::En, line) => format!("{why} (Line {line}.)"),
        }
    }

    /// What is not as it should be with a cue.
    #[must_use]
    pub fn cue_warning(self, warning: Warning) -> String {
        match (self, warning) {
            (Self::Sv, Warning::EndsFirst) => {
                "Slutar innan den börjar, eller i samma stund.".to_owned()
            }
            (Self::En, Warning::EndsFirst) => {
                "Ends before it begins, or at that very moment.".to_owned()
            }
            (Self::Sv, Warning::NoWords) => "Det finns inga ord i den.".to_owned(),
            (Self::En, Warning::NoWords) => "There are no words in it.".to_owned(),
            (Self::Sv, Warning::TooLong) => "Mer text än en textruta kan ha.".to_owned(),
            (Self::En, Warning::TooLong) => "More words than a cue can have.".to_owned(),
            (Self::Sv, Warning::LongSpeaker) => "Talarens namn är för långt.".to_owned(),
            (Self::En, Warning::LongSpeaker) => "The speaker’s name is too long.".to_owned(),
            (Self::Sv, Warning::Backwards) => "Börjar före den ovanför.".to_owned(),
            (Self::En, Warning::Backwards) => "Begins before the one above it.".to_owned(),
            (Self::Sv, Warning::Overlap) => "Är inte slut när nästa börjar.".to_owned(),
            (Self::En, Warning::Overlap) => "Is not over when the next one begins.".to_owned(),
            (Self::Sv, Warning::TooFast(speed)) => {
                format!("{speed} tecken i sekunden. Över {FASTEST} är svårt att hinna läsa.")
            }
            (Self::En, Warning::TooFast(speed)) => {
                format!(
                    "{speed} characters a second. More than {FASTEST} are hard to read in time."
                )
            }
            (Self::Sv, Warning::ManyLines(lines)) => {
                format!("{lines} rader. {MOST_LINES} är lagom.")
            }
            (Self::En, Warning::ManyLines(lines)) => {
                format!("{lines} lines. {MOST_LINES} are enough.")
            }
            (Self::Sv, Warning::LongLine(length)) => {
                format!("En rad har {length} tecken. Högst {LONGEST_LINE} är lagom.")
            }
            (Self::En, Warning::LongLine(length)) => {
                format!("A line has {length} characters. At most {LONGEST_LINE} is good.")
            }
        }
    }

    /// Why something cannot be done with all cues.
    #[must_use]
    pub const fn tool_problem(self, problem: ToolProblem) -> &'static str {
        match problem {
            ToolProblem::NoTime => self.caption_words().no_time,
            ToolProblem::SameMoment => self.pick(
                "Det är samma tid som i den första.",
                "That is the same moment as the first one.",
            ),
            ToolProblem::Reversed => {
                self.pick("Så skulle tiden gå baklänges.", "Time would run backwards like that.")
            }
            ToolProblem::TooFar => self.pick(
                "Så skulle texten bli mer än tio gånger längre eller kortare.",
                "The captions would be more than ten times longer or shorter like that.",
            ),
            ToolProblem::AllGone => self.pick(
                "Så skulle alla textrutor hamna utanför inspelningen.",
                "All cues would fall outside the recording like that.",
            ),
            ToolProblem::Nothing => {
                self.pick("Skriv vad som ska bytas.", "Write what is to be replaced.")
            }
            ToolProblem::NotFound => {
                self.pick("Det står ingenstans i textningen.", "It stands nowhere in the captions.")
            }
            ToolProblem::TooLong => {
                self.pick("Ett namn har högst 200 tecken.", "A name has at most 200 characters.")
            }
        }
    }

    /// What a change of all cues does, in sentences.
    #[must_use]
    pub fn tool_told(self, deed: Deed, told: &Told) -> Vec<String> {
        let mut said = Vec::new();
        match (self, deed) {
            (Self::Sv, Deed::Retime) => said.push(format!("{} flyttas.", self.cues(told.count))),
            (Self::En, Deed::Retime) => said.push(format!("{} move.", self.cues(told.count))),
            (Self::Sv, Deed::Replace) => {
                said.push(format!("{} ställen ändras.", self.many(told.count)))
            }
            (Self::En, Deed::Replace) => {
                said.push(format!("{} places change.", self.many(told.count)))
            }
            (Self::Sv, Deed::Speaker) => {
                said.push(format!("{} får ett annat namn.", self.cues(told.count)))
            }
            (Self::En, Deed::Speaker) => {
                said.push(format!("{} get another name.", self.cues(told.count)))
            }
        }
        let ends = [self.caption_words().first, self.caption_words().last];
        for (end, (was, is)) in ends.iter().zip(&told.moved) {
            said.push(format!("{end}: {} → {}.", clock::write(*was), clock::write(*is)));
        }
        if told.left > 0 {
            said.push(match self {
                Self::Sv => format!("{} kan inte ändras och blir kvar.", self.cues(told.left)),
                Self::En => format!("{} cannot be changed and stay.", self.cues(told.left)),
            });
        }
        if told.fell_off > 0 {
            said.push(match self {
                Self::Sv => format!(
                    "{} hamnar utanför inspelningen och försvinner.",
                    self.cues(told.fell_off)
                ),
                Self::En => {
                    format!("{} fall outside the recording and are gone.", self.cues(told.fell_off))
                }
            });
        }
        if told.cut > 0 {
            said.push(match self {
                Self::Sv => {
                    format!("{} kortas vid inspelningens början eller slut.", self.cues(told.cut))
                }
                Self::En => {
                    format!("{} are cut at the recording’s beginning or end.", self.cues(told.cut))
                }
            });
        }
        said
    }

    /// What is wrong with a field of a chapter.
    #[must_use]
    pub const fn chapter_problem(self, problem: ChapterProblem) -> &'static str {
        match problem {
            ChapterProblem::NoTime => self.caption_words().no_time,
            ChapterProblem::Twice => self.pick(
                "Ett annat kapitel börjar samtidigt.",
                "Another chapter begins at the same moment.",
            ),
            ChapterProblem::AfterEnd => {
                self.pick("Då är inspelningen slut.", "The recording is over by then.")
            }
            ChapterProblem::NoTitle => self.pick("Skriv en rubrik.", "Write a title."),
            ChapterProblem::TooLong => self.pick(
                "Rubriken är längre än 300 tecken.",
                "The title is longer than 300 characters.",
            ),
            ChapterProblem::TooMany => {
                self.pick("Det är fler än 200 kapitel.", "There are more than 200 chapters.")
            }
        }
    }

    /// What is wrong with a line of slides' times.
    #[must_use]
    pub const fn slide_problem(self, problem: SlideProblem) -> &'static str {
        match problem {
            SlideProblem::NoTime => self.pick(
                "Raden börjar inte med en tid som 1:05.",
                "The line does not begin with a time like 1:05.",
            ),
            SlideProblem::NoPage => self.pick(
                "Efter tiden ska det stå ett sidnummer, från 1 till 2 000.",
                "After the time there should be a page number, from 1 to 2,000.",
            ),
            SlideProblem::Twice => self.pick(
                "Samma tid står redan ovanför, med en annan sida.",
                "The same time stands above already, with another page.",
            ),
            SlideProblem::AfterEnd => {
                self.pick("Då är inspelningen slut.", "The recording is over by then.")
            }
            SlideProblem::TooMany => {
                self.pick("Det är fler än 5 000 tider.", "There are more than 5,000 times.")
            }
        }
    }

    /// `Rad 3`
    #[must_use]
    pub fn in_line(self, line: usize) -> String {
        format!("{} {line}", self.caption_words().line)
    }

    /// `Kapitel 3, tid`: the name of a field in a row.
    #[must_use]
    pub fn chapter_field(self, row: usize, field: &str) -> String {
        let words = self.caption_words();
        let field = match field {
            "start" => words.chapter_start,
            "title_en" => words.chapter_en,
            _ => words.chapter_sv,
        };
        match self {
            Self::Sv => format!("{field}, kapitel {}", row + 1),
            Self::En => format!("{field}, chapter {}", row + 1),
        }
    }

    /// What has just been done, by the word in the address.
    #[must_use]
    pub fn captions_done(self, what: &str) -> Option<&'static str> {
        Some(match what {
            "saved" => self.pick("Textningen är sparad.", "The captions are saved."),
            "reviewed" => self.pick("Textningen är granskad.", "The captions are reviewed."),
            "unreviewed" => self.pick(
                "Textningen räknas inte längre som granskad.",
                "The captions do not count as reviewed any more.",
            ),
            "moved_on" => self.pick(
                "Textningen har ändrats sedan du öppnade sidan. Läs igenom den igen.",
                "The captions have changed since you opened the page. Read through them again.",
            ),
            "removed" => self.pick("Textningen är borttagen.", "The captions are removed."),
            "not_sure" => self.pick(
                "Inget togs bort. Kryssa för att du är säker.",
                "Nothing was removed. Tick that you are sure.",
            ),
            "chapters" => self.pick("Kapitlen är sparade.", "The chapters are saved."),
            "slides" => self.pick("Tiderna är sparade.", "The times are saved."),
            _ => return None,
        })
    }
}
