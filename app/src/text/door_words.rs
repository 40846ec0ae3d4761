//! The fixed texts of the door.

use super::table::table;

table! {
    /// Every fixed text of the door.
    DoorWords;

    door: "Incheckning", "Check-in";
    back: "Till aktiviteten", "To the event";
    search: "Sök på namn eller organisation", "Search by name or organisation";
    scan: "Skanna en kod", "Scan a code";
    scan_stop: "Stäng kameran", "Close the camera";
    viewfinder: "Kamerans bild", "The camera's picture";
    camera_refused: "Kameran är inte tillåten. Tillåt den för den här sidan i webbläsarens inställningar, eller skriv koden eller namnet.", "The camera is not allowed. Allow it for this page in the browser's settings, or type the code or the name.";
    camera_missing: "Det gick inte att använda kameran. Skriv koden eller sök på namnet.", "The camera could not be used. Type the code or search by name.";
    type_code: "Skriv koden i stället", "Type the code instead";
    code: "Koden under bilden, tolv tecken", "The code under the picture, twelve characters";
    not_in_this_list: "Koden finns inte i telefonens lista, och utan nät går det inte att fråga servern. Sök på namnet.", "The code is not in the telephone's list, and without a network the server cannot be asked. Search by name.";
    no_network: "Utan nät. Det går att checka in ändå.", "No network. You can check people in all the same.";
    kept_here: "Sparad här, inte skickad än", "Kept here, not sent yet";
    all_sent: "Nätet är tillbaka, och allt som sparats här är skickat.", "The network is back, and all that was kept here has been sent.";
    settled: "Vid två dörrar", "At two doors";
    settled_seen: "Jag har sett det", "I have seen this";
    guests: "De som väntas", "Those who are expected";
    check_in: "Checka in", "Check in";
    undo: "Ångra", "Undo";
    nobody_yet: "Ingen har en plats än.", "Nobody has a place yet.";
    nobody_found: "Ingen som heter så är anmäld. Be arrangören lägga till personen.", "Nobody of that name has signed up. Ask the organiser to add the person.";
    not_on_the_list: "Står någon utan plats i dörren?", "Is somebody without a place at the door?";
    add_by_hand: "Lägg till eller ge plats", "Add them or give them a place";
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
