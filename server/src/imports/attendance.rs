//! The reports of Zoom and Teams on who was there: one table or several, with lines about the meeting before them,
//! in Swedish or English. What is made of them is always the same: who, their address, and for how many seconds.

use super::table::{Records, Table, table};
use app::organise::imports::model::FileProblem;
use app::organise::imports::people_plan::FileRow;

/// What stands under a heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Name,
    Email,
    Time,
    WasThere,
    InWaitingRoom,
}

const NAME: &[&str] = &[
    "name",
    "full name",
    "user name",
    "participant",
    "display name",
    "namn",
    "fullständigt namn",
    "användarnamn",
    "deltagare",
    "visningsnamn",
];
const EMAIL: &[&str] = &[
    "email",
    "e-mail",
    "user email",
    "email address",
    "e-post",
    "e-postadress",
    "användarens e-post",
    "e-post för användare",
];
const TIME: &[&str] = &[
    "duration",
    "in-meeting duration",
    "meeting duration",
    "total duration",
    "time in session",
    "time in meeting",
    "varaktighet",
    "mötets varaktighet",
    "mötestid",
    "tid i mötet",
    "tid i möte",
    "varaktighet i möte",
    "varaktighet i mötet",
    "total varaktighet",
    "tid i sessionen",
];
const WAS_THERE: &[&str] = &["attended", "deltog", "närvarade"];
const WAITING: &[&str] = &["in waiting room", "i väntrum", "i väntrummet"];

fn heading(title: &str) -> Option<Of> {
    // "Name (Original Name)", "Duration (Minutes)"
    let title = title.split('(').next().unwrap_or_default().trim().to_lowercase();
    let of = |words: &[&str]| words.contains(&title.as_str());
    if of(NAME) {
        Some(Of::Name)
    } else if of(EMAIL) {
        Some(Of::Email)
    } else if of(TIME) {
        Some(Of::Time)
    } else if of(WAS_THERE) {
        Some(Of::WasThere)
    } else if of(WAITING) {
        Some(Of::InWaitingRoom)
    } else {
        None
    }
}

/// What each column is; nothing if this is no line of headings.
fn headings(cells: &[String]) -> Option<Vec<Option<Of>>> {
    let columns: Vec<_> = cells.iter().map(|cell| heading(cell)).collect();
    let has = |of: Of| columns.contains(&Some(of));
    (has(Of::Name) && has(Of::Time)).then_some(columns)
}

