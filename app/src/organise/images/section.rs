//! The form of a picture, on the page of what it is of.

use super::api::load_image;
use super::model::{About, ImagePlan, LONGEST_ALT, PostedImage};
use crate::images::part::PictureView;
use crate::text::use_lang;
use crate::ui::field::LineField;
use leptos::prelude::*;

/// The form on its way back, if this page is the answer to one.
fn posted() -> PostedImage {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        {
            use_context::<PostedImage>().unwrap_or_default()
        }
        #[cfg(not(feature = "ssr"))]
        {
            PostedImage::default()
        }
    })
    .into_inner()
}

/// The picture that there is, and the form that chooses, describes and removes it. Nothing where it cannot be read:
/// the page that it stands on says why.
#[component]
pub fn ImageSection(
    /// What it is of.
    about: About,
    /// That one's slug or number.
    name: String,
) -> impl IntoView {
    let lang = use_lang();
    let posted = posted();
    let action = lang.href(&format!("/organise/{}/{name}/image", about.as_str()));
    let plan = Resource::new(move || name.clone(), move |name| load_image(lang, about, name));
    view! {
        <Transition>
            {move || {
                let (posted, action) = (posted.clone(), action.clone());
                Suspend::new(async move {
                    plan.await.ok().map(|plan| view! { <ImageForm plan posted action about /> })
                })
            }}
        </Transition>
    }
}

/// The form itself.
#[component]
pub(super) fn ImageForm(
    plan: ImagePlan,
    posted: PostedImage,
    action: String,
    about: About,
) -> impl IntoView {
    let lang = use_lang();
    let texts = lang.image_words();
    let is_there = plan.picture.is_some();
    let description = posted.description.clone().unwrap_or(plan.description);
    let error = |field: &str| posted.problem(field).map(|problem| lang.image_problem(problem));
    let file_error = error("file");
    let described = if file_error.is_some() { "file-error file-hint" } else { "file-hint" };
    let remove = is_there.then(|| {
        view! {
            <button class="btn quiet small" name="do" value="remove" formnovalidate>
                {texts.remove}
            </button>
        }
    });
    let portraits = (!plan.speakers.is_empty()).then(|| {
        let speakers = plan.speakers.into_iter().map(|(id, name, has_portrait)| {
            let page = lang.href(&format!("/organise/speakers/{id}"));
            let has = has_portrait.then_some(texts.has_portrait);
            view! {
                <li>
                    <a href=page>{name}</a>
                    {has.map(|has| view! { " " <small>{has}</small> })}
                </li>
            }
        });
        view! {
            <h3>{texts.portraits}</h3>
            <ul class="portrait-links">{speakers.collect_view()}</ul>
        }
    });
    let title = if about == About::Speaker { texts.portrait } else { texts.picture };
    view! {
        <section class="plan-foot image-form" aria-labelledby="image">
            <h2 id="image">{title}</h2>
            {plan.picture.map(|picture| view! { <PictureView picture sizes="20rem" /> })}
            <form class="form" method="post" action=action enctype="multipart/form-data" novalidate>
                // At the foot of a long page: whoever comes back goes on from here.
                {posted
                    .is_there
                    .then(|| {
                        view! {
                            <p class="err" role="alert" tabindex="-1" autofocus=true>
                                {texts.not_saved}
                            </p>
                        }
                    })}
                <div class="field">
                    <label for="file">{if is_there { texts.another_file } else { texts.file }}</label>
                    {file_error.map(|error| view! { <p class="err" id="file-error">{error}</p> })}
                    <input
                        type="file"
                        id="file"
                        name="file"
                        accept="image/jpeg,image/png,image/webp"
                        aria-describedby=described
                        aria-invalid=file_error.map(|_| "true")
                    />
                    <p class="hint" id="file-hint">{texts.file_hint}</p>
                </div>
                <LineField
                    id="alt_sv"
                    label=texts.alt_sv
                    value=description.sv
                    maxlength=LONGEST_ALT
                    error=error("alt_sv")
                    hint=texts.alt_hint
                    may_be_empty=true
                />
                <LineField
                    id="alt_en"
                    label=texts.alt_en
                    value=description.en
                    maxlength=LONGEST_ALT
                    error=error("alt_en")
                    may_be_empty=true
                />
                <label class="pick">
                    <input type="checkbox" name="decorative" value="yes" checked=description.is_decorative />
                    <span>{texts.decorative}</span>
                </label>
                <p class="doings">
                    <button class="btn small" name="do" value="save">
                        {texts.save}
                    </button>
                    " "
                    {remove}
                </p>
            </form>
            {portraits}
        </section>
    }
}
