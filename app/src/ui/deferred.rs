//! Hydration in pieces. Taking over a whole page at once keeps a slow telephone busy for a third of a second, in which
//! it hears no finger. So the larger pieces of a page are taken over each in a task of its own, one after the other.
//!
//! What the server wrote stays as it is meanwhile; links lead and forms are sent as they do without JavaScript.

use leptos::prelude::*;

/// A piece of a page that is taken over in a task of its own. It must be the only child of an element. What the server
/// sends along (`Resource`, `SharedValue`) is told apart by the order in which it is made: only one piece of a page may
/// hold any, and nothing may that comes after it.
#[cfg(not(feature = "hydrate"))]
pub fn deferred(make: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    make()
}

/// The piece that depends on the address.
#[cfg(not(feature = "hydrate"))]
pub fn deferred_page(
    _address: impl Fn() -> String + Send + 'static,
    make: impl FnOnce() -> AnyView + Send + 'static,
) -> AnyView {
    make()
}

#[cfg(feature = "hydrate")]
pub use in_browser::{Deferred, after_all, hydrate};

/// A piece of a page that is taken over in a task of its own. It must be the only child of an element. What the server
/// sends along (`Resource`, `SharedValue`) is told apart by the order in which it is made: only one piece of a page may
/// hold any, and nothing may that comes after it.
#[cfg(feature = "hydrate")]
pub fn deferred(make: impl FnOnce() -> AnyView + Send + 'static) -> Deferred {
    Deferred::new(make)
}

/// The piece that depends on the address, which is the router's: it knows where somebody is going before the browser
/// does. Who has gone on before its turn comes wants another page than the one that is there, and it is loaded.
#[cfg(feature = "hydrate")]
pub fn deferred_page(
    address: impl Fn() -> String + Send + 'static,
    make: impl FnOnce() -> AnyView + Send + 'static,
) -> Deferred {
    let here = address();
    Deferred {
        make: Box::new(make),
        is_wanted: Box::new(move || {
            let wanted = address();
            if wanted != here {
                let location = window().location();
                // With the site: a path of two slashes would be another one's. A browser that cannot load it leaves
                // what is there.
                let _ = location
                    .origin()
                    .and_then(|origin| location.set_href(&format!("{origin}{wanted}")));
            }
            wanted == here
        }),
    }
}

#[cfg(feature = "hydrate")]
mod in_browser {
    use hydration_context::HydrateSharedContext;
    use leptos::attr::Attribute;
    use leptos::attr::any_attribute::AnyAttribute;
    use leptos::prelude::*;
    use leptos::tachys::hydration::Cursor;
    use leptos::tachys::renderer::types::{Element, Node};
    use leptos::tachys::view::any_view::AnyViewState;
    use leptos::tachys::view::{Position, PositionState};
    use std::cell::{Cell, RefCell};
    use std::collections::VecDeque;
    use std::rc::Rc;
    use std::sync::Arc;
    use std::thread::LocalKey;
    use std::time::Duration;
    use wasm_bindgen::JsCast;

    thread_local! {
        static WAITING: RefCell<VecDeque<Box<dyn FnOnce()>>> = RefCell::default();
        static LAST: RefCell<VecDeque<Box<dyn FnOnce()>>> = RefCell::default();
        static IS_AT_WORK: Cell<bool> = const { Cell::new(false) };
    }

    type Deeds = RefCell<VecDeque<Box<dyn FnOnce()>>>;

    /// Does this once every piece has been taken over, on behalf of who asks for it.
    pub fn after_all(deed: impl FnOnce() + 'static) {
        let owner = Owner::current();
        add(&LAST, move || match owner {
            Some(owner) => owner.with(deed),
            None => deed(),
        });
    }

    fn add(deeds: &'static LocalKey<Deeds>, deed: impl FnOnce() + 'static) {
        deeds.with_borrow_mut(|deeds| deeds.push_back(Box::new(deed)));
        if !IS_AT_WORK.replace(true) {
            set_timeout(next, Duration::ZERO);
        }
    }

    fn next() {
        let first = |deeds: &'static LocalKey<Deeds>| deeds.with_borrow_mut(VecDeque::pop_front);
        match first(&WAITING).or_else(|| first(&LAST)) {
            Some(deed) => {
                // First, as a deed that panics must not leave the others undone.
                set_timeout(next, Duration::ZERO);
                deed();
            }
            None => IS_AT_WORK.set(false),
        }
    }

    type Make = Box<dyn FnOnce() -> AnyView + Send>;