/// `2. Participants`, as Teams numbers its parts.
fn numbered(cells: &[String]) -> bool {
    let [only] = cells else { return false };
    only.split_once(". ")
        .is_some_and(|(number, _)| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
}

/// The people in a report, in a table of ours.
///
/// # Errors
/// If it is no report of that kind.
pub fn read(records: Records) -> Result<Table, FileProblem> {
    let Records { read_as, lines } = records;
    let mut columns: Option<Vec<Option<Of>>> = None;
    let (mut is_teams, mut is_found) = (false, false);
    let mut rows = Vec::new();
    for line in lines {
        if numbered(&line.cells) {
            is_teams = true;
            columns = None;
            continue;
        }
        if let Some(found) = headings(&line.cells) {
            // The third part of Teams' report says the same once more, in pieces.
            columns = Some(found).filter(|_| !(is_teams && is_found));
            is_found = true;
            continue;
        }
        // A line with a single thing in it begins another part.
        if line.cells.iter().filter(|cell| !cell.is_empty()).count() < 2 && line.cells.len() < 2 {
            columns = columns.filter(|columns| columns.len() < 2);
            continue;
        }
        if let Some(columns) = &columns {
            rows.extend(row(columns, &line));
        }
    }
    if !is_found {
        return Err(FileProblem::NotKnown);
    }
    let titles = ["name", "email", "seconds"].map(str::to_owned).to_vec();
    table(read_as, titles, rows)
}

fn row(columns: &[Option<Of>], line: &FileRow) -> Option<FileRow> {
    let cell = |of: Of| {
        let at = columns.iter().position(|column| *column == Some(of))?;
        Some(line.cells.get(at)?.trim()).filter(|text| !text.is_empty())
    };
    let is_yes = |text: &str| matches!(text.to_lowercase().as_str(), "yes" | "ja" | "true");
    if cell(Of::WasThere).is_some_and(|text| !is_yes(text))
        || cell(Of::InWaitingRoom).is_some_and(is_yes)
    {
        return None;
    }
    let name = cell(Of::Name).unwrap_or_default();
    let email = cell(Of::Email).unwrap_or_default();
    if name.is_empty() && email.is_empty() {
        return None;
    }
    let seconds = cell(Of::Time).and_then(seconds).unwrap_or(0);
    let cells = vec![name.to_owned(), email.to_owned(), seconds.to_string()];
    Some(FileRow { number: line.number, cells })
}

/// `46`, `46m 12s`, `1 h 2 min`, `1 tim 5 min`, `00:46:12`; a number alone is minutes.
fn seconds(text: &str) -> Option<u32> {
    if text.contains(':') {
        return text.split(':').try_fold(0_u32, |sum, part| {
            sum.checked_mul(60)?.checked_add(part.trim().parse().ok()?)
        });
    }
    if let Ok(minutes) = text.replace(',', ".").parse::<f32>() {
        return (0.0..100_000.0).contains(&minutes).then(|| whole(minutes * 60.0));
    }
    let (mut sum, mut number) = (0_u32, 0_u32);
    let mut unit = String::new();
    let mut is_any = false;
    for c in text.to_lowercase().chars().chain(std::iter::once(' ')) {
        if let Some(digit) = c.to_digit(10) {
            number = number.checked_mul(10)?.checked_add(digit)?;
        } else if c.is_alphabetic() {
            unit.push(c);
            continue;
        }
        if !unit.is_empty() {
            // The digit that ended the unit begins the next number.
            let begun = c.to_digit(10).unwrap_or(0);
            let count = if c.is_ascii_digit() { (number - begun) / 10 } else { number };
            let length = match unit.as_bytes()[0] {
                b'h' | b't' => 3_600,
                b'm' => 60,
                b's' => 1,
                _ => return None,
            };
            sum = sum.checked_add(count.checked_mul(length)?)?;
            (number, is_any) = (begun, true);
            unit.clear();
        }
    }
    is_any.then_some(sum)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was seen to fit")]
const fn whole(seconds: f32) -> u32 {
    seconds as u32
}

#[cfg(test)]
mod tests {
    use super::super::table::records;
    use super::*;

    const TEAMS: &str = "1. Sammanfattning\nMötestitel\tFrukost, del 3\nDeltagare som närvarade\t3\nStarttid\t2031-05-14, 08:50:12\nSluttid\t2031-05-14, 09:48:00\n\n2. Deltagare\nNamn\tFörst anslöt\tLämnade senast\tTid i mötet\tE-post\tDeltagar-ID (UPN)\tRoll\nÅsa Öberg\t2031-05-14, 08:58:01\t2031-05-14, 09:45:00\t46 min 12 s\tasa@example.org\tasa@example.org\tOrganisatör\nBo Ek (Extern)\t2031-05-14, 09:00:00\t2031-05-14, 09:10:00\t1 tim 2 min\t\t\tPresentatör\n\n3. Aktiviteter i mötet\nNamn\tAnslutningstid\tTid då personen lämnade\tVaraktighet\tE-post\tRoll\nÅsa Öberg\t2031-05-14, 08:58:01\t2031-05-14, 09:45:00\t46 min 12 s\tasa@example.org\tOrganisatör\n";
    const ZOOM: &str = "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n812 3456,\"Frukost, del 3\",05/14/2031 08:50:00 AM,05/14/2031 09:48:00 AM,host@example.org,58,3\n\nName (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\nÅsa Öberg,asa@example.org,05/14/2031 08:58:00 AM,05/14/2031 09:20:00 AM,22,Yes,No\nÅsa Öberg,asa@example.org,05/14/2031 09:21:00 AM,05/14/2031 09:45:00 AM,24,Yes,No\niPhone,,05/14/2031 09:21:00 AM,05/14/2031 09:45:00 AM,24,Yes,No\nBo Ek,,05/14/2031 08:50:00 AM,05/14/2031 08:58:00 AM,8,Yes,Yes\n";

    fn people(text: &[u8]) -> Vec<(i32, String)> {
        let table = read(records(text).unwrap()).unwrap();
        table.rows.into_iter().map(|row| (row.number, row.cells.join("|"))).collect()
    }

    #[test]
    fn the_report_of_teams_as_it_writes_it() {
        let bytes: Vec<u8> =
            format!("\u{feff}{TEAMS}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wanted = [(9, "Åsa Öberg|asa@example.org|2772"), (10, "Bo Ek (Extern)||3720")];
        assert_eq!(people(&bytes), wanted.map(|(at, text)| (at, text.to_owned())));
        let english = TEAMS
            .replace("1. Sammanfattning", "1. Summary")
            .replace("2. Deltagare", "2. Participants")
            .replace("3. Aktiviteter i mötet", "3. In-Meeting Activities")
            .replace("Namn\t", "Name\t")
            .replace("Tid i mötet", "In-Meeting Duration")
            .replace("Varaktighet", "Duration")
            .replace("E-post", "Email")
            .replace("46 min 12 s", "46m 12s")
            .replace("1 tim 2 min", "1h 2m");
        assert_eq!(people(english.as_bytes()), people(&bytes));
    }

    #[test]
    fn the_report_of_zoom_with_the_lines_about_the_meeting() {
        let wanted = [
            (5, "Åsa Öberg|asa@example.org|1320"),
            (6, "Åsa Öberg|asa@example.org|1440"),
            (7, "iPhone||1440"),
        ];
        assert_eq!(people(ZOOM.as_bytes()), wanted.map(|(at, text)| (at, text.to_owned())));
        let short = "Namn (ursprungligt namn),E-post,Varaktighet (minuter),Gäst\nÅsa,asa@example.org,7,Ja\n";
        assert_eq!(people(short.as_bytes()), [(2, "Åsa|asa@example.org|420".to_owned())]);
    }

    #[test]
    fn the_report_of_a_webinar_has_those_who_did_not_come_too() {
        let text = "Attendee Report\nTopic,Webinar ID\nX,1\nHost Details\nAttended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes)\nYes,Värd,host@example.org,a,b,60\nAttendee Details\nAttended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes)\nYes,Åsa,asa@example.org,a,b,30\nNo,Bo,bo@example.org,--,--,--\n";
        let wanted = ["Värd|host@example.org|3600", "Åsa|asa@example.org|1800"];
        let found: Vec<_> = people(text.as_bytes()).into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn what_is_no_report_is_refused() {
        let list = records("Namn;E-post\nÅsa;asa@example.org\n".as_bytes()).unwrap();
        assert_eq!(read(list), Err(FileProblem::NotKnown));
    }

    #[test]
    fn how_long() {
        let told = [
            ("46", 2_760),
            ("46m 12s", 2_772),
            ("1h2m3s", 3_723),
            ("00:46:12", 2_772),
            ("12 sek", 12),
            ("1 timme", 3_600),
            ("2,5", 150),
        ];
        for (text, wanted) in told {
            assert_eq!(seconds(text), Some(wanted), "{text}");
        }
        for text in ["", "--", "nyss", "99999999999999999999", "3 år"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
