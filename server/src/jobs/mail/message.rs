//! A letter as it goes over the line (RFC 5322, MIME).
//!
//! The words are there as text and as HTML. An invitation stands beside them as a third alternative,
//! `text/calendar` with its method, which is where RFC 6047 has calendars look; and once more as the file
//! `invite.ics`, as Google's and Microsoft's own invitations have it: Outlook on a telephone, and readers
//! that know nothing of invitations, show only what is attached. The file is `application/ics`, so that
//! nobody takes it for a second invitation.
//!
//! A calendar file has one method (RFC 5545 §3.7.2). Where one event takes the place of another, the file that takes
//! the other away is a `text/calendar` part of its own after the words (RFC 6047 §2.4), with a name by which it can
//! be opened where calendars look only at the first.

use super::picture::png;
use app::mail::letters::{Letter, Site};
use app::mail::model::one_line;
use app::text::mail::PICTURE;
use lettre::address::Envelope;
use lettre::message::header::{
    ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue,
};
use lettre::message::{Attachment, Body, Mailbox, Message, MultiPart, SinglePart};
use lettre::{Address, message};
use std::time::{Duration, SystemTime};

/// A mail and where it goes.
pub struct Carried {
    /// From whom, to whom.
    pub envelope: Envelope,
    /// All of it, its lines ended with CRLF.
    pub text: String,
}

/// Puts a mail together; what cannot be is told in words.
pub fn compose(site: &Site, letter: &Letter, now: i64) -> Result<Carried, String> {
    let from = address(&site.organiser.address)?;
    let to = address(&letter.to)?;
    let name = letter.name.as_deref().map(one_line).filter(|name| !name.is_empty());
    let seconds = Duration::from_secs(now.unsigned_abs());
    let builder = Message::builder()
        .message_id(Some(message_id(site, letter)))
        .date(SystemTime::UNIX_EPOCH + seconds)
        .from(Mailbox::new(Some(one_line(&site.organiser.name)), from.clone()))
        .to(Mailbox::new(name, to.clone()))
        .subject(one_line(&letter.mail.subject));
    let mut message = parts(builder, letter)?;
    let headers = message.headers_mut();
    let mut add = |name: &'static str, value: String| {
        headers.insert_raw(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
    };
    // RFC 3834: no answer by a machine is wanted.
    add("Auto-Submitted", "auto-generated".to_owned());
    add("X-Auto-Response-Suppress", "OOF, AutoReply".to_owned());
    add("Content-Language", letter.lang.tag().to_owned());
    if let Some(link) = &letter.unsubscribe {
        add("List-Unsubscribe", format!("<{link}>"));
        add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned());
    }
    let envelope = Envelope::new(Some(from), vec![to]).map_err(|error| error.to_string())?;
    let text = String::from_utf8(message.formatted()).map_err(|error| error.to_string())?;
    Ok(Carried { envelope, text })
}

/// The same however often the mail is sent. When it was written is a part of it: a new database counts
/// from 1 again.
fn message_id(site: &Site, letter: &Letter) -> String {
    let host = site.url.split("://").nth(1).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    format!("<mail-{}.{}@{host}>", letter.id, letter.created)
}

fn parts(builder: message::MessageBuilder, letter: &Letter) -> Result<Message, String> {
    let words =
        MultiPart::alternative().singlepart(text(ContentType::TEXT_PLAIN, letter.mail.text())?);
    let html = text(ContentType::TEXT_HTML, letter.mail.html())?;
    let picture = letter.mail.ticket.as_ref().and_then(|ticket| png(&ticket.address));
    let words = match picture {
        None => words.singlepart(html),
        // Beside the words that show it (RFC 2387).
        Some(picture) => {
            let picture = Attachment::new_inline(PICTURE.to_owned())
                .body(picture, content_type("image/png")?);
            words.multipart(MultiPart::related().singlepart(html).singlepart(picture))
        }
    };
    let message = match letter.calendars.as_slice() {
        [] => builder.multipart(words),
        [told, more @ ..] => {
            let method = told.method.as_str();
            let file = format!("application/ics; name=\"invite.ics\"; method={method}");
            let invitation = base64(content_type(&calendar(method))?, None, &told.file)?;
            let attached = ContentDisposition::attachment("invite.ics");
            let attachment = base64(content_type(&file)?, Some(attached), &told.file)?;
            let mut mixed =
                MultiPart::mixed().multipart(words.singlepart(invitation)).singlepart(attachment);
            for also in more {
                let attached = ContentDisposition::attachment("cancelled.ics");
                let kind = content_type(&calendar(also.method.as_str()))?;
                mixed = mixed.singlepart(base64(kind, Some(attached), &also.file)?);
            }
            builder.multipart(mixed)
        }
    };
    message.map_err(|error| error.to_string())
}

fn calendar(method: &str) -> String {
    format!("text/calendar; method={method}; charset=utf-8")
}

fn content_type(text: &str) -> Result<ContentType, String> {
    ContentType::parse(text).map_err(|error| error.to_string())
}

fn text(kind: ContentType, words: String) -> Result<SinglePart, String> {
    let body = Body::new_with_encoding(words, ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| "its words cannot be encoded".to_owned())?;
    Ok(SinglePart::builder().header(kind).body(body))
}

/// Nothing on the way may break the lines of a calendar file.
fn base64(
    kind: ContentType,
    disposition: Option<ContentDisposition>,
    file: &str,
) -> Result<SinglePart, String> {
    let body = Body::new_with_encoding(file.as_bytes().to_vec(), ContentTransferEncoding::Base64)
        .map_err(|_| "the calendar's part cannot be encoded".to_owned())?;
    let mut part = SinglePart::builder().header(kind);
    if let Some(disposition) = disposition {
        part = part.header(disposition);
    }
    Ok(part.body(body))
}

/// An address with its domain as the domain name system has it; what is before the @ stays as it is.
fn address(text: &str) -> Result<Address, String> {
    let wrong = || format!("no mail can be sent to this address: {text}");
    let (user, domain) = text.rsplit_once('@').ok_or_else(wrong)?;
    let domain = idna::domain_to_ascii(domain).map_err(|_| wrong())?;
    Address::new(user, domain).map_err(|_| wrong())
}
