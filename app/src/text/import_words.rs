//! The fixed texts of imports.

use super::table::table;

table! {
    /// Every fixed text of imports.
    ImportWords;

    import: "Importera", "Import";
    people: "De anmälda", "Those who signed up";
    title: "Importera från en fil", "Import from a file";
    lead: "Du ser först vad som skulle hända, rad för rad. Inget skrivs förrän du bekräftar.", "First you see what would happen, row by row. Nothing is written until you confirm.";
    file: "Fil", "File";
    what: "Vad filen innehåller", "What the file contains";
    file_hint: "Den första raden har rubriker, som namn, e-post och organisation. En lista som du har tagit ut härifrån går bra.", "The first row has headings, such as name, e-mail and organisation. A list that you took out from here works.";
    report_hint: "Som den sparas efter mötet, på svenska eller engelska.", "As it is saved after the meeting, in Swedish or English.";
    size_hint: "CSV eller Excel (XLSX), högst 10 MB och 20 000 rader.", "CSV or Excel (XLSX), at most 10 MB and 20,000 rows.";
    who: "Vem är det?", "Who is it?";
    who_hint: "De här namnen passar ingen säkert. Välj vem det är, så räknas närvaron.", "These names match nobody for certain. Choose who it is, and they are counted.";
    nobody: "Ingen av dem", "None of them";
    not_chosen: "Inte valt", "Not chosen";
    forget: "Glöm de val som är gjorda", "Forget the choices that were made";
    counts_as: "Vad som räknas", "What counts";
    least_minutes: "Minst så många minuter", "At least so many minutes";
    absent: "Andra med digital plats kom inte", "The others with a digital place did not come";
    look: "Läs in och förhandsgranska", "Read in and preview";
    kept: "Filen och förhandsgranskningen tas bort efter sju dagar.", "The file and the preview are removed after seven days.";
    earlier: "Inläst tidigare", "Read in before";
    all_imports: "Importera från en fil", "Import from a file";
    not_read: "Filen kunde inte läsas", "The file could not be read";
    columns: "Kolumner", "Columns";
    columns_hint: "Så här har rubrikerna tolkats. Ändra det som blev fel.", "This is how the headings were understood. Change what is wrong.";
    events_title: "Importera aktiviteter", "Import events";
    events_lead: "Det som är nytt blir utkast. Läser du in samma fil igen ändras det som står annorlunda i den, i stället för att dubbleras. Du ser först vad som skulle hända.", "What is new becomes drafts. If you read in the same file again, what is different in it is changed instead of doubled. First you see what would happen.";
    events_hint: "En kalender (ICS), en lista som CSV eller Excel med rubriker som titel, datum, start, slut och plats, eller ett konferensschema (frab, pentabarf eller pretalx, XML eller JSON). Högst 10 MB och 5 000 aktiviteter.", "A calendar (ICS), a list as CSV or Excel with headings such as title, date, start, end and place, or a conference schedule (frab, pentabarf or pretalx, XML or JSON). At most 10 MB and 5,000 events.";
    events_schedule: "Av ett konferensschema blir varje rum en aktivitet per dag, med programpunkter och medverkande.", "Of a conference schedule, each room becomes an event a day, with its items and speakers.";
    events_mails: "Ändras tid eller plats för något som är publicerat får de anmälda mejl, som när det ändras för hand.", "If the time or place of something published changes, those signed up are mailed, as when it is changed by hand.";
    events_undo_hint: "Går i ett dygn. Det som har ändrats eller publicerats sedan dess lämnas som det är.", "Possible for a day. What has been changed or published since is left as it is.";
    column: "I filen", "In the file";
    taken_for: "Läses som", "Taken for";
    not_used: "Används inte", "Not used";
    for_all: "För dem som saknar uppgiften i filen", "For those where the file does not say";
    organisation: "Organisation", "Organisation";
    way: "Deltar", "Takes part";
    lang: "Språk i mejlen", "Language of the mails";
    no_way: "Välj", "Choose";
    gone_too: "Anmäl också dem som har avanmält sig eller fått nej", "Also sign up those who have cancelled or were refused";
    again: "Granska igen", "Preview again";
    preview: "Det här skulle hända", "This would happen";
    happened: "Det här hände", "This happened";
    all: "Alla", "All";
    filter: "Visa rader", "Show rows";
    row: "Rad", "Row";
    nothing_here: "Inga rader.", "No rows.";
    mail: "Mejla dem länken till sin anmälan", "Mail them the link to their sign-up";
    agreed: "De här personerna har bett om platsen eller vet att de anmäls, och vet att uppgifterna sparas för att hålla den och skicka det som rör aktiviteten.", "These people have asked for the place or know that they are signed up, and know that the details are kept to hold it and to send what concerns the event.";
    drop: "Ta bort utan att importera", "Remove without importing";
    undo: "Ångra importen", "Undo the import";
    undo_hint: "Går i ett dygn. Den som har ändrat något själv, bytt läge eller flyttats upp lämnas som de är.", "Possible for a day. Whoever has changed something themselves, or has moved up, is left as they are.";
    running: "Importen pågår. Du kan lämna sidan och komma tillbaka.", "The import is under way. You can leave the page and come back.";
    see_again: "Se hur långt den har kommit", "See how far it has come";
    failed: "Importen kunde inte genomföras, och inget skrevs. Är aktiviteten över eller inställd? Försök annars igen.", "The import could not be carried through, and nothing was written. Is the event over or cancelled? Otherwise try again.";
    too_late: "Det gick inte att ångra: det har gått för lång tid, eller aktiviteten är över.", "It could not be undone: too long ago, or the event is over.";
    not_confirmed: "Inget har importerats än", "Nothing has been imported yet";
}
