//! What is said where a file is not taken: to an organiser, by the program that sends it.

use super::Lang;
use super::table::table;

table! {
    /// Why an upload does not go on.
    UploadWords;

    not_signed_in: "Logga in för att ladda upp.", "Sign in to upload.";
    not_yours: "Du kan inte ladda upp till den här inspelningen.", "You cannot upload to this recording.";
    gone: "Uppladdningen finns inte längre. Börja om med filen.", "The upload is not there any more. Begin again with the file.";
    version: "Programmet som skickar talar en annan version av tus än 1.0.0.", "The program that sends speaks another version of tus than 1.0.0.";
    no_length: "Filens längd måste sägas från början.", "The length of the file must be said at the beginning.";
    empty: "Filen är tom.", "The file is empty.";
    too_large: "Filen är för stor.", "The file is too large.";
    too_many: "Du har redan många filer på väg. Låt dem bli klara, eller avbryt några.", "You have many files on their way already. Let them get done, or stop some.";
    metadata: "Det som sägs om filen kan inte läsas.", "What is said of the file cannot be read.";
    not_a_stretch: "Det som skickades är inte en del av en fil.", "What was sent is no part of a file.";
    elsewhere: "Filen har kommit längre eller kortare än så. Fråga hur långt och fortsätt därifrån.", "The file has come further or less far than that. Ask how far and go on from there.";
    busy: "Filen skickas redan från ett annat håll.", "The file is being sent from elsewhere already.";
    beyond: "Det är mer än filen skulle bli.", "That is more than the file was to be.";
    broken: "Delen kom inte fram som den skickades, och togs inte med.", "The part did not arrive as it was sent, and was not taken.";
    no_such_sum: "Kontrollsumman kan inte läsas. Det går bra med sha1 och sha256.", "The checksum cannot be read. There are sha1 and sha256.";
    full: "Servern har inte plats för mer. Det som har kommit finns kvar; fortsätt när det har blivit plats.", "The server has no room for more. What has come is kept; go on when there is room.";
    unavailable: "Det går inte just nu. Det som har kommit finns kvar; fortsätt om en stund.", "It does not work right now. What has come is kept; go on in a while.";
    unknown_kind: "Filen är varken film, ljud eller PDF. Det går bra med MP4, MOV, WebM, MKV, MP3, M4A, Ogg, WAV och PDF.", "The file is neither video, sound nor PDF. There are MP4, MOV, WebM, MKV, MP3, M4A, Ogg, WAV and PDF.";
    captions: "Filen är textning. Den läses in under Textning.", "The file is captions. They are read in under Captions.";
    otherwise: "Filen är något annat än vad den heter eller sägs vara.", "The file is something else than what it is called or said to be.";
    cut_off: "Filen är avbruten: slutet saknas. Exportera den på nytt och ladda upp den igen.", "The file is cut off: its end is missing. Export it anew and upload it again.";
    not_that: "En sådan fil kan inte användas till det.", "Such a file cannot be used for that.";
}

impl Lang {
    /// Why an upload does not go on.
    #[must_use]
    pub const fn upload_words(self) -> &'static UploadWords {
        match self {
            Self::Sv => &UploadWords::SV,
            Self::En => &UploadWords::EN,
        }
    }
}
