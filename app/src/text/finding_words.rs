//! The fixed texts of searching in recordings and of the page of all materials.

use super::table::table;

table! {
    /// Every fixed text of searching in recordings and of the page of all materials.
    FindingWords;

    search: "Sök", "Search";
    search_label: "Sök i allt som har sagts", "Search all that was said";
    search_hint: "Flera ord söks tillsammans. Skriv \"ord i följd\" inom citattecken, och minus framför ord som inte ska vara med.", "Several words are looked for together. Put \"words in a row\" in quotes, and a minus before words that must not be there.";
    suggestions: "Förslag", "Suggestions";
    did_you_mean: "Menade du", "Did you mean";
    pages: "Sidor med träffar", "Pages of hits";
    previous_page: "Föregående", "Previous";
    next_page: "Nästa", "Next";
    play_from: "Spela från", "Play from";
    demonstration: "Demonstration", "Demonstration";
    restricted: "Inte öppen för alla", "Not open to everybody";
    too_common: "Orden är så vanliga att de finns i nästan allt. Skriv något mer.", "The words are so common that they are in nearly everything. Write something more.";
    fewer_words: "Sök på ett av orden", "Search for one of the words";
    by_theme: "Eller börja med ett tema", "Or begin with a theme";
    all_recordings: "Alla inspelningar", "All recordings";
    is_recording: "Inspelning", "Recording";
    is_speaker: "Medverkande", "Speaker";
    is_theme: "Tema", "Theme";
    is_municipality: "Kommun", "Municipality";
    is_word: "Sökord", "Word";

    // The podcast
    podcast_title: "Stafett – inspelningar", "Stafett – recordings";
    podcast_about: "Seminarier, kurser och samtal om innovation i kommuner, regioner och myndigheter, inspelade och textade.", "Seminars, courses and conversations about innovation in municipalities, regions and agencies, recorded and captioned.";

    // All materials
    materials: "Material", "Materials";
    materials_lead: "Rapporter, avhandlingar, handböcker och metoder från kommuner, regioner och forskare som har prövat.", "Reports, theses, handbooks and methods from municipalities, regions and researchers who have tried.";
    materials_search: "Sök bland materialen", "Search the materials";
    filter: "Filter", "Filters";
    clear: "Rensa filter", "Clear filters";
    kind: "Sort", "Kind";
    theme: "Tema", "Theme";
    municipality: "Kommun", "Municipality";
    programme: "Program", "Programme";
    announced: "Kommer senare", "Announced for later";
    no_link: "Fråga efter det hos programmet", "Ask the programme for it";
    no_materials: "Här finns inga material än.", "There are no materials here yet.";
    nothing_matches: "Inget material passar det du söker.", "No material matches what you look for.";
}
