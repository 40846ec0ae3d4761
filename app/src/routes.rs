//! The plan of the house: which page is at which address. The first word of an address is the folder that serves it.

use crate::calendar::page::CalendarRoute;
use crate::door::part::AtDoor;
use crate::later::Later;
use crate::organise::part::Organising;
use crate::organise::recordings::part::AtDesk;
use crate::recordings::part::Recorded;
use leptos::prelude::*;
use leptos_router::{
    ChooseView, GeneratedRouteData, MatchInterface, MatchNestedRoutes, MatchParams, PathSegment,
    RouteMatchId,
};
use std::borrow::Cow;
use std::sync::LazyLock;

/// A page, by the part of the client that it is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// What is there from the beginning.
    Calendar,
    /// `later`
    Pages(Later),
    /// `organise`
    Organise(Organising),
    /// `organise::recordings`
    Desk(AtDesk),
    /// `door`
    Door(AtDoor),
    /// `recordings`
    Recordings(Recorded),
}

use Place::{Calendar, Desk, Door, Organise, Pages, Recordings};

/// Addresses and their pages; the first that fits counts. Each stands for the one in English, too, with `/en` before
/// it. What is behind a colon is a parameter.
const PAGES: &[(&str, Place)] = &[
    ("/", Pages(Later::Home)),
    ("/calendar", Calendar),
    ("/events/:slug", Pages(Later::Event)),
    // The addresses that the forms of an event post to answer with its page.
    ("/events/:slug/sign-up", Pages(Later::Event)),
    ("/events/:slug/sign-up/group", Pages(Later::Group)),
    ("/events/:slug/watch", Pages(Later::Event)),
    ("/events/:slug/signed-up", Pages(Later::SignedUp)),
    ("/events/:slug/watching", Pages(Later::Watching)),
    ("/events/:slug/join", Pages(Later::Join)),
    ("/sign-ups/:token", Pages(Later::OwnSignUp)),
    ("/organise", Organise(Organising::List)),
    ("/organise/import", Organise(Organising::EventImports)),
    ("/organise/import/:id", Organise(Organising::EventImport)),
    ("/organise/log", Organise(Organising::Log)),
    ("/organise/calendar", Organise(Organising::Planner)),
    ("/organise/programmes", Organise(Organising::Programmes)),
    ("/organise/programmes/new", Organise(Organising::NewProgramme)),
    ("/organise/programmes/:slug/edit", Organise(Organising::ProgrammePlan)),
    ("/organise/programmes/:slug/archive", Organise(Organising::ProgrammePlan)),
    ("/organise/programmes/:slug/series", Organise(Organising::ProgrammePlan)),
    ("/organise/series/:slug/edit", Organise(Organising::SeriesPlan)),
    ("/organise/series/:slug/archive", Organise(Organising::SeriesPlan)),
    ("/organise/series/:slug/stops", Organise(Organising::SeriesPlan)),
    ("/organise/events/:slug/image", Organise(Organising::Plan)),
    ("/organise/programmes/:slug/image", Organise(Organising::ProgrammePlan)),
    ("/organise/series/:slug/image", Organise(Organising::SeriesPlan)),
    ("/organise/speakers/:id", Organise(Organising::Speaker)),
    ("/organise/speakers/:id/image", Organise(Organising::Speaker)),
    ("/organise/materials/:id", Organise(Organising::MaterialFile)),
    ("/organise/materials/:id/file", Organise(Organising::MaterialFile)),
    ("/organise/materials/:id/read", Organise(Organising::MaterialFile)),
    ("/organise/events/new", Organise(Organising::NewPlan)),
    ("/organise/series/new", Organise(Organising::NewSeries)),
    ("/organise/events/:slug/edit", Organise(Organising::Plan)),
    ("/organise/events/:slug/state", Organise(Organising::Plan)),
    ("/organise/events/:slug/duplicate", Organise(Organising::Plan)),
    ("/organise/events/:slug/archive", Organise(Organising::Plan)),
    ("/organise/events/:slug/preview", Pages(Later::Preview)),
    ("/organise/events/:slug/door", Door(AtDoor::Event)),
    ("/organise/events/:slug/door/links", Door(AtDoor::Event)),
    ("/organise/events/:slug/screen", Organise(Organising::Screen)),
    ("/organise/recordings", Desk(AtDesk::List)),
    ("/organise/recordings/new", Desk(AtDesk::New)),
    ("/organise/recordings/:slug", Desk(AtDesk::One)),
    // The addresses that its forms post to answer with its page.
    ("/organise/recordings/:slug/edit", Desk(AtDesk::One)),
    ("/organise/recordings/:slug/state", Desk(AtDesk::One)),
    ("/organise/recordings/:slug/files", Desk(AtDesk::One)),
    ("/organise/recordings/:slug/file", Desk(AtDesk::One)),
    ("/organise/recordings/:slug/remove", Desk(AtDesk::One)),
    ("/organise/recordings/:slug/jobs", Desk(AtDesk::Jobs)),
    ("/organise/recordings/:slug/captions/:text", Desk(AtDesk::Captions)),
    ("/organise/recordings/:slug/chapters", Desk(AtDesk::Chapters)),
    ("/organise/recordings/:slug/slides", Desk(AtDesk::Slides)),
    ("/check-in/:ticket", Pages(Later::Ticket)),
    ("/door/:token", Door(AtDoor::Steward)),
    ("/organise/events/:slug", Organise(Organising::Event)),
    ("/organise/events/:slug/lists/:list", Organise(Organising::Paper)),
    ("/organise/events/:slug/letters", Organise(Organising::Letters)),
    ("/organise/events/:slug/letters/:id", Organise(Organising::Letter)),
    ("/organise/events/:slug/import", Organise(Organising::Imports)),
    ("/organise/events/:slug/import/:id", Organise(Organising::Import)),
    ("/organise/events/:slug/:form", Organise(Organising::Event)),
    ("/sign-ups/:token/answers", Pages(Later::OwnSignUp)),
    ("/sign-ups/series/:token", Pages(Later::OwnSeries)),
    ("/sign-ups/group/:token", Pages(Later::OwnGroup)),
    ("/series/:slug/sign-up", Pages(Later::Series)),
    ("/series/:slug/signed-up", Pages(Later::SeriesSignedUp)),
    ("/unsubscribe/:token", Pages(Later::Unsubscribe)),
    ("/series/:slug", Pages(Later::Series)),
    ("/programmes/:slug", Pages(Later::Programme)),
    ("/materials", Pages(Later::Materials)),
    ("/recordings", Recordings(Recorded::Library)),
    ("/recordings/:slug", Recordings(Recorded::One)),
    ("/sign-in", Pages(Later::SignIn)),
    ("/sign-in/sent", Pages(Later::LinkSent)),
    ("/sign-in/:secret", Pages(Later::SignInLink)),
    ("/me", Pages(Later::Me)),
    ("/me/account", Pages(Later::Account)),
    ("/me/data", Pages(Later::Data)),
    ("/me/mail", Pages(Later::Mail)),
    ("/me/calendar", Pages(Later::MyCalendar)),
];

