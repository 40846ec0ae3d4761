//! Mails. What they tell is one event and one link, as text that can be read anywhere and as HTML that
//! says the same: no picture but the code of a ticket, which comes with it, nothing fetched from anywhere,
//! no colours of its own, so that it is readable on light and on dark.

mod sentences;

use super::{Lang, dates};
use crate::events::model::EventLine;
use crate::mail::model::{MailKind, one_line};
use crate::ui::html::push_escaped;
use crate::unsubscribe::model::Wish;
use sentences::sentences;

/// What a mail is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The event.
    pub event: &'a EventLine,
    /// The zone of its hours (IANA).
    pub zone: &'a str,
}

/// The way to no more mails of the kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What is stopped; `None`: the mail that sign-up opens.
    pub wish: Option<Wish>,
    /// Where.
    pub link: String,
}

/// What an organiser has written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// As text.
    pub text: String,
    /// As HTML that can do nothing but look like text.
    pub html: String,
}

/// The number of the picture within a mail (RFC 2392): the code of the ticket.
pub const PICTURE: &str = "ticket@stafett";

/// What is shown at the door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// As it is read and typed.
    pub code: String,
    /// What stands in the picture.
    pub address: String,
}

/// A mail, ready to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The language that it is in.
    pub lang: Lang,
    /// Its subject.
    pub subject: String,
    /// `Hej Åsa!`
    pub hello: String,
    /// Who did it, where it was somebody else.
    pub by: Option<String>,
    /// What has happened.
    pub what: &'static str,
    /// What an organiser has written, which is then told in place of that.
    pub letter: Option<Letter>,
    /// The event's title, and lines that tell when and where.
    pub event: Option<(String, Vec<String>)>,
    /// What is shown at the door, where one has a place there.
    pub ticket: Option<Ticket>,
    /// Whom it is about, a line each.
    pub list: Vec<String>,
    /// What the link is for.
    pub then: &'static str,
    /// What to go to.
    pub link: String,
    /// What the link is called where its address is not shown.
    pub button: &'static str,
    /// Why the person gets it, and where to stop it.
    pub why: Option<(&'static str, Stop)>,
    /// Whose mail it is: the site's address.
    pub site: String,
}

/// Writes a mail to `name`.
#[must_use]
pub fn write(
    lang: Lang,
    kind: MailKind,
    subject: Option<Subject<'_>>,
    name: Option<&str>,
    link: String,
    stop: Option<Stop>,
    site: &str,
) -> Mail {
    let said = sentences(lang, kind);
    let event = subject.map(|subject| (one_line(&subject.event.title), facts(lang, subject)));
    let name = name.map(one_line).filter(|name| !name.is_empty());
    let hello = match (lang, name) {
        (Lang::Sv, Some(name)) => format!("Hej {name}!"),
        (Lang::Sv, None) => "Hej!".to_owned(),
        (Lang::En, Some(name)) => format!("Hello {name},"),
        (Lang::En, None) => "Hello,".to_owned(),
    };
    Mail {
        lang,
        subject: match &event {
            Some((title, _)) => format!("{}: {title}", said.subject),
            None => said.subject.to_owned(),
        },
        hello,
        by: None,
        what: said.what,
        letter: None,
        event,
        ticket: None,
        list: Vec::new(),
        then: said.then,
        link,
        button: said.button,
        why: stop.map(|stop| (sentences::why(lang, stop.wish), stop)),
        site: site.to_owned(),
    }
}

/// When and where.
fn facts(lang: Lang, subject: Subject<'_>) -> Vec<String> {
    let event = subject.event;
    let mut when = dates::long_when(lang, &event.when);
    if event.when.has_clock() && subject.zone != crate::time::HOME_ZONE {
        when = format!("{when} ({})", subject.zone);
    }
    let place =
        event.format.map(|format| one_line(&lang.format_and_place(format, event.place.as_deref())));
    [Some(when), place].into_iter().flatten().collect()
}

impl Mail {
    /// Tells what an organiser has written, under their subject.
    #[cfg(feature = "ssr")]
    pub fn tell(&mut self, subject: &str, markdown: &str) {
        self.subject = one_line(subject);
        self.letter = Some(Letter {
            text: crate::markdown::to_text(markdown),
            html: crate::markdown::to_html(markdown),
        });
    }

    /// Says who signed the person up, in the mails by which they may learn of it, and that they can say no.
    pub fn was_signed_up_by(&mut self, kind: MailKind, name: &str, organisation: &str) {
        use MailKind::{Approved, Confirmed, Promoted, Requested, Waitlisted};
        if !matches!(kind, Confirmed | Waitlisted | Promoted | Requested | Approved) {
            return;
        }
        let (name, organisation) = (one_line(name), one_line(organisation));
        self.by = Some(match self.lang {
            Lang::Sv => format!("{name}, {organisation}, har anmält dig."),
            Lang::En => format!("{name}, {organisation}, has signed you up."),
        });
        (self.then, self.button) = sentences::say_no(self.lang);
    }

    /// Says that an organiser has moved the person here, or back here, in the mail that tells what they have here.
    pub fn was_moved_from(&mut self, is_back: bool, title: &str, day: jiff::civil::Date) {
        let (title, day) = (one_line(title), dates::date(self.lang, day));
        self.by = Some(match (self.lang, is_back) {
            (Lang::Sv, false) => {
                format!("Arrangören har flyttat din anmälan hit från {title}, {day}.")
            }
            (Lang::Sv, true) => {
                format!("Arrangören har flyttat tillbaka din anmälan hit från {title}, {day}.")
            }
            (Lang::En, false) => {
                format!("The organiser has moved your sign-up here from {title}, {day}.")
            }
            (Lang::En, true) => {
                format!("The organiser has moved your sign-up back here from {title}, {day}.")
            }
        });
    }

