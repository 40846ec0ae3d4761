//! The ticket of a sign-up: twelve digits that say at the door whose place it is, in a QR code or typed. It is
//! not the link to the sign-up, so whoever sees it can cancel nothing.

use serde::{Deserialize, Serialize};

/// So many digits, each of four bits.
const LENGTH: usize = 12;

/// A ticket as it is shown to its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// `8F3A-21C9-77D0`
    pub code: String,
    /// How many squares the picture is wide, with the quiet edge around it.
    pub size: usize,
    /// The dark squares, as the path of an SVG.
    pub squares: String,
}

/// Reads what was scanned or typed: the address in a QR code, or the digits, with or without what stands between
/// them.
#[must_use]
pub fn read(text: &str) -> Option<String> {
    let text = text.trim();
    let last = text.rsplit('/').next().unwrap_or(text);
    let digits: String = last
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        // What looks like a digit is meant as one.
        .map(|letter| match letter {
            'O' | 'o' => '0',
            'I' | 'i' | 'L' | 'l' => '1',
            other => other.to_ascii_lowercase(),
        })
        .take(LENGTH + 1)
        .collect();
    let is_ticket = digits.len() == LENGTH && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_ticket.then_some(digits)
}

/// `8F3A-21C9-77D0`
#[must_use]
pub fn shown(ticket: &str) -> String {
    let digits: Vec<char> = ticket.to_ascii_uppercase().chars().collect();
    digits.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// What stands in the QR code.
#[must_use]
pub fn address(origin: &str, ticket: &str) -> String {
    format!("{origin}/check-in/{ticket}")
}

#[cfg(feature = "ssr")]
pub use drawn::{QUIET, code, draw, squares};

#[cfg(feature = "ssr")]
mod drawn {
    use super::{Ticket, address, shown};
    use qrcode::{Color, EcLevel, QrCode};
    use std::fmt::Write;

    /// The light edge around a code, in squares (ISO/IEC 18004).
    pub const QUIET: usize = 4;

    /// The squares of the code for a text, row by row, and how many there are in a row; dark ones are true.
    #[must_use]
    pub fn squares(text: &str) -> Option<(usize, Vec<bool>)> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
        Some((width, dark))
    }

    /// A ticket as its owner's page shows it.
    #[must_use]
    pub fn draw(origin: &str, ticket: &str) -> Option<Ticket> {
        let (size, squares) = code(&address(origin, ticket))?;
        Some(Ticket { code: shown(ticket), size, squares })
    }

    /// The code for a text: how many squares it is wide with its edge, and the dark ones as the path of an SVG.
    #[must_use]
    pub fn code(text: &str) -> Option<(usize, String)> {
        let (width, dark) = squares(text)?;
        let mut path = String::new();
        for (at, _) in dark.iter().enumerate().filter(|(_, is_dark)| **is_dark) {
            let (x, y) = (at % width + QUIET, at / width + QUIET);
            // Writing to a string does not fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
        Some((width + 2 * QUIET, path))
    }
}

#[cfg(test)]
mod ticket_tests {
    use super::*;

    #[test]
    fn scanned_or_typed_it_is_the_same_ticket() {
        for text in [
            "https://stafett.example.se/check-in/8f3a21c977d0",
            "8F3A-21C9-77D0",
            " 8f3a 21c9 77do ",
            "8f3a2lc977d0",
        ] {
            assert_eq!(read(text).as_deref(), Some("8f3a21c977d0"), "{text}");
        }
        let long = "8".repeat(5_000);
        for text in ["", "8f3a21c977d", "8f3a21c977d0a", "https://example.org/", "åäö", &long] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(shown("8f3a21c977d0"), "8F3A-21C9-77D0");
    }
}
