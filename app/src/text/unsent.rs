//! What is said of check-ins that a telephone has and the server does not.

use super::{Lang, number};
use crate::door::kept::Unsent;

fn count(lang: Lang, count: usize) -> String {
    number(lang, i64::try_from(count).unwrap_or(i64::MAX))
}

impl Lang {
    /// Beside the button that signs out: it takes nothing away from anybody.
    #[must_use]
    pub fn unsent_at_sign_out(self, unsent: usize) -> String {
        let shown = count(self, unsent);
        match (self, unsent) {
            (Self::Sv, 1) => "1 incheckning på den här telefonen är inte skickad än. Den ligger kvar när du loggar \
                ut, utan namn, och skickas när någon som arrangerar öppnar dörren här igen."
                .into(),
            (Self::Sv, _) => format!(
                "{shown} incheckningar på den här telefonen är inte skickade än. De ligger kvar när du loggar ut, \
                 utan namn, och skickas när någon som arrangerar öppnar dörren här igen."
            ),
            (Self::En, 1) => "1 check-in on this phone is not sent yet. It stays when you sign out, without a name, \
                and is sent when an organiser opens the door here again."
                .into(),
            (Self::En, _) => format!(
                "{shown} check-ins on this phone are not sent yet. They stay when you sign out, without names, and \
                 are sent when an organiser opens the door here again."
            ),
        }
    }

    /// At a door that asks who one is before it takes them.
    #[must_use]
    pub fn unsent_until_signed_in(self, unsent: usize) -> String {
        let shown = count(self, unsent);
        match (self, unsent) {
            (Self::Sv, 1) => "1 incheckning som gjordes här är inte skickad än. Den skickas när du har loggat in.".into(),
            (Self::Sv, _) => format!(
                "{shown} incheckningar som gjordes här är inte skickade än. De skickas när du har loggat in."
            ),
            (Self::En, 1) => "1 check-in made here is not sent yet. It is sent when you have signed in.".into(),
            (Self::En, _) => {
                format!("{shown} check-ins made here are not sent yet. They are sent when you have signed in.")
            }
        }
    }

    /// At a door that opens no more: what was done there and can no longer be told, and whom it was about where that
    /// is still known.
    #[must_use]
    pub fn never_sent(self, unsent: &[Unsent]) -> String {
        let name = |one: &Unsent| {
            let name = one.name.as_deref()?;
            Some(if one.is_in {
                name.to_owned()
            } else {
                format!("{name} ({})", self.pick("ångrad", "undone"))
            })
        };
        let names: Vec<String> = unsent.iter().filter_map(name).collect();
        let names =
            if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
        let shown = count(self, unsent.len());
        match (self, unsent.len()) {
            (Self::Sv, 1) => format!(
                "1 incheckning hann inte skickas från den här telefonen och räknas inte{names}. Säg det till den som \
                 arrangerar."
            ),
            (Self::Sv, _) => format!(
                "{shown} incheckningar hann inte skickas från den här telefonen och räknas inte{names}. Säg det till \
                 den som arrangerar."
            ),
            (Self::En, 1) => format!(
                "1 check-in could not be sent from this phone in time and does not count{names}. Tell the organiser."
            ),
            (Self::En, _) => format!(
                "{shown} check-ins could not be sent from this phone in time and do not count{names}. Tell the \
                 organiser."
            ),
        }
    }
}
