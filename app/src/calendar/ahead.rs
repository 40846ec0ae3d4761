//! What will be asked for next, fetched before it is: the view that a step leads to, once a pointer or the
//! focus rests on the step, and the one after it, for those who leaf on. A month is laid out as well
//! ([`super::sheets`]).
//!
//! What is fetched ahead is shown once and soon or not at all. Whatever moves in the meantime (seats) is
//! followed as soon as it is shown.

use super::api::load_calendar;
use super::model::{CalendarData, CalendarQuery, View};
use crate::error::AppError;
use crate::text::Lang;

/// What the calendar is asked, and when in the life of the programme: after a change of it, what was fetched
/// before is of no use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The reader's language.
    pub lang: Lang,
    /// What to show.
    pub query: CalendarQuery,
    /// How many changes of the programme this page has heard of.
    pub changes: u32,
}

impl Question {
    /// The answer, fetched ahead or now.
    ///
    /// # Errors
    /// As [`load_calendar`].
    pub async fn answer(self, default_view: View) -> Result<CalendarData, AppError> {
        #[cfg(feature = "hydrate")]
        if let Some(fetched) = browser::take(&self)
            && let Some(data) = fetched.await
        {
            return Ok(data);
        }
        load_calendar(self.lang, self.query, default_view).await
    }

    /// Fetches the answer now, for later.
    pub fn fetch_ahead(self) {
        #[cfg(feature = "hydrate")]
        browser::fetch(self);
    }

    /// This question's answer is being shown. If it was a step from the one before, the next will be one, too.
    pub fn shown(self, data: &CalendarData) {
        #[cfg(feature = "hydrate")]
        browser::shown(self, data);
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = data;
        }
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::{CalendarData, Question, load_calendar};
    use crate::calendar::model::{CalendarQuery, View, step};
    use crate::calendar::sheets;
    use futures::FutureExt;
    use futures::future::{LocalBoxFuture, Shared};
    use jiff::civil::Date;
    use leptos::prelude::set_timeout;
    use send_wrapper::SendWrapper;
    use std::cell::{Cell, RefCell};
    use std::time::Duration;

    /// An answer that lay longer is fetched anew.
    const FRESH_MS: f64 = 30_000.0;
    /// The way there, and the way back.
    const KEPT: usize = 2;
    /// What is shown has the browser to itself for so long.
    const REST: Duration = Duration::from_millis(250);

    type Fetched = Shared<LocalBoxFuture<'static, Option<CalendarData>>>;

    struct Ahead {
        question: Question,
        since: f64,
        answer: Fetched,
    }

    thread_local! {
        static AHEAD: RefCell<Vec<Ahead>> = const { RefCell::new(Vec::new()) };
        static LAST: Cell<Option<Date>> = const { Cell::new(None) };
    }

    pub fn take(question: &Question) -> Option<SendWrapper<Fetched>> {
        let now = js_sys::Date::now();
        AHEAD.with_borrow_mut(|ahead| {
            ahead.retain(|one| now - one.since < FRESH_MS);
            let at = ahead.iter().position(|one| one.question == *question)?;
            Some(SendWrapper::new(ahead.remove(at).answer))
        })
    }

    pub fn fetch(question: Question) {
        // Only where the layout is told: else the answer depends on more than the question.
        let Some(view) = question.query.view else { return };
        let since = js_sys::Date::now();
        AHEAD.with_borrow_mut(|ahead| {
            ahead.retain(|one| since - one.since < FRESH_MS);
            if ahead.iter().any(|one| one.question == question) {
                return;
            }
            if ahead.len() == KEPT {
                ahead.remove(0);
            }
            let load = load_calendar(question.lang, question.query.clone(), view);
            let answer = async move { load.await.ok() }.boxed_local().shared();
            let (asked, answered) = (question.clone(), answer.clone());
            leptos::task::spawn_local(async move {
                if let Some(data) = answered.await
                    && data.view == View::Month
                    && is_waiting(&asked)
                {
                    let date = Some(data.date);
                    sheets::prepare(asked.lang, data, CalendarQuery { date, ..asked.query });
                }
            });
            ahead.push(Ahead { question, since, answer });
        });
    }

    /// It has not been asked for yet.
    fn is_waiting(question: &Question) -> bool {
        AHEAD.with_borrow(|ahead| ahead.iter().any(|one| one.question == *question))
    }

    pub fn shown(question: Question, data: &CalendarData) {
        let (view, date) = (data.view, data.date);
        let before = LAST.replace(Some(date));
        let Some(direction) = [1, -1].into_iter().find(|&steps| {
            before.is_some_and(|before| before != date && step(view, before, steps) == date)
        }) else {
            return;
        };
        set_timeout(
            move || {
                if LAST.get() == Some(date) {
                    let query = question.query.on(view, step(view, date, direction));
                    fetch(Question { query, ..question });
                }
            },
            REST,
        );
    }
}
