//! The fixed texts of the door.

use super::table::table;

table! {
    /// Every fixed text of the door.
    DoorWords;

    door: "Incheckning", "Check-in";
    back: "Till aktiviteten", "To the event";
    search: "Sök på namn eller organisation", "Search by name or organisation";
    guests: "De som väntas", "Those who are expected";
    check_in: "Checka in", "Check in";
    undo: "Ångra", "Undo";
    nobody_yet: "Ingen har en plats än.", "Nobody has a place yet.";
    nobody_found: "Ingen som heter så är anmäld. Be arrangören lägga till personen.", "Nobody of that name has signed up. Ask the organiser to add the person.";
    not_on_the_list: "Står någon utan plats i dörren?", "Is somebody without a place at the door?";
    add_by_hand: "Lägg till eller ge plats", "Add them or give them a place";
    not_reached: "Det gick inte att nå servern, så inget sparades. Försök igen.", "The server could not be reached, so nothing was saved. Try again.";
    shut_now: "Incheckningen är stängd: länken är återkallad eller dagen är över.", "Check-in is shut: the link is revoked or the day is over.";
    links: "Länkar till funktionärer", "Links for stewards";
    links_why: "Den som har en länk kan checka in till just den här aktiviteten, under dess dagar, utan konto. Den visar namn och organisation och inget annat.", "Whoever has a link can check people in to this event alone, on its days, without an account. It shows names and organisations and nothing else.";
    link_name: "Vem får länken?", "Who gets the link?";
    link_name_hint: "En person eller en dörr. Namnet står sedan vid dem som checkas in.", "A person or a door. The name then stands beside those who are checked in.";
    link_name_missing: "Skriv vem länken är till.", "Write whom the link is for.";
    make_link: "Skapa en länk", "Make a link";
    link_made: "Länken är klar. Kopiera den nu: den visas inte igen.", "The link is ready. Copy it now: it is not shown again.";
    revoke: "Återkalla", "Revoke";
}
