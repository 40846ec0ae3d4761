//! The fixed texts of the planners' calendar.

use super::table::table;

table! {
    /// Every fixed text of the planners' calendar.
    PlannerWords;

    calendar: "Planeringskalender", "Planning calendar";
    views: "Visa", "Show";
    month: "Månad", "Month";
    clash_view: "Det som krockar", "What clashes";
    months: "Månader", "Months";
    this_month: "Den här månaden", "This month";
    nothing: "Inget är planerat den här månaden.", "Nothing is planned this month.";
    is_draft: "utkast", "draft";
    is_preliminary: "preliminär", "preliminary";
    goes_on: "fortsätter", "goes on";
    sorts: "Sorters krockar", "Sorts of clashes";
    all: "Alla", "All";
    speakers: "Medverkande", "Speakers";
    rooms: "Lokaler och möteslänkar", "Rooms and meeting links";
    groups: "Målgrupper", "Target groups";
    none_of_these: "Inget av det som är planerat krockar så.", "Nothing that is planned clashes in this way.";
    same_room: "Båda har samma möteslänk", "Both have the same link to the meeting";
    beside_why: "Så som aktiviteten är sparad. Det hindrar dig inte från att spara eller publicera.", "As the event is saved. It does not keep you from saving or publishing.";
    school_note: "Skolloven är de vanliga veckorna. De skiljer sig mellan kommuner: sportlovet ligger i någon av veckorna 7 till 10, och en del har lov veckan efter påsk. Krockar räknas bara mellan aktiviteter vars klockslag är känt.", "The school holidays are the usual weeks. They differ between municipalities: the winter break is in one of the weeks 7 to 10, and some have the week after Easter off. Clashes are counted only between events whose hours are known.";
}
