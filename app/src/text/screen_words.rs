//! The fixed texts of the screen for the room.

use super::table::table;

table! {
    /// Every fixed text of the screen.
    ScreenWords;

    screen: "Skärm till salen", "Screen for the room";
    now: "Nu", "Now";
    next: "Sedan", "Next";
    to_materials: "Material och mer", "Materials and more";
    to_page: "Aktivitetens sida", "The event's page";
}
