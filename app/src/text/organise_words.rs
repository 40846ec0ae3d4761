//! The fixed texts of the organiser's side, which participants do not load.

use super::table::table;

table! {
    /// Every fixed text that only organisers read.
    OrganiseWords;

    nothing_to_organise: "Det finns inget kommande som du arrangerar eller är värd för.", "There is nothing coming that you organise or host.";
    as_participants_see: "Sidan som deltagarna ser", "The page that participants see";
    approve: "Godkänn", "Approve";
    refuse: "Neka", "Refuse";
    refuse_yes: "Neka anmälan", "Refuse the sign-up";
    refusal_reason: "Vill du säga varför? Det står i svaret till personen.", "Do you want to say why? It stands in the answer to the person.";
    mail_refused: "Ett mejl kom inte fram:", "A mail did not arrive:";
    needs: "Behöver", "Needs";
    terms: "Platser och villkor", "Places and terms";
    seats_hint: "Tomt betyder obegränsat. Fler platser går direkt till dem som står först på väntelistan.", "Empty means unlimited. More places go at once to those first on the waitlist.";
    needs_approval: "Jag godkänner varje anmälan", "I approve each sign-up";
    needs_approval_why: "Platsen hålls tills du har svarat.", "The place is held until you have answered.";
    reply_hours: "Tid att tacka nej, i timmar", "Time to say no, in hours";
    reply_hours_hint: "Den som får en ledig plats ombeds tacka nej inom den här tiden.", "Whoever gets a freed place is asked to say no within this time.";
    own_questions: "Egna frågor", "Own questions";
    new_question: "En ny fråga", "A new question";
    label_sv: "Frågan", "The question, in Swedish";
    label_en: "Frågan på engelska", "The question, in English";
    answered_by: "Så svarar man", "How it is answered";
    options_sv: "Svar att välja bland", "Answers to choose from, in Swedish";
    options_en: "Svaren på engelska", "The answers, in English";
    options_hint: "Ett på varje rad.", "One on each line.";
    for_choices: "(bara om man väljer bland svar)", "(only where one chooses among answers)";
    for_numbers: "(bara för tal)", "(only for numbers)";
    least: "Minsta tal", "Least number";
    most: "Största tal", "Greatest number";
    who_reads: "Vem som läser svaren", "Who reads the answers";
    answer_is_needed: "Frågan måste besvaras", "The question has to be answered";
    answer_needed: "måste besvaras", "has to be answered";
    add_question: "Lägg till frågan", "Add the question";
    remove_question: "Ta bort frågan", "Remove the question";
}
