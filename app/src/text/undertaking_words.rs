//! The fixed texts of the forms of programmes and series.

use super::table::table;

table! {
    /// Every fixed text of the forms of programmes and series.
    UndertakingWords;

    programmes: "Program och serier", "Programmes and series";
    new_programme: "Nytt program", "New programme";
    away: "Undanlagt", "Put away";
    public_page: "Se sidan", "See the page";
    audience_sv: "För vem", "For whom, in Swedish";
    audience_en: "För vem, på engelska", "For whom, in English";
    period_and_money: "Tid och pengar", "Time and money";
    starts_on: "Början", "From";
    ends_on: "Slut", "Until";
    period_hint: "År, månad eller dag: 2027, 2027-03 eller 2027-03-15.", "Year, month or day: 2027, 2027-03 or 2027-03-15.";
    owner: "Ägare", "Owner";
    funder: "Finansiär", "Funder";
    funder_reference: "Finansiärens diarienummer", "The funder's reference";
    grant_sek: "Bidrag i kronor", "Grant in Swedish kronor";
    partners: "Partner", "Partners";
    contacts: "Kontaktpersoner", "Contacts";
    outcomes: "Resultat", "Outcomes";
    platforms: "Platser där arbetet görs", "Places where the work is done";
    documents: "Material", "Materials";
    value: "Värde", "Value";
    unit: "Räknas i", "Counted in";
    measure_sv: "Vad som räknas", "What is counted, in Swedish";
    measure_en: "Vad som räknas, på engelska", "What is counted, in English";
    scope_sv: "Bland vilka", "Among whom, in Swedish";
    scope_en: "Bland vilka, på engelska", "Among whom, in English";
    municipality: "Kommun", "Municipality";
    group_sv: "Rubrik", "Heading, in Swedish";
    group_en: "Rubrik på engelska", "Heading, in English";
    of_ten: "av tio", "of ten";
    percent: "procent", "per cent";
    how_many: "antal", "number";
    series: "Serier", "Series";
    series_from_pattern: "Ny serie efter ett mönster", "New series from a pattern";
    new_series_title: "Ny tom serie", "New empty series";
    new_series_hint: "Seriens titel. Aktiviteter som redan finns kan sedan läggas till.", "The title of the series, in Swedish. Events that are there already can then be added.";
    make_series: "Gör serien", "Make the series";
    about_series: "Om serien", "About the series";
    participants: "Deltagare", "Participants";
    participants_hint: "Bara om de har räknats någon annanstans än här.", "Only if they have been counted elsewhere than here.";
    stops: "Stopp", "Stops";
    no_stops: "Serien har inga stopp än.", "The series has no stops yet.";
    stops_hint: "Stoppen står i tidsordning. Två som byter plats byter datum och klockslag; anmälans tider följer med.", "The stops are in the order of time. Two that change places change date and time; the times of sign-up move along.";
    earlier: "Tidigare", "Earlier";
    later: "Senare", "Later";
    take_out: "Ta ut ur serien", "Take out of the series";
    add_stop: "Lägg till en aktivitet som finns", "Add an event that is there";
    add_stop_yes: "Lägg till i serien", "Add to the series";
    is_draft: "utkast", "draft";
    is_preliminary: "preliminär", "preliminary";
    is_cancelled: "inställd", "cancelled";
    over: "När det är över", "When it is over";
    can_be_away: "Lägg undan det som är avslutat. Sidan finns kvar och säger att det är över, men det går inte att välja i formulären längre.", "Put away what has ended. The page stays and says that it is over, but it can no longer be chosen in the forms.";
    is_going_on: "Det finns aktiviteter kvar som man kan komma till. När de är över, eller inställda, kan det läggas undan.", "There are still events that one can come to. When they are over, or cancelled, this can be put away.";
    is_away: "Undanlagt: går inte att välja i formulären, och sidan säger att det är över.", "Put away: it cannot be chosen in the forms, and the page says that it is over.";
}
