//! The fixed texts of lists that leave the site.

use super::table::table;

table! {
    /// Every fixed text of the lists for spreadsheets and for paper.
    ListWords;

    lists: "Listor", "Lists";
    take: "Ta ut listan", "Take the list out";
    spreadsheet: "Excel", "Excel";
    csv: "CSV", "CSV";
    back: "De anmälda", "Those who signed up";
    print: "Skriv ut", "Print";
    print_hint: "Webbläsaren kan också spara listan som PDF när du skriver ut.", "When you print, the browser can also save the list as PDF.";
    nobody: "Det finns ingen att skriva ut.", "There is nobody to print.";
    name: "Namn", "Name";
    organisation: "Organisation", "Organisation";
    email: "E-post", "E-mail";
    way: "Deltar", "Takes part";
    state: "Läge", "Standing";
    position: "Plats på väntelistan", "Place on the waitlist";
    at: "Anmäld", "Signed up";
    needs: "Behöver", "Needs";
    reason: "Skäl", "Reason";
    mail_problem: "Mejl som inte kom fram", "Mail that did not arrive";
    answers: "Svar", "Answers";
    yes: "ja", "yes";
    sheet: "Anmälda", "Sign-ups";
}
