//! The form of the seats. Pure.

use crate::events::model::Way;
use crate::organise::model::{MOST_SEATS, PostedTerms, TermsProblem};

/// The name of the field with the seats of a way, and its id.
#[must_use]
pub const fn room_field(way: Way) -> &'static str {
    match way {
        Way::Digital => "room-digital",
        Way::OnSite => "room-on_site",
    }
}

/// How many seats each way is to have; none: as many as want to.
pub type Room = Vec<(Way, Option<u32>)>;

/// Reads how many seats each of these ways is to have. A way that the form does not name stays as it is.
///
/// # Errors
/// Everything that is wrong.
pub fn read_room(posted: &PostedTerms, ways: &[Way]) -> Result<Room, Vec<(String, TermsProblem)>> {
    let (mut seats, mut problems) = (Vec::new(), Vec::new());
    for &way in ways {
        let field = room_field(way);
        match posted.value(field).map(str::trim) {
            None => {}
            Some("") => seats.push((way, None)),
            Some(text) => match text.parse::<u32>().ok().filter(|seats| *seats <= MOST_SEATS) {
                Some(number) => seats.push((way, Some(number))),
                None => problems.push((field.to_owned(), TermsProblem::NotSeats)),
            },
        }
    }
    if problems.is_empty() { Ok(seats) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_stays() {
        let posted = |pairs: &[(&str, &str)]| PostedTerms {
            pairs: pairs.iter().map(|&(name, value)| (name.into(), value.into())).collect(),
            problems: Vec::new(),
        };
        let ways = [Way::OnSite, Way::Digital];
        let read = |pairs: &[(&str, &str)]| read_room(&posted(pairs), &ways);
        assert_eq!(read(&[]), Ok(vec![]));
        assert_eq!(read(&[("room-digital", " 12 ")]), Ok(vec![(Way::Digital, Some(12))]));
        assert_eq!(read(&[("room-on_site", "")]), Ok(vec![(Way::OnSite, None)]));
        for wrong in ["-1", "12.5", "100001", "tolv"] {
            let problem = vec![("room-digital".to_owned(), TermsProblem::NotSeats)];
            assert_eq!(read(&[("room-digital", wrong)]), Err(problem), "{wrong}");
        }
    }
}
