//! The mail with the link that signs one in.

use crate::text::Lang;
use crate::text::mail::Mail;

/// Writes the mail with this link in it.
#[must_use]
pub fn sign_in(lang: Lang, link: String) -> Mail {
    let (subject, text) = match lang {
        Lang::Sv => (
            "Din länk till Stafett",
            "Hej!\n\nMed den här länken loggar du in på Stafett. Den gäller i 20 minuter och kan användas \
             en gång. Har du inte bett om den kan du bortse från mejlet: ingen kommer in utan länken.\n",
        ),
        Lang::En => (
            "Your link to Stafett",
            "Hello,\n\nThis link signs you in to Stafett. It is good for 20 minutes and works once. If you \
             did not ask for it you can disregard this mail: nobody gets in without the link.\n",
        ),
    };
    Mail { subject: subject.to_owned(), text: text.to_owned(), link }
}
