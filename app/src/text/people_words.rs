//! The fixed texts of the organiser's list of people.

use super::table::table;

table! {
    /// Every fixed text of the list of those who signed up.
    PeopleWords;

    people: "Anmälda", "People";
    nobody_yet: "Ingen har anmält sig än. Anmälningarna syns här så fort de kommer.", "Nobody has signed up yet. Sign-ups show here as soon as they come.";
    nobody_found: "Ingen passar det du har valt.", "Nobody matches what you have chosen.";
    show_all: "Visa alla", "Show everybody";
    everybody: "Alla", "Everybody";
    find: "Sök bland de anmälda", "Search those who signed up";
    name_or: "Namn, organisation eller e-post", "Name, organisation or e-mail";
    name_or_organisation: "Namn eller organisation", "Name or organisation";
    way: "Deltar", "Takes part";
    any_way: "På alla sätt", "In any way";
    sort: "Ordning", "Order";
    any_answer: "Alla svar", "All answers";
    no_answer: "Har inte svarat", "Has not answered";
    mail_refused_only: "Bara de som ett mejl inte kom fram till", "Only those whom a mail did not reach";
    pages: "Sidor", "Pages";
    earlier: "Föregående", "Previous";
    later: "Nästa", "Next";
    choose_page: "Välj alla på sidan", "Choose all on the page";
    choose_none: "Välj ingen", "Choose none";
    chosen: "Det du har valt", "What you have chosen";
    nobody_chosen: "Välj dem det gäller i listan.", "Choose those concerned in the list.";
    approve_chosen: "Godkänn valda", "Approve the chosen";
    refuse_chosen: "Neka valda", "Refuse the chosen";
    where_they_stand: "Läge", "Standing";
}
