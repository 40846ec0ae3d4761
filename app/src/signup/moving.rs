//! Moving people to another event of the same programme: what would become of them there. Pure.

use super::model::Status;
use crate::events::model::{EventLine, Seats, Way};
use serde::{Deserialize, Serialize};

/// Somebody who is to be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mover {
    /// The number of the person.
    pub person: i64,
    /// How they take part now.
    pub way: Way,
    /// How they stand now.
    pub status: Status,
}

/// How somebody takes part there: as here if that can be, otherwise as one does there.
#[must_use]
pub fn way_there(way: Way, ways: &[Way]) -> Option<Way> {
    ways.iter().find(|offered| **offered == way).or_else(|| ways.first()).copied()
}

/// What would become of those who are to be moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// So many get a place.
    pub seats: usize,
    /// So many stand in line, after those who wait.
    pub line: usize,
    /// So many are signed up there already, and stay where they are.
    pub already: usize,
}

/// What would become of them at an event with these seats, where `is_there` says who is signed up already.
#[must_use]
pub fn forecast(movers: &[Mover], seats: &Seats, is_there: impl Fn(i64) -> bool) -> Forecast {
    let ways: Vec<Way> = seats.ways.iter().map(|seats| seats.way).collect();
    let mut forecast = Forecast::default();
    let mut wanted = [(Way::Digital, 0_usize), (Way::OnSite, 0)];
    for mover in movers {
        if is_there(mover.person) {
            forecast.already += 1;
        } else if let Some(way) = way_there(mover.way, &ways) {
            for (known, count) in &mut wanted {
                *count += usize::from(*known == way);
            }
        }
    }
    for (way, count) in wanted {
        let Some(seats) = seats.way(way) else { continue };
        // A seat that is free while somebody waits for it is not free.
        let room =
            if seats.is_full() { 0 } else { seats.left().map_or(count, |left| left as usize) };
        forecast.seats += count.min(room);
        forecast.line += count - count.min(room);
    }
    forecast
}

/// An event that people can be moved to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The event.
    pub line: EventLine,
    /// What would become of them.
    pub forecast: Forecast,
}

/// What there is to choose from for those who are to be moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Where they are.
    pub from: EventLine,
    /// Their sign-ups.
    pub sign_ups: Vec<i64>,
    /// What some of them are called.
    pub names: Vec<String>,
    /// Where they can be moved, in the order of time.
    pub targets: Vec<Target>,
    /// The form came back without a choice, or with one that is not there any more.
    pub is_unchosen: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::model::WaySeats;

    fn seats(ways: &[(Way, Option<u32>, u32, u32)]) -> Seats {
        let ways = ways.iter().map(|&(way, capacity, confirmed, waitlisted)| WaySeats {
            way,
            capacity,
            confirmed,
            waitlisted,
        });
        Seats { ways: ways.collect(), version: 0 }
    }

    fn movers(ways: &[Way]) -> Vec<Mover> {
        let mover =
            |(n, way): (i64, &Way)| Mover { person: n, way: *way, status: Status::Confirmed };
        (0..).zip(ways).map(mover).collect()
    }

    #[test]
    fn a_seat_if_there_is_one_otherwise_in_line() {
        use Way::{Digital, OnSite};
        let five = movers(&[Digital, Digital, Digital, OnSite, OnSite]);
        let hybrid = seats(&[(OnSite, Some(10), 9, 0), (Digital, None, 50, 0)]);
        assert_eq!(forecast(&five, &hybrid, |_| false), Forecast { seats: 4, line: 1, already: 0 });
        // Whoever takes part in a way that is not offered there takes part as one does there.
        let digital = seats(&[(Digital, Some(4), 0, 0)]);
        assert_eq!(
            forecast(&five, &digital, |_| false),
            Forecast { seats: 4, line: 1, already: 0 }
        );
        assert_eq!(
            forecast(&five, &digital, |person| person < 2),
            Forecast { seats: 3, line: 0, already: 2 }
        );
        // Nobody passes those who wait.
        let waiting = seats(&[(Digital, Some(9), 8, 1)]);
        assert_eq!(forecast(&five, &waiting, |_| false).line, 5);
    }
}
