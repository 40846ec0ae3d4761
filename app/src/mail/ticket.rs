//! Which letters carry the ticket.

use super::model::MailKind;
use crate::door::ticket::{address, shown};
use crate::events::model::Way;
use crate::signup::model::Status;
use crate::text::mail::Ticket;

/// The ticket of whoever has a place at the place itself, in the letters that say so or remind of it.
#[must_use]
pub fn ticket(
    kind: MailKind,
    status: Option<Status>,
    way: Option<&str>,
    ticket: Option<String>,
    site: &str,
) -> Option<Ticket> {
    use MailKind::{Approved, Confirmed, Promoted, Reminder};
    let is_told = matches!(kind, Confirmed | Promoted | Approved | Reminder);
    let has_place = status == Some(Status::Confirmed) && way == Some(Way::OnSite.as_str());
    let ticket = ticket.filter(|_| is_told && has_place)?;
    Some(Ticket { code: shown(&ticket), address: address(site, &ticket) })
}
