//! The fixed texts of opening and closing sign-up, of seats, and of moving people.

use super::table::table;

table! {
    /// Every fixed text of what is done to an event, or from one to another, while it fills.
    DeedWords;

    is_open: "Anmälan är öppen.", "Sign-up is open.";
    is_closed: "Anmälan är stängd.", "Sign-up is closed.";
    opens_later: "Anmälan har inte öppnat än.", "Sign-up has not opened yet.";
    open_now: "Öppna anmälan nu", "Open sign-up now";
    open_why: "De som har bett om det får ett mejl om att anmälan har öppnat.", "Those who asked for it get a mail that sign-up has opened.";
    close_now: "Stäng anmälan nu", "Close sign-up now";
    seats: "Ändra antalet platser", "Change the number of places";
    seats_why: "Fler platser går direkt till dem som står först på väntelistan. Sänker du antalet under dem som redan har plats får alla behålla sin, men ingen ny plats delas ut förrän det går jämnt ut.", "More places go at once to those first on the waitlist. If you go below those who have a place already, everybody keeps theirs, but no new place is given out until it evens out.";
    seats_empty: "Tomt betyder obegränsat.", "Empty means unlimited.";
    seats_yes: "Ändra", "Change";

    move_chosen: "Flytta till en annan dag", "Move to another date";
    back: "Tillbaka till de anmälda", "Back to the people";
    move_where: "Vart?", "Where to?";
    move_why: "Den som flyttas lämnar sin plats här, och den går till nästa på väntelistan. Svaren på frågor som också ställs där, historiken och länken i mejlen följer med.", "Whoever is moved leaves their place here, and it goes to the next on the waitlist. Answers to questions that are asked there as well, the history and the link in the mails go along.";
    move_nowhere: "Det finns inget annat kommande i programmet att flytta till.", "There is nothing else coming in the programme to move to.";
    move_nobody: "Ingen av dem du valde har en plats eller står på väntelistan.", "None of those you chose has a place or waits in line.";
    move_choose: "Välj vart de ska flyttas.", "Choose where to move them.";
    move_mail: "Mejla dem om det", "Mail them about it";
    move_yes: "Flytta", "Move";
}
