//! The fixed texts of following the recordings as a podcast.

use super::table::table;

table! {
    /// Every fixed text of following the recordings as a podcast.
    PodcastWords;

    subscribe: "Prenumerera i din poddapp", "Follow in your podcast app";
    how: "Klistra in adressen i en poddapp som tar emot egna flöden, så kommer nya inspelningar dit av sig själva.", "Paste the address into a podcast app that takes feeds of your own, and new recordings come there by themselves.";
    how_chosen: "Klistra in adressen i en poddapp som tar emot egna flöden, så kommer nya inspelningar som passar det du har valt här dit av sig själva.", "Paste the address into a podcast app that takes feeds of your own, and new recordings that match what you have chosen here come there by themselves.";
    only_open: "Där finns de inspelningar som är öppna för alla.", "It has the recordings that are open to everybody.";
    address: "Flödets adress", "Address of the feed";
}