/// Parameters of an address, by name.
type Params = Vec<(Cow<'static, str>, String)>;

/// What is at `path`: its number in [`PAGES`], and the parameters.
fn find(path: &str) -> Option<(usize, Params)> {
    PAGES.iter().enumerate().find_map(|(number, (pattern, _))| Some((number, fit(pattern, path)?)))
}

/// The page at this path, in either language.
#[must_use]
pub fn place(path: &str) -> Option<Place> {
    let (number, _) = find(in_swedish(path).1)?;
    PAGES.get(number).map(|(_, place)| *place)
}

/// The parameters of `path`, as they stand there, if it is one of the pattern. A slash at the end changes nothing.
fn fit(pattern: &'static str, path: &str) -> Option<Params> {
    let mut parts = path.strip_suffix('/').unwrap_or(path).split('/');
    let mut params = Vec::new();
    for wanted in pattern.trim_end_matches('/').split('/') {
        let part = parts.next()?;
        match wanted.strip_prefix(':') {
            Some(_) if part.is_empty() => return None,
            Some(name) => params.push((Cow::Borrowed(name), part.to_owned())),
            None if wanted == part => {}
            None => return None,
        }
    }
    parts.next().is_none().then_some(params)
}

/// Whether a path is that of a page in English, and the path of the one in Swedish.
fn in_swedish(path: &str) -> (bool, &str) {
    match path.strip_prefix("/en") {
        Some("") => (true, "/"),
        Some(rest) if rest.starts_with('/') => (true, rest),
        _ => (false, path),
    }
}

/// The table as the router asks it. One type for all pages: a type for each, as `<Route>` makes, is code for each
/// in the browser (10 kB of 272), and the compiler's time.
#[derive(Clone, Copy, Debug)]
pub struct Routes;

/// What the router knows each page by, in Swedish and in English: going from one to the other is going to another
/// page.
static IDS: LazyLock<Vec<[RouteMatchId; 2]>> = LazyLock::new(|| {
    let id = RouteMatchId::new_from_route_id;
    PAGES.iter().map(|_| [id(), id()]).collect()
});

/// The page that is at an address.
pub struct Found {
    id: RouteMatchId,
    path: String,
    params: Params,
    place: Place,
}

impl MatchNestedRoutes for Routes {
    type Data = ();
    type Match = Found;

    fn match_nested<'a>(&'a self, path: &'a str) -> (Option<(RouteMatchId, Found)>, &'a str) {
        let (is_english, bare) = in_swedish(path);
        let found = find(bare).and_then(|(number, params)| {
            let id = IDS.get(number)?[usize::from(is_english)];
            let place = PAGES.get(number)?.1;
            Some((id, Found { id, path: path.to_owned(), params, place }))
        });
        (found, "")
    }

    fn generate_routes(&self) -> impl IntoIterator<Item = GeneratedRouteData> + '_ {
        PAGES.iter().flat_map(|(pattern, _)| {
            [None, Some("en")].map(|language| GeneratedRouteData {
                segments: language
                    .into_iter()
                    .chain(pattern.split('/').filter(|part| !part.is_empty()))
                    .map(segment)
                    .collect(),
                ..GeneratedRouteData::default()
            })
        })
    }

    fn optional(&self) -> bool {
        false
    }
}

