//! What was done at doors on this telephone and has not reached the server is said where it matters: beside the
//! button that signs out, and at a door that is not there any more.

use super::follow::Address;
use crate::error::AppError;
use crate::text::use_lang;
use crate::ui::lost::Lost;
use leptos::prelude::*;

/// Beside the button that signs out. Nothing, unless something is kept here of an organiser's door.
#[component]
pub fn UnsentHere() -> impl IntoView {
    let lang = use_lang();
    let count = RwSignal::new(0_usize);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| count.set(super::keeping::count_of_organisers()));
    view! {
        <p class="unsent" hidden=move || count.get() == 0>
            {move || lang.unsent_at_sign_out(count.get())}
        </p>
    }
}

/// In the place of a door that does not open. It leaves nothing on the telephone, and what was done there and not sent
/// does not go without a word. Who is only not signed in keeps that, without whom it was about.
#[component]
pub fn LostDoor(
    /// Which one.
    address: Address,
    /// Why.
    error: AppError,
) -> impl IntoView {
    let said = RwSignal::new(None::<String>);
    #[cfg(feature = "hydrate")]
    {
        use super::keeping;
        let lang = use_lang();
        Effect::new(move |_| {
            let path = address.path();
            let unsent = keeping::unsent(&path);
            let text = match error {
                AppError::NotFound | AppError::Forbidden => {
                    keeping::forget(&path);
                    lang.never_sent(&unsent)
                }
                AppError::Unauthorised => {
                    keeping::forget_list(&path);
                    lang.unsent_until_signed_in(unsent.len())
                }
                _ => return,
            };
            said.set(Some(text).filter(|_| !unsent.is_empty()));
        });
    }
    #[cfg(not(feature = "hydrate"))]
    drop(address);
    view! {
        <p class="note now" role="status" hidden=move || said.with(Option::is_none)>
            {move || said.get()}
        </p>
        <Lost error />
    }
}