    /// All of it as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}", self.text_before_link(), self.link, self.text_after_link())
    }

    /// The plain text up to the link.
    #[must_use]
    pub fn text_before_link(&self) -> String {
        let mut text = format!("{}\n\n", self.hello);
        if let Some(by) = &self.by {
            text.push_str(&format!("{by} "));
        }
        let what = self.letter.as_ref().map_or(self.what, |letter| &letter.text);
        text.push_str(&format!("{what}\n\n"));
        if let Some((title, facts)) = &self.event {
            text.push_str(title);
            text.push('\n');
            for fact in facts {
                text.push_str(fact);
                text.push('\n');
            }
            text.push('\n');
        }
        if let Some(ticket) = &self.ticket {
            text.push_str(&format!("{} {}\n\n", self.lang.show_at_the_door(), ticket.code));
        }
        for line in &self.list {
            text.push_str(&format!("- {line}\n"));
        }
        if !self.list.is_empty() {
            text.push('\n');
        }
        text.push_str(self.then);
        text
    }

    /// The plain text from the link on.
    #[must_use]
    pub fn text_after_link(&self) -> String {
        let mut text = String::new();
        if let Some((why, stop)) = &self.why {
            text.push_str(&format!("\n{why}\n{}\n", stop.link));
        }
        text.push_str(&format!("\n-- \nStafett\n{}\n", self.site));
        text
    }

    /// All of it as an HTML document.
    #[must_use]
    pub fn html(&self) -> String {
        let mut html = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"supported-color-schemes\" content=\"light dark\">\n<title>",
            self.lang.tag()
        );
        push_escaped(&mut html, &self.subject);
        html.push_str("</title></head>\n<body style=\"margin:0;padding:24px 16px\">\n");
        html.push_str(&self.html_body(true));
        html.push_str("</body></html>\n");
        html
    }

    /// What stands in the HTML; `styled` as mail readers need it, or bare for a page that has a style.
    #[must_use]
    pub fn html_body(&self, styled: bool) -> String {
        let style = |text: &str| match styled {
            true => format!(" style=\"{text}\""),
            false => String::new(),
        };
        let mut html = format!(
            "<div lang=\"{}\"{}>\n",
            self.lang.tag(),
            style(
                "max-width:36em;margin:0 auto;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Arial,sans-serif"
            )
        );
        paragraph(&mut html, &style("margin:0 0 16px"), &[&self.hello]);
        if let Some(by) = &self.by {
            paragraph(&mut html, &style("margin:0 0 16px"), &[by]);
        }
        match &self.letter {
            None => paragraph(&mut html, &style("margin:0 0 16px"), &[self.what]),
            Some(letter) => {
                html.push_str(&format!("<div{}>{}</div>\n", style("margin:0 0 24px"), letter.html));
            }
        }
        if let Some((title, facts)) = &self.event {
            paragraph(
                &mut html,
                &style("margin:0 0 4px;font-size:20px;line-height:1.3;font-weight:bold"),
                &[title],
            );
            let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
            paragraph(&mut html, &style("margin:0 0 24px"), &facts);
        }
        if let Some(ticket) = &self.ticket {
            let says = self.lang.show_at_the_door();
            paragraph(&mut html, &style("margin:0 0 8px"), &[&format!("{says} {}", ticket.code)]);
        }
        if let Some(ticket) = &self.ticket {
            html.push_str(&format!(
                "<p{}><img src=\"cid:{PICTURE}\" width=\"222\" height=\"222\" alt=\"{}\"></p>\n",
                style("margin:0 0 24px"),
                ticket.code
            ));
        }
        if !self.list.is_empty() {
            let list: Vec<&str> = self.list.iter().map(String::as_str).collect();
            paragraph(&mut html, &style("margin:0 0 24px"), &list);
        }
        paragraph(&mut html, &style("margin:0 0 12px"), &[self.then]);
        html.push_str(&format!("<p{}><a href=\"", style("margin:0 0 24px")));
        push_escaped(&mut html, &self.link);
        html.push_str(&format!(
            "\"{}>",
            style("display:inline-block;padding:10px 20px;border:2px solid;border-radius:24px;font-weight:bold;text-decoration:none")
        ));
        push_escaped(&mut html, self.button);
        html.push_str("</a></p>\n");
        if let Some((why, stop)) = &self.why {
            html.push_str(&format!("<p{}>", style("margin:0 0 16px;font-size:14px")));
            push_escaped(&mut html, why);
            html.push_str(" <a href=\"");
            push_escaped(&mut html, &stop.link);
            html.push_str("\">");
            push_escaped(&mut html, sentences::stop(self.lang, stop.wish));
            html.push_str("</a></p>\n");
        }
        html.push_str(&format!("<p{}>Stafett<br>\n<a href=\"", style("margin:0;font-size:14px")));
        push_escaped(&mut html, &self.site);
        html.push_str("\">");
        push_escaped(&mut html, &self.site);
        html.push_str("</a></p>\n</div>\n");
        html
    }
}

/// A paragraph of these lines.
fn paragraph(html: &mut String, style: &str, lines: &[&str]) {
    html.push_str("<p");
    html.push_str(style);
    html.push('>');
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            html.push_str("<br>\n");
        }
        push_escaped(html, line);
    }
    html.push_str("</p>\n");
}

#[cfg(test)]
mod tests;