fn segment(part: &'static str) -> PathSegment {
    match part.strip_prefix(':') {
        Some(name) => PathSegment::Param(name.into()),
        None => PathSegment::Static(part.into()),
    }
}

impl MatchParams for Found {
    fn to_params(&self) -> Params {
        self.params.clone()
    }
}

impl MatchInterface for Found {
    type Child = ();

    fn as_id(&self) -> RouteMatchId {
        self.id
    }

    fn as_matched(&self) -> &str {
        &self.path
    }

    fn into_view_and_child(self) -> (impl ChooseView, Option<()>) {
        (self.place, None)
    }
}

impl ChooseView for Place {
    async fn choose(self) -> AnyView {
        match self {
            Calendar => view! { <CalendarRoute /> }.into_any(),
            Pages(page) => page.choose().await,
            Organise(page) => page.choose().await,
            Desk(page) => page.choose().await,
            Door(page) => page.choose().await,
            Recordings(page) => page.choose().await,
        }
    }

    async fn preload(&self) {
        match self {
            Calendar => {}
            Pages(page) => page.preload().await,
            Organise(page) => page.preload().await,
            Desk(page) => page.preload().await,
            Door(page) => page.preload().await,
            Recordings(page) => page.preload().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str) -> Option<(Place, String)> {
        let (_, found) = Routes.match_nested(path).0?;
        let params: Vec<_> =
            found.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(place(path), Some(found.place));
        Some((found.place, params.join(" ")))
    }

    #[test]
    fn an_address_has_its_page_and_parameters() {
        assert_eq!(at("/"), Some((Pages(Later::Home), String::new())));
        assert_eq!(at("/en"), Some((Pages(Later::Home), String::new())));
        assert_eq!(at("/en/"), Some((Pages(Later::Home), String::new())));
        assert_eq!(at("/calendar/"), Some((Calendar, String::new())));
        let event = Some((Pages(Later::Event), "slug=å%20b".to_owned()));
        assert_eq!(at("/events/å%20b"), event);
        assert_eq!(at("/en/events/å%20b/"), event);
        let letter = Some((Organise(Organising::Letter), "slug=a id=7".to_owned()));
        assert_eq!(at("/en/organise/events/a/letters/7"), letter);
    }

    #[test]
    fn what_is_no_address_has_none() {
        let none = [
            "//",
            "//calendar",
            "/Calendar",
            "/calendar//",
            "/calendar/x",
            "/events",
            "/events/",
            "/en/en/calendar",
            "/english",
            "/encalendar",
            "/sign-in//",
            "/me/x",
            "/organise/events/a/letters/7/8",
        ];
        for path in none {
            assert_eq!(at(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_word_goes_before_a_parameter() {
        for (number, (pattern, place)) in PAGES.iter().enumerate() {
            assert!(pattern.starts_with('/') && (*pattern == "/" || !pattern.ends_with('/')));
            assert_eq!(find(pattern).map(|found| found.0), Some(number), "{pattern} {place:?}");
        }
    }

    #[test]
    fn one_language_is_another_page_than_the_other() {
        let id = |path| Routes.match_nested(path).0.map(|found| found.0);
        assert_ne!(id("/calendar"), id("/en/calendar"));
        assert_eq!(id("/events/a"), id("/events/b"));
        assert_eq!(Routes.generate_routes().into_iter().count(), 2 * PAGES.len());
    }
}
