//! The fixed texts of the library, of a recording's page and of what one has watched.

use super::table::table;

table! {
    /// Every fixed text about recordings that a reader sees, but those of the player.
    RecordingWords;

    // The library
    library: "Inspelningar", "Recordings";
    library_lead: "Det som har hållits går att se igen: hela, med text, och med det som sades att läsa.", "What has been held can be seen again: all of it, captioned, and with what was said to read.";
    library_description: "Inspelade seminarier, kurser och samtal om innovation i kommuner, regioner och myndigheter, med undertexter och utskrifter.", "Recorded seminars, courses and conversations about innovation in municipalities, regions and agencies, with captions and transcripts.";
    filter: "Filter", "Filters";
    clear: "Rensa filter", "Clear filters";
    pages: "Sidor", "Pages";
    newer: "Nyare", "Newer";
    older: "Äldre", "Older";
    show_all: "Visa alla", "Show all";
    none_yet: "Här finns inga inspelningar än", "There are no recordings here yet";
    none_yet_why: "När något som har hållits går att se i efterhand står det här. Titta gärna i kalendern så länge.", "When something that has been held can be seen afterwards it is listed here. Have a look at the calendar meanwhile.";
    none_matches: "Ingen inspelning passar det du har valt", "No recording matches what you have chosen";
    none_matches_why: "Ta bort något av det du har valt, eller rensa alla filter.", "Take back something of what you have chosen, or clear all filters.";
    short: "Högst 15 minuter", "Up to 15 minutes";
    medium: "15–45 minuter", "15–45 minutes";
    long: "Mer än 45 minuter", "More than 45 minutes";
    needs_sign_in: "Logga in för att se", "Sign in to watch";
    for_participants: "För dem som var anmälda", "For those who were signed up";
    for_organisers: "Bara för arrangörer", "For organisers only";
    seen: "Sedd", "Seen";
    by_theme: "Tema", "Theme";
    by_programme: "Program", "Programme";
    by_series: "Serie", "Series";
    by_year: "År", "Year";
    by_length: "Längd", "Length";
    by_language: "Språk", "Language";
    by_municipality: "Kommun", "Municipality";
    by_speaker: "Talare", "Speaker";

    // Beside other things
    newest: "Nya inspelningar", "New recordings";
    all_recordings: "Alla inspelningar", "All recordings";
    recorded: "Se i efterhand", "Watch afterwards";

    // A recording
    draft: "Utkast", "Draft";
    draft_why: "Inspelningen är inte publicerad. Bara programmets arrangörer ser sidan.", "The recording is not published. Only the programme's organisers see this page.";
    demonstration: "Demonstration", "Demonstration";
    demonstration_why: "Klippet är gjort för att visa hur Stafett fungerar. Det är inte inspelningen från aktiviteten.", "The clip is made to show how Stafett works. It is not the recording of the event.";
    held_on: "Hölls", "Held";
    length: "Längd", "Length";
    language: "Språk", "Language";
    event: "Aktivitet", "Event";
    chapters: "Kapitel", "Chapters";
    transcript: "Det som sägs", "What is said";
    skip_transcript: "Hoppa över det som sägs", "Skip what is said";
    follow: "Följ med i texten", "Follow in the text";
    transcript_in: "Läs på", "Read in";
    not_reviewed: "Texten är gjord av en maskin. Ingen har läst den mot ljudet än.", "The text was made by a machine. Nobody has read it against the sound yet.";
    no_transcript: "Det som sägs finns inte som text än.", "What is said is not there as text yet.";
    speakers: "Medverkande", "Speakers";
    slides: "Bilder", "Slides";
    all_slides: "Alla bilder som PDF", "All slides as PDF";
    materials: "Material", "Materials";
    related: "Passar ihop med", "Goes well with this";
    nothing_to_play: "Filmen är inte här än", "The film is not here yet";
    nothing_to_play_why: "Sidan finns, men filen är inte uppladdad. Titta in igen om ett tag.", "The page is there, but the file has not been uploaded. Come back in a while.";
    download: "Ladda ner filen", "Download the file";
    cannot_play: "Webbläsaren kan inte visa filmen här.", "The browser cannot show the film here.";

    // Elsewhere
    elsewhere: "Inspelningen ligger hos", "The recording lies with";
    elsewhere_open: "Se den där", "Watch it there";
    elsewhere_here: "Visa den här på sidan", "Show it on this page";
    elsewhere_sends: "Då hämtas filmen därifrån. De får veta din nätadress, vilken webbläsare du har och att du kommer härifrån, och de kan lägga kakor i din webbläsare. Innan du väljer det skickas ingenting.", "The film is then fetched from there. They learn your network address, which browser you use and that you come from here, and they may set cookies in your browser. Before you choose it nothing is sent.";

    // What one has watched
    go_on: "Fortsätt titta", "Go on watching";
    go_on_from: "Fortsätt från", "Go on from";
    from_start: "Börja om från början", "Begin again from the start";
    nothing_begun: "Det du har börjat titta på och inte sett färdigt står här.", "What you have begun to watch and not finished is listed here.";
    to_library: "Till inspelningarna", "To the recordings";
    kept_why: "Vi minns var du slutade titta, bara för din egen skull.", "We remember where you stopped watching, for your own sake only.";
    not_kept: "Vi minns inte vad du tittar på.", "We do not remember what you watch.";
    empty_history: "Töm historiken", "Empty the history";
    stop_keeping: "Töm och sluta minnas", "Empty it and stop remembering";
    start_keeping: "Börja minnas", "Start remembering";
    emptied: "Historiken är tömd.", "The history is empty.";
    stopped_keeping: "Historiken är tömd, och inget mer sparas.", "The history is empty, and nothing more is kept.";
    started_keeping: "Nu minns vi var du slutade titta.", "Now we remember where you stop watching.";

    // Embedded elsewhere
    watch_at: "Se på Stafett", "Watch at Stafett";
}
