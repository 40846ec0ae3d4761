//! The fixed texts of writing to those who signed up.

use super::table::table;

table! {
    /// Every fixed text of letters.
    LetterWords;

    write: "Skriv till de anmälda", "Write to those who signed up";
    write_to_them: "Skriv till dem i listan", "Write to those on the list";
    write_to_chosen: "Skriv till valda", "Write to the chosen";
    back: "De anmälda", "Those who signed up";
    letters: "Skriv till de anmälda", "Write to those who signed up";
    whom: "Till", "To";
    gone_too: "Också till dem som är avanmälda eller har fått nej", "Also to those who have cancelled or were refused";
    subject: "Ämne", "Subject";
    text: "Text", "Text";
    text_hint: "Hälsningen med namnet, aktiviteten och länken till anmälan läggs till av sig själva. **Fet**, *kursiv*, [länk](https://…) och listor med - går bra.", "The greeting with the name, the event and the link to the sign-up are added by themselves. **Bold**, *italic*, [link](https://…) and lists with - work.";
    preview: "Förhandsgranska", "Preview";
    test: "Skicka ett test till mig", "Send a test to me";
    looks: "Så här läses det", "This is how it is read";
    as_text: "Som ren text", "As plain text";
    each_alone: "Alla får ett eget mejl och ser ingen annans adress.", "Each gets a mail of their own and sees nobody else's address.";
    earlier: "Skickat tidigare", "Sent before";
    not_sent_yet: "Inget har skickats än", "Nothing has been sent yet";
    done: "Klart.", "Done.";
    look_again: "Se hur långt det har kommit", "See how far it has come";
    forgotten: "Vem som fick det sparas inte längre.", "Who got it is no longer kept.";
    what_it_says: "Det här står det", "What it says";
}
