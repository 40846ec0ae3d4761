//! The fixed texts of an event's figures.

use super::table::table;

table! {
    /// Every fixed text of the figures on the organiser's page of an event.
    FigureWords;

    figures: "Så fylls aktiviteten", "How the event fills";
    over_time: "Anmälningar över tid", "Sign-ups over time";
    no_curve: "Kurvan börjar när anmälan öppnar eller den första har anmält sig.", "The curve begins when sign-up opens or the first person has signed up.";
    now: "nu", "now";
    as_table: "Samma siffror som tabell", "The same figures as a table";
    until: "Till och med", "Until the end of";
    places: "Har plats", "Have a place";
    line: "Väntelistan", "The waitlist";
    reach: "Vilka vi når", "Whom we reach";
    organisations: "Organisationer", "Organisations";
    nobody_reached: "Ingen har en plats än.", "Nobody has a place yet.";
    largest: "Visa bara de tio största", "Show only the ten largest";
    municipalities: "Kommuner", "Municipalities";
    map_hint: "Så många av varje läns kommuner har någon med plats. Vi känner igen en kommun på namnet som den anmälda har skrivit.", "So many of each county's municipalities have somebody with a place. A municipality is known by the name that people wrote.";
    not_yet: "Inte än:", "Not yet:";
}
