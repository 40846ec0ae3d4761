//! `/organise/speakers/{id}`: the portrait of somebody who speaks.

use super::api::load_image;
use super::model::About;
use super::section::ImageSection;
use crate::text::use_lang;
use crate::ui::lost::Lost;
use crate::ui::meta::PageMeta;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/organise/speakers/{id}` and what its form answers with.
#[component]
pub fn SpeakerRoute() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let id = move || params.read().get("id").unwrap_or_default();
    let done = move || query.read().get("done");
    let page =
        Resource::new(move || (id(), done()), move |(id, _)| load_image(lang, About::Speaker, id));
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(plan) => {
                        let said = done().and_then(|done| lang.image_done(&done));
                        view! {
                            <PageMeta title=plan.title.clone() description="" path="/organise" private=true />
                            <p class="kicker">
                                <a href=lang.href("/organise")>{lang.words().organise}</a>
                            </p>
                            <h1 tabindex="-1">{plan.title}</h1>
                            {said.map(|said| view! { <p class="note" role="status">{said}</p> })}
                            <ImageSection about=About::Speaker name=id() />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Lost error /> }.into_any(),
                }
            })}
        </Transition>
    }
}
