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
    keys: "Pilarna går mellan namnen, Enter hit till det som kan göras.", "The arrows go from name to name, Enter comes here to what can be done.";
    choose_none: "Välj ingen", "Choose none";
    chosen: "Det du har valt", "What you have chosen";
    nobody_chosen: "Välj dem det gäller i listan.", "Choose those concerned in the list.";
    approve_chosen: "Godkänn valda", "Approve the chosen";
    refuse_chosen: "Neka valda", "Refuse the chosen";
    promote: "Ge plats före andra", "Give a place before others";
    promote_why: "De går före dem som har väntat längre.", "They go before those who have waited longer.";
    promote_reason: "Varför? Det sparas i historiken och visas bara för arrangörer.", "Why? It is kept in the history and shown to organisers only.";
    promote_beyond: "Utöka platserna om det är fullt", "Add places if it is full";
    promote_yes: "Ge dem en plats", "Give them a place";
    cancel_chosen: "Avanmäl", "Cancel sign-ups";
    cancel_reason: "Varför? Visas bara för arrangörer.", "Why? Shown to organisers only.";
    cancel_mail: "Mejla dem att de är avanmälda", "Mail them that they are cancelled";
    cancel_yes: "Avanmäl dem", "Cancel their sign-ups";
    attended: "Var med", "Were there";
    no_show: "Kom inte", "Did not come";
    no_show_why: "Den som redan har kommit räknas inte om, så du kan välja alla.", "Whoever has come already stays so: you can choose everybody.";
    add: "Lägg till någon", "Add somebody";
    add_why: "För den som har ringt eller mejlat. Det går också när anmälan är stängd.", "For somebody who rang or wrote. It works while sign-up is closed, too.";
    add_language: "Språk i mejlen", "Language of the mails";
    add_otherwise: "Annars hamnar personen sist på väntelistan.", "Otherwise the person goes to the end of the waitlist.";
    add_mail: "Mejla personen länken till anmälan", "Mail the person the link to the sign-up";
    add_yes: "Lägg till", "Add";
    done_lately: "Nyss gjort", "Done just now";
    undo: "Ångra", "Undo";
    out_of_turn: "Före andra i kön", "Before others in line";
    where_they_stand: "Läge", "Standing";
}
