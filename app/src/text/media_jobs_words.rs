//! What is said of what is made of a recording's files, to those who organise it.

use super::table::table;
use super::{Lang, number};
use crate::recordings::jobs::model::{JobKind, JobLine, JobState, Tool, Why};

table! {
    /// The fixed texts of what is made of files.
    MediaJobsWords;

    title: "Filernas bearbetning", "Processing of the files";
    lead: "När en fil har laddats upp görs det som webbläsarna behöver av den. Du kan lämna sidan medan det pågår.", "When a file has been uploaded, what browsers need is made of it. You can leave this page meanwhile.";
    to_recording: "Inspelningen", "The recording";
    no_files: "Inga filer har laddats upp än.", "No files have been uploaded yet.";
    not_begun: "Inget har gjorts av filerna än.", "Nothing has been made of the files yet.";
    make_all: "Bearbeta filerna", "Process the files";
    make_all_again: "Gör om allt", "Make everything again";
    again: "Gör om", "Do it again";
    cancel: "Avbryt", "Cancel";
    see_again: "Se hur långt det har kommit", "See how far it has come";
    not_now: "Det går inte att se just nu. Ladda om sidan om en stund.", "It cannot be seen right now. Load the page again in a while.";
    not_done: "Det gick inte. Försök igen.", "That did not work. Try again.";
    no_ffmpeg: "Programmet ffmpeg finns inte på servern. Filerna spelas som de laddades upp, utan startbild, mindre version, jämnat ljud och småbilder på tidslinjen. Den som sköter servern installerar det med:", "The program ffmpeg is not on the server. Files are played as they were uploaded, without a first picture, a smaller version, even loudness or small pictures on the time line. Whoever looks after the server installs it by:";
    no_poppler: "Programmen i poppler-utils finns inte på servern. Presentationen går att öppna som PDF, men sidorna visas inte bredvid filmen. Den som sköter servern installerar dem med:", "The programs of poppler-utils are not on the server. The slides can be opened as PDF, but their pages are not shown beside the film. Whoever looks after the server installs them by:";
    no_limits: "Programmen i util-linux finns inte på servern. Utan dem öppnas inga uppladdade filer, eftersom de inte kan hållas inom gränser. Den som sköter servern installerar dem med:", "The programs of util-linux are not on the server. Without them no uploaded file is opened, since it could not be kept within limits. Whoever looks after the server installs them by:";
    when_installed: "Det som väntar görs sedan av sig självt.", "What waits is then done by itself.";
    measure: "Längd och ljudnivå", "Length and loudness";
    poster: "Startbild", "First picture";
    video: "Film för alla webbläsare, högst 720p", "Film for every browser, at most 720p";
    audio: "Bara ljudet", "The sound alone";
    portable: "Bara ljudet, för äldre telefoner och poddar", "The sound alone, for older telephones and podcasts";
    sprite: "Småbilder till tidslinjen", "Small pictures for the time line";
    slides: "Presentationens sidor som bilder", "The pages of the slides as pictures";
    speech: "Undertexter genom taligenkänning", "Captions by speech recognition";
    everything: "Allt som görs av filerna", "All that is made of the files";
    running: "Pågår", "Under way";
    waiting: "Väntar", "Waits";
    done: "Klart", "Done";
    failed: "Gick inte", "Failed";
    cancelled: "Avbrutet", "Cancelled";
    why_as_it_is: "Originalet passar redan; inget behövde göras.", "The original suits already; nothing had to be made.";
    why_kept_other: "Det som redan fanns där fick vara kvar.", "What was there already has been kept.";
    why_gone: "Filen finns inte i lagret. Ladda upp den igen.", "The file is not in the store. Upload it again.";
    why_unreadable: "Filens innehåll går inte att läsa. Exportera den på nytt, helst som MP4 eller PDF, och ladda upp den igen.", "What is in the file cannot be read. Export it anew, preferably as MP4 or PDF, and upload it again.";
    why_not_let: "Servern får inte läsa eller skriva sina egna filer. Det är inget fel på filen. Säg till den som sköter servern, och gör sedan om.", "The server may not read or write its own files. Nothing is wrong with the file. Tell whoever looks after the server, and then do it again.";
    why_empty: "Det finns varken bild eller ljud i filen.", "There is neither picture nor sound in the file.";
    why_no_sound: "Det finns inget ljud i filen.", "There is no sound in the file.";
    why_cut_off: "Filen tar slut i förtid. Exportera den på nytt och ladda upp den igen.", "The file ends before it should. Export it anew and upload it again.";
    why_too_large: "Bilden har fler punkter än 8K. Exportera filmen i en mindre storlek.", "The picture has more points than 8K. Export the film in a smaller size.";
    why_swollen: "Resultatet blev större än det får bli.", "What came of it was larger than it may be.";
    why_too_long: "Det tog längre tid än det får ta.", "It took longer than it may take.";
    why_memory: "Det krävde mer minne än det får ta.", "It took more memory than it may take.";
    why_full: "Servern har inte plats för mer. Säg till den som sköter den, och gör sedan om.", "The server has no room for more. Tell whoever looks after it, and then do it again.";
    why_locked: "PDF-filen är låst med lösenord. Spara den utan lösenord och ladda upp den igen.", "The PDF is locked by a password. Save it without one and upload it again.";
    why_interrupted: "Servern stannade flera gånger medan det pågick.", "The server stopped several times while it was at it.";
    why_speech: "Programmet för taligenkänning misslyckades.", "The program for speech recognition failed.";
    why_not_captions: "Programmet för taligenkänning skrev något som inte är undertexter (WebVTT).", "The program for speech recognition wrote something that is no captions (WebVTT).";
    why_no_tool: "Ett program som behövs finns inte på servern.", "A program that it takes is not on the server.";
    why_unknown: "Något oväntat hände. Serverns logg säger mer.", "Something unexpected happened. The server's log says more.";
}

