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
    terms: "Villkor för anmälan", "Terms of sign-up";
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
    add_question: "Lägg till frågan", "Add the question";
    remove_question: "Ta bort frågan", "Remove the question";
    edit_question: "Ändra", "Change";
    edit_question_title: "Ändra frågan", "Change the question";
    edit_nothing: "Stäng utan att ändra", "Close without changing";
    move_up: "Flytta upp", "Move up";
    move_down: "Flytta ned", "Move down";
    edit_choices: "Svaren att välja bland", "The answers to choose from";
    edit_choices_hint: "Den som redan har valt ett svar följer med när du skriver om det. Töm raden för att ta bort svaret: den som har valt det får behålla sitt svar, men kan inte välja det igen.", "Whoever has chosen an answer already goes along when you reword it. Empty the line to take the answer away: whoever has chosen it keeps the answer, but cannot choose it again.";
    choice_sv: "På svenska", "In Swedish";
    choice_en: "På engelska", "In English";
    more_options_sv: "Fler svar", "More answers, in Swedish";
    more_options_en: "De nya svaren på engelska", "The new answers, in English";

    // The audit log
    log: "Vad som har gjorts", "What has been done";
    log_why: "Allt som arrangörer ändrar står här, med vem och när. Inget av det går att ändra i efterhand.", "Everything that organisers change stands here, with who and when. None of it can be changed afterwards.";
    log_empty: "Inget har gjorts än.", "Nothing has been done yet.";
    log_nothing_matches: "Inget passar det du söker.", "Nothing matches what you look for.";
    log_older: "Visa tidigare", "Show earlier";
    log_who: "Vem", "Who";
    log_what: "Vad", "What";
    log_everything: "Allt", "Everything";
    log_from: "Från och med", "From";
    log_to: "Till och med", "Until";
    log_nobody: "Systemet", "The system";
}
