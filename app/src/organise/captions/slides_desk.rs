//! What the parts of the page of slides' times share: how things stand, and what can be done.

use super::slides_sheet::{SlideSheet, Turned};
use super::stage::Stage;
use crate::captions::clock;
use crate::recordings::page_model::SlidePicture;
use crate::text::Lang;
use leptos::html;
use leptos::prelude::*;

/// The page of slides' times. A handle; all copies are of the same one.
#[derive(Clone, Copy)]
pub(super) struct SlidesDesk {
    /// The language of its words.
    pub lang: Lang,
    /// The film.
    pub stage: Stage,
    /// What is edited.
    pub sheet: RwSignal<SlideSheet>,
    /// The pages that there are pictures of, in order.
    pub pictures: StoredValue<Vec<SlidePicture>>,
    /// How long the recording is, in milliseconds, where that is known.
    pub duration_ms: Option<i32>,
    /// Which of the pages' pictures takes the focus, from 0.
    pub reached: RwSignal<usize>,
    /// All of it.
    pub root: NodeRef<html::Div>,
    /// The lines that are sent.
    pub field: NodeRef<html::Textarea>,
    /// The lines that are saved.
    saved: StoredValue<String>,
    /// It is being saved: nobody need be asked about leaving.
    #[cfg(feature = "hydrate")]
    is_sent: StoredValue<bool>,
}

impl SlidesDesk {
    /// The desk with these lines, of which those are saved.
    pub fn new(
        lang: Lang,
        lines: &str,
        saved: &str,
        pictures: Vec<SlidePicture>,
        duration_ms: Option<i32>,
    ) -> Self {
        let pages = pictures.last().map(|last| last.page);
        Self {
            lang,
            stage: Stage::new(lang),
            sheet: RwSignal::new(SlideSheet::of(lines, pages)),
            pictures: StoredValue::new(pictures),
            duration_ms,
            reached: RwSignal::new(0),
            root: NodeRef::new(),
            field: NodeRef::new(),
            saved: StoredValue::new(SlideSheet::of(saved, pages).lines()),
            #[cfg(feature = "hydrate")]
            is_sent: StoredValue::new(false),
        }
    }

    /// There are changes that are not saved.
    pub fn is_dirty(self) -> bool {
        self.saved.with_value(|saved| self.sheet.read().lines() != *saved)
    }

    /// Leaving would lose something.
    #[cfg(feature = "hydrate")]
    pub fn would_lose(self) -> bool {
        let lines = self.sheet.try_with_untracked(SlideSheet::lines);
        let is_sent = self.is_sent.try_get_value().unwrap_or(true);
        !is_sent && lines.is_some() && lines != self.saved.try_get_value()
    }

    /// The form is sent.
    #[cfg(feature = "hydrate")]
    pub fn sent(self) {
        self.is_sent.set_value(true);
    }

    /// How many pages there are, where that is known.
    pub fn pages(self) -> Option<i32> {
        self.pictures.with_value(|pictures| pictures.last().map(|last| last.page))
    }

    /// The page that is on view where the film is.
    pub fn on_view(self) -> Option<(u32, i32)> {
        self.sheet.read().on_view(self.stage.now_ms.get())
    }

    /// What stands on a page, and where its picture is.
    pub fn picture(self, page: i32) -> Option<SlidePicture> {
        self.pictures.with_value(|all| all.iter().find(|picture| picture.page == page).cloned())
    }

    /// From where the film is on, this page is on view.
    pub fn turn_to(self, page: i32) {
        self.turn(move |sheet, now| sheet.turn_to(page, now));
    }

    /// From where the film is on, the page after or before is on view.
    pub fn turn_by(self, by: i32) {
        self.turn(move |sheet, now| sheet.turn_by(by, now));
    }

    fn turn(self, turn: impl FnOnce(&mut SlideSheet, i32) -> Turned) {
        let now = self.stage.now();
        self.stage.now_ms.set(now);
        let mut turned = Turned::NoSuchPage;
        self.sheet.update(|sheet| turned = turn(sheet, now));
        let said = match turned {
            Turned::To(page) => {
                self.written();
                self.lang.page_turned(page, &clock::write(now))
            }
            Turned::Already(page) => self.lang.page_already(page),
            Turned::NoSuchPage => self.lang.slides_words().no_such_page.to_owned(),
        };
        self.stage.said.set(said);
    }

    /// Changes the rows; the field follows.
    pub fn change(self, change: impl FnOnce(&mut SlideSheet)) {
        self.sheet.update(change);
        self.written();
    }

    /// Takes a row away. The row that the focus goes to.
    pub fn remove(self, id: u32) -> Option<u32> {
        let row = self.sheet.read_untracked().row(id).cloned()?;
        let mut next = None;
        self.change(|sheet| next = sheet.remove(id));
        self.stage.said.set(self.lang.page_removed(&row.page, &row.time));
        next
    }

    /// Takes the last change back.
    pub fn undo(self) {
        let mut is_done = false;
        self.change(|sheet| is_done = sheet.undo());
        if is_done {
            self.stage.said.set(self.lang.slides_words().undone.to_owned());
        }
    }

    /// The field was typed into, or something was pasted there.
    pub fn typed(self, lines: &str) {
        self.sheet.update(|sheet| sheet.replace(lines));
    }

    /// What the rows say stands in the field.
    fn written(self) {
        if let Some(field) = self.field.get_untracked() {
            field.set_value(&self.sheet.read_untracked().lines());
        }
    }

    /// Wakes up once the page is there.
    pub fn come_alive(self) {
        self.stage.listen(move |key| {
            match key {
                "n" => self.turn_by(1),
                "b" => self.turn_by(-1),
                "z" => self.undo(),
                _ => return false,
            }
            true
        });
        #[cfg(feature = "hydrate")]
        super::browser::watch_slides(self);
    }
}
