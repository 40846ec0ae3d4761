//! The organiser's pages: a part of the client of their own, which participants never load.
//!
//! `#[wasm_split]` puts what only [`render`] reaches into that part; on the server it is a plain function.

use super::event::OrganiseEventRoute;
use super::images::page::SpeakerRoute;
use super::imports::events_page::{EventImportRoute, EventImportsRoute};
use super::imports::follow::ImportRoute;
use super::imports::upload::ImportsRoute;
use super::letters::follow::LetterRoute;
use super::letters::page::LettersRoute;
use super::list::OrganiseRoute;
use super::lists::page::ListRoute;
use super::materials::page::MaterialFileRoute;
use super::plan::page::{NewPlanRoute, PlanRoute};
use super::plan::series_page::NewSeriesRoute;
use super::planner::page::PlannerRoute;
use super::screen::page::ScreenRoute;
use super::undertakings::list_page::ProgrammesRoute;
use super::undertakings::programme_page::{NewProgrammeRoute, ProgrammePlanRoute};
use super::undertakings::series_page::SeriesPlanRoute;
use crate::audit::page::LogRoute;
use crate::ui::lost::PartLost;
use crate::ui::sheet;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::ChooseView;

/// A page of the organiser's side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Organising {
    /// `/organise`
    List,
    /// `/organise/events/{slug}` and what its forms answer with.
    Event,
    /// `/organise/events/{slug}/screen`
    Screen,
    /// `/organise/events/{slug}/lists/{list}`
    Paper,
    /// `/organise/events/{slug}/letters`
    Letters,
    /// `/organise/events/{slug}/letters/{id}`
    Letter,
    /// `/organise/events/{slug}/import`
    Imports,
    /// `/organise/events/{slug}/import/{id}`
    Import,
    /// `/organise/import`
    EventImports,
    /// `/organise/import/{id}`
    EventImport,
    /// `/organise/log`
    Log,
    /// `/organise/events/{slug}/edit` and what its forms answer with.
    Plan,
    /// `/organise/events/new`
    NewPlan,
    /// `/organise/series/new`
    NewSeries,
    /// `/organise/calendar`
    Planner,
    /// `/organise/programmes`
    Programmes,
    /// `/organise/programmes/new`
    NewProgramme,
    /// `/organise/programmes/{slug}/edit` and what its forms answer with.
    ProgrammePlan,
    /// `/organise/series/{slug}/edit` and what its forms answer with.
    SeriesPlan,
    /// `/organise/speakers/{id}` and what its form answers with.
    Speaker,
    /// `/organise/materials/{id}` and what its forms answer with.
    MaterialFile,
}

#[wasm_split(organise, wasm_split_path = leptos::wasm_split, preload(load_part), fallible)]
fn render(page: Organising) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Organising::List => view! { <OrganiseRoute /> }.into_any(),
        Organising::Event => view! { <OrganiseEventRoute /> }.into_any(),
        Organising::Screen => view! { <ScreenRoute /> }.into_any(),
        Organising::Paper => view! { <ListRoute /> }.into_any(),
        Organising::Letters => view! { <LettersRoute /> }.into_any(),
        Organising::Letter => view! { <LetterRoute /> }.into_any(),
        Organising::Imports => view! { <ImportsRoute /> }.into_any(),
        Organising::Import => view! { <ImportRoute /> }.into_any(),
        Organising::EventImports => view! { <EventImportsRoute /> }.into_any(),
        Organising::EventImport => view! { <EventImportRoute /> }.into_any(),
        Organising::Log => view! { <LogRoute /> }.into_any(),
        Organising::Plan => view! { <PlanRoute /> }.into_any(),
        Organising::NewPlan => view! { <NewPlanRoute /> }.into_any(),
        Organising::NewSeries => view! { <NewSeriesRoute /> }.into_any(),
        Organising::Planner => view! { <PlannerRoute /> }.into_any(),
        Organising::Programmes => view! { <ProgrammesRoute /> }.into_any(),
        Organising::NewProgramme => view! { <NewProgrammeRoute /> }.into_any(),
        Organising::ProgrammePlan => view! { <ProgrammePlanRoute /> }.into_any(),
        Organising::SeriesPlan => view! { <SeriesPlanRoute /> }.into_any(),
        Organising::Speaker => view! { <SpeakerRoute /> }.into_any(),
        Organising::MaterialFile => view! { <MaterialFileRoute /> }.into_any(),
    })
}

impl ChooseView for Organising {
    async fn choose(self) -> AnyView {
        match render(self).await {
            Ok(page) if sheet::organisers().await => page,
            _ => view! { <PartLost /> }.into_any(),
        }
    }

    async fn preload(&self) {
        load().await;
    }
}

/// Loads the part and its style sheet, once; whether both are there.
pub async fn load() -> bool {
    let (part, has_style) = futures::join!(load_part(), sheet::organisers());
    part.is_ok() && has_style
}