impl Lang {
    /// The fixed texts of what is made of files.
    #[must_use]
    pub const fn media_jobs_words(self) -> &'static MediaJobsWords {
        match self {
            Self::Sv => &MediaJobsWords::SV,
            Self::En => &MediaJobsWords::EN,
        }
    }

    /// What is made.
    #[must_use]
    pub const fn job_kind(self, kind: JobKind) -> &'static str {
        let words = self.media_jobs_words();
        match kind {
            JobKind::Measure => words.measure,
            JobKind::Poster => words.poster,
            JobKind::Video => words.video,
            JobKind::Audio => words.audio,
            JobKind::Portable => words.portable,
            JobKind::Sprite => words.sprite,
            JobKind::Slides => words.slides,
            JobKind::Speech => words.speech,
        }
    }

    /// How it stands, without how far it has come.
    #[must_use]
    pub const fn job_state_word(self, state: JobState) -> &'static str {
        let words = self.media_jobs_words();
        match state {
            JobState::Waiting => words.waiting,
            JobState::Running => words.running,
            JobState::Done => words.done,
            JobState::Failed => words.failed,
            JobState::Cancelled => words.cancelled,
        }
    }

    /// How it stands: `Pågår, 40 %`.
    #[must_use]
    pub fn job_state(self, job: &JobLine) -> String {
        let word = self.job_state_word(job.state);
        match (job.state, self) {
            (JobState::Running, Self::Sv) => format!("{word}, {} %", job.progress),
            (JobState::Running, Self::En) => format!("{word}, {}%", job.progress),
            _ => word.to_owned(),
        }
    }

    /// Why it failed, or had nothing to do.
    #[must_use]
    pub const fn job_why(self, why: Why) -> &'static str {
        let words = self.media_jobs_words();
        match why {
            Why::AsItIs => words.why_as_it_is,
            Why::KeptOther => words.why_kept_other,
            Why::Gone => words.why_gone,
            Why::Unreadable => words.why_unreadable,
            Why::NotLet => words.why_not_let,
            Why::Empty => words.why_empty,
            Why::NoSound => words.why_no_sound,
            Why::CutOff => words.why_cut_off,
            Why::TooLarge => words.why_too_large,
            Why::Swollen => words.why_swollen,
            Why::TooLong => words.why_too_long,
            Why::Memory => words.why_memory,
            Why::Full => words.why_full,
            Why::Locked => words.why_locked,
            Why::Interrupted => words.why_interrupted,
            Why::Speech => words.why_speech,
            Why::NotCaptions => words.why_not_captions,
            Why::NoTool => words.why_no_tool,
            Why::Unknown => words.why_unknown,
        }
    }

    /// What the server lacks, and what that means.
    #[must_use]
    pub const fn tool_missing(self, tool: Tool) -> &'static str {
        let words = self.media_jobs_words();
        match tool {
            Tool::Ffmpeg => words.no_ffmpeg,
            Tool::Poppler => words.no_poppler,
            Tool::Limits => words.no_limits,
        }
    }

    /// `3 av 5 klara, 1 gick inte.`
    #[must_use]
    pub fn jobs_sum(self, jobs: &[JobLine]) -> String {
        let count = |is: fn(JobState) -> bool| {
            let count = jobs.iter().filter(|job| is(job.state)).count();
            number(self, i64::try_from(count).unwrap_or(i64::MAX))
        };
        let done = count(|state| state == JobState::Done);
        let all = count(|_| true);
        let has_failed = jobs.iter().any(|job| job.state == JobState::Failed);
        let failed = count(|state| state == JobState::Failed);
        match (self, has_failed) {
            (Self::Sv, false) => format!("{done} av {all} klara."),
            (Self::Sv, true) => format!("{done} av {all} klara, {failed} gick inte."),
            (Self::En, false) => format!("{done} of {all} done."),
            (Self::En, true) => format!("{done} of {all} done, {failed} failed."),
        }
    }
}
