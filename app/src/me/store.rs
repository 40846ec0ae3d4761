//! What one's own page shows, put together: five queries however much there is (docs/dashboard.md).

use super::model::{MyPage, MyPlace, MySeries, MyStop, MyStopState, Times};
use crate::account::model::Viewer;
use crate::events::model::{Phase, Way};
use crate::events::store::{Line, lines};
use crate::recordings::library::model::RecordingLine;
use crate::recordings::watching::store as watching;
use crate::signup::mine::{self, MyEvent};
use crate::signup::model::Status;
use crate::text::Lang;
use crate::time::today;
use sqlx::PgPool;
use std::collections::HashMap;

/// How many recordings of what one missed the page shows.
const MOST_MISSED: usize = 6;

/// The page.
///
/// # Errors
/// If the database does not answer.
pub async fn page(
    pool: &PgPool,
    lang: Lang,
    viewer: &Viewer,
    now: i64,
) -> Result<MyPage, sqlx::Error> {
    let english = lang == Lang::En;
    let mine = mine::all(pool, viewer.id.0, english, now).await?;
    let is_signed_up = mine.iter().any(|event| stands(event).is_some());
    let ids: Vec<i64> = mine.iter().map(|event| event.event.0).collect();
    let found = if ids.is_empty() { Vec::new() } else { lines(pool, lang, &ids, now).await? };
    let with_line: Vec<(&MyEvent, &Line)> = found
        .iter()
        .filter_map(|line| Some((mine.iter().find(|event| event.event == line.line.id)?, line)))
        .collect();
    let places: Vec<MyPlace> = if is_signed_up {
        with_line.iter().filter_map(|(event, line)| place(event, line, now)).collect()
    } else {
        Vec::new()
    };
    let coming = if places.is_empty() {
        let coming = crate::home::store::coming(pool, english, now).await?;
        let ids: Vec<i64> = coming.iter().map(|event| event.id).collect();
        lines(pool, lang, &ids, now).await?.into_iter().map(|line| line.line).collect()
    } else {
        Vec::new()
    };
    // The latest first.
    let missed: Vec<i64> = with_line
        .iter()
        .rev()
        .filter(|(event, line)| state(event, line) == MyStopState::Missed)
        .flat_map(|(event, _)| event.recordings.iter().copied())
        .collect();
    let (watching, seen) = watching::mine_and(pool, lang, viewer, &missed).await?;
    Ok(MyPage {
        series: series(&with_line, &seen),
        places,
        coming,
        missed: not_begun(seen),
        watching,
        organises: !viewer.roles.is_empty(),
    })
}

fn state(event: &MyEvent, line: &Line) -> MyStopState {
    MyStopState::of(line.line.phase, event.place.as_ref().map(|place| place.status))
}

/// The sign-up, if it is a place or may become one.
fn stands(event: &MyEvent) -> Option<&mine::Place> {
    event.place.as_ref().filter(|place| place.status.is_live() || place.status == Status::Attended)
}

/// One's place at what is not over.
fn place(event: &MyEvent, line: &Line, now: i64) -> Option<MyPlace> {
    let place = stands(event).filter(|_| now < line.hours.ends)?;
    let has_place = matches!(place.status, Status::Confirmed | Status::Attended);
    let is_on = line.line.phase != Phase::Cancelled;
    Some(MyPlace {
        in_days: today(now).until(line.line.when.first_day()).map_or(0, |span| span.get_days()),
        times: Times { begins_in: line.hours.starts - now, ends_in: line.hours.ends - now },
        may_join: event.has_meeting && has_place && is_on && place.way == Way::Digital,
        has_ticket: place.status == Status::Confirmed && is_on && place.way == Way::OnSite,
        line: line.line.clone(),
        status: place.status,
        position: place.position,
        token: place.token.clone(),
    })
}

/// The lines of stops: those that go on first, then the latest.
fn series(events: &[(&MyEvent, &Line)], seen: &[(i64, RecordingLine)]) -> Vec<MySeries> {
    let mut all: Vec<MySeries> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (event, line) in events {
        let Some(series) = &event.series else { continue };
        let at = *places.entry(&series.slug).or_insert_with(|| {
            all.push(MySeries {
                slug: series.slug.clone(),
                title: series.title.clone(),
                stops: Vec::new(),
            });
            all.len() - 1
        });
        let Some(series) = all.get_mut(at) else { continue };
        let state = state(event, line);
        let is_ahead = !matches!(line.line.phase, Phase::Past | Phase::Cancelled);
        let recording = seen
            .iter()
            .find(|(id, recording)| event.recordings.contains(id) && recording.is_open)
            .map(|(_, recording)| recording.slug.clone());
        let stop = MyStop {
            slug: line.line.slug.clone(),
            title: line.line.title.clone(),
            starts: line.line.when.starts,
            state,
            is_next: is_ahead && !series.goes_on(),
            recording: recording.filter(|_| state == MyStopState::Missed),
        };
        series.stops.push(stop);
    }
    all.sort_by_key(|series| {
        let last = series.stops.last().map(|stop| stop.starts);
        (!series.goes_on(), std::cmp::Reverse(last))
    });
    all
}

/// Those that one may see and has not begun; what has been begun stands under "go on watching".
fn not_begun(seen: Vec<(i64, RecordingLine)>) -> Vec<RecordingLine> {
    seen.into_iter()
        .map(|(_, line)| line)
        .filter(|line| line.is_open && line.progress.is_none())
        .take(MOST_MISSED)
        .collect()
}
