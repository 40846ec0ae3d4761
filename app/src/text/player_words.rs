//! The fixed texts of the player.

use super::table::table;

table! {
    /// Every fixed text of the player.
    PlayerWords;

    player: "Spelare", "Player";
    play: "Spela", "Play";
    pause: "Pausa", "Pause";
    back: "10 sekunder bakåt", "10 seconds back";
    forth: "10 sekunder framåt", "10 seconds forward";
    position: "Plats i inspelningen", "Place in the recording";
    mute: "Ljud av", "Mute";
    volume: "Ljudstyrka", "Volume";
    captions: "Undertexter", "Captions";
    full_screen: "Helskärm", "Full screen";
    leave_full_screen: "Lämna helskärm", "Leave full screen";
    small_window: "Eget litet fönster", "Small window of its own";
    settings: "Inställningar", "Settings";
    captions_in: "Undertexter på", "Captions in";
    size: "Textens storlek", "Size of the text";
    size_small: "Liten", "Small";
    size_normal: "Vanlig", "Normal";
    size_large: "Stor", "Large";
    size_huge: "Mycket stor", "Very large";
    colour: "Textens färg", "Colour of the text";
    colour_white: "Vitt på svart", "White on black";
    colour_yellow: "Gult på svart", "Yellow on black";
    colour_black: "Svart på vitt", "Black on white";
    speed: "Hastighet", "Speed";
    version: "Version", "Version";
    version_video: "Film", "Film";
    version_audio: "Bara ljud", "Sound only";
    version_described: "Syntolkad", "Audio described";
    version_signed: "Teckenspråkstolkad", "Sign language";
    keys: "Tangenter", "Keys";
    link_here: "Länk hit", "Link to here";
    link_copied: "Länken är kopierad.", "The link is copied.";
    link_shown: "Länken står nu i adressfältet.", "The link now stands in the address bar.";
    loading: "Hämtar …", "Loading …";
    lost: "Kontakten bröts. Vi försöker igen; din plats är kvar.", "The connection was lost. We try again; your place is kept.";
    failed: "Inspelningen går inte att hämta.", "The recording cannot be fetched.";
    try_again: "Försök igen", "Try again";
    back_again: "Kontakten är tillbaka.", "The connection is back.";
    cannot: "Webbläsaren kan inte spela filen.", "The browser cannot play the file.";
    slide_now: "Bild som visas nu:", "Slide on view now:";
    key_play: "Spela och pausa", "Play and pause";
    key_ten: "10 sekunder bakåt och framåt", "10 seconds back and forward";
    key_five: "5 sekunder bakåt och framåt", "5 seconds back and forward";
    key_volume: "Högre och lägre", "Louder and softer";
    key_mute: "Ljudet av och på", "Sound off and on";
    key_captions: "Undertexter av och på", "Captions off and on";
    key_full: "Helskärm", "Full screen";
    key_speed: "Långsammare och snabbare", "Slower and faster";
    key_tenths: "Tiondelar av inspelningen", "Tenths of the recording";
    key_ends: "Början och slutet", "The beginning and the end";
    key_only: "De gäller bara när spelaren har fokus.", "They work only while the player has the focus.";
}