    /// Takes the page over: what is not deferred now, the pieces afterwards. As `leptos::mount::hydrate_body` does,
    /// which does not wait for pieces before it says that nothing of what the server sent is needed any more.
    pub fn hydrate<V: IntoView>(app: impl FnOnce() -> V) {
        // Refused where it is running already.
        let _ = any_spawner::Executor::init_wasm_bindgen();
        let owner = Owner::new_root(Some(Arc::new(HydrateSharedContext::new())));
        let state = owner.with(|| {
            let cursor = Cursor::new(document().body()?.unchecked_into());
            let state = app().into_view().hydrate::<true>(&cursor, &PositionState::default());
            after_all(|| {
                if let Some(sent) = Owner::current_shared_context() {
                    sent.hydration_complete();
                }
            });
            Some(state)
        });
        // For as long as the page.
        std::mem::forget((owner, state));
    }

    type IsWanted = Box<dyn FnOnce() -> bool + Send>;

    /// See [`deferred`](super::deferred).
    pub struct Deferred {
        pub(super) make: Make,
        /// Asked when its turn has come. Otherwise what the server wrote stays.
        pub(super) is_wanted: IsWanted,
    }

    impl Deferred {
        pub(super) fn new(make: impl FnOnce() -> AnyView + Send + 'static) -> Self {
            Self { make: Box::new(make), is_wanted: Box::new(|| true) }
        }
    }

    /// A piece that waits for its turn, or is there.
    enum Piece {
        Waiting {
            piece: Deferred,
            owner: Option<Owner>,
            parent: Element,
        },
        There(AnyViewState),
        /// While it is being taken over, or for good, as it is not wanted.
        AsItWas,
    }

    impl Piece {
        /// Takes it over now, if that has not been done.
        fn there(&mut self) -> Option<&mut AnyViewState> {
            if let Self::Waiting { .. } = self
                && let Self::Waiting { piece, owner, parent } =
                    std::mem::replace(self, Self::AsItWas)
                && (piece.is_wanted)()
            {
                let make = piece.make;
                let take_over = || {
                    make().hydrate::<true>(
                        &Cursor::new(parent),
                        &PositionState::new(Position::FirstChild),
                    )
                };
                *self = Self::There(match owner {
                    Some(owner) => owner.with(take_over),
                    None => take_over(),
                });
            }
            match self {
                Self::There(state) => Some(state),
                _ => None,
            }
        }
    }

    /// What is kept of a [`Deferred`] on the page.
    pub struct DeferredState(Rc<RefCell<Piece>>);

    impl Mountable for DeferredState {
        fn unmount(&mut self) {
            if let Some(state) = self.0.borrow_mut().there() {
                state.unmount();
            }
        }

        fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
            if let Some(state) = self.0.borrow_mut().there() {
                state.mount(parent, marker);
            }
        }

        fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
            self.0.borrow_mut().there().is_some_and(|state| state.insert_before_this(child))
        }

        fn elements(&self) -> Vec<Element> {
            self.0.borrow_mut().there().map(|state| state.elements()).unwrap_or_default()
        }
    }

    impl Render for Deferred {
        type State = DeferredState;

        fn build(self) -> Self::State {
            DeferredState(Rc::new(RefCell::new(Piece::There((self.make)().build()))))
        }

        fn rebuild(self, state: &mut Self::State) {
            if let Some(state) = state.0.borrow_mut().there() {
                (self.make)().rebuild(state);
            }
        }
    }

    impl AddAnyAttr for Deferred {
        type Output<SomeNewAttr: Attribute> = Self;

        fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> Self::Output<NewAttr>
        where
            Self::Output<NewAttr>: RenderHtml,
        {
            let attr = attr.into_cloneable_owned();
            Self::new(move || (self.make)().add_any_attr(attr).into_any())
        }
    }

    impl RenderHtml for Deferred {
        type AsyncOutput = Self;
        type Owned = Self;
        const MIN_LENGTH: usize = 0;

        fn dry_resolve(&mut self) {}

        async fn resolve(self) -> Self::AsyncOutput {
            self
        }

        fn to_html_with_buf(
            self,
            buf: &mut String,
            position: &mut Position,
            escape: bool,
            mark_branches: bool,
            extra_attrs: Vec<AnyAttribute>,
        ) {
            (self.make)().to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
        }

        fn hydrate<const FROM_SERVER: bool>(
            self,
            cursor: &Cursor,
            position: &PositionState,
        ) -> Self::State {
            debug_assert_eq!(position.get(), Position::FirstChild, "it is the only child");
            let parent: Element = cursor.current().unchecked_into();
            // Whoever goes on after it finds the mark that the server writes at the end of a list of children.
            if let Some(before_mark) = parent.last_child().and_then(|mark| mark.previous_sibling())
            {
                cursor.set(before_mark);
                position.set(Position::NextChild);
            }
            let piece = Piece::Waiting { piece: self, owner: Owner::current(), parent };
            let piece = Rc::new(RefCell::new(piece));
            let kept = Rc::downgrade(&piece);
            add(&WAITING, move || {
                // Gone, if the page has been left meanwhile.
                if let Some(piece) = kept.upgrade() {
                    piece.borrow_mut().there();
                }
            });
            DeferredState(piece)
        }

        fn into_owned(self) -> Self::Owned {
            self
        }
    }
}
