//! The camera of the phone: pictures of it are looked at, one after the other, and go nowhere.

use super::sending::Desk;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Date, Function, Object, Promise, Reflect};
use leptos::html::Video;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamTrack,
};

/// Between two pictures.
const PAUSE_MS: u32 = 150;
/// Larger pictures are made smaller before they are looked at: a code fills a good part of them.
const LARGEST: u32 = 640;
/// The same code is told again once it has been away for so long.
const REST_MS: f64 = 2_500.0;

/// Turns the camera on or, if it is on, off.
pub fn turn(
    desk: &Desk,
    video: NodeRef<Video>,
    is_on: RwSignal<bool>,
    refused: RwSignal<Option<&'static str>>,
) {
    let Some(video) = video.get_untracked() else { return };
    if !is_on.get_untracked() {
        stop(&video);
        return;
    }
    let texts = desk.lang.door_words();
    let desk = desk.clone();
    leptos::task::spawn_local(async move {
        match start(&video).await {
            Ok(()) => {
                look(&desk, &video, is_on).await;
                stop(&video);
            }
            Err(error) => {
                let name = Reflect::get(&error, &"name".into()).ok();
                let name = name.and_then(|name| name.as_string()).unwrap_or_default();
                is_on.try_set(false);
                refused.try_set(Some(if name == "NotAllowedError" {
                    texts.camera_refused
                } else {
                    texts.camera_missing
                }));
            }
        }
    });
}

async fn start(video: &HtmlVideoElement) -> Result<(), JsValue> {
    let devices = Reflect::get(&window().navigator(), &"mediaDevices".into())?;
    let ask: Function = Reflect::get(&devices, &"getUserMedia".into())?.dyn_into()?;
    let facing = Object::new();
    Reflect::set(&facing, &"facingMode".into(), &"environment".into())?;
    let wanted = Object::new();
    Reflect::set(&wanted, &"video".into(), &facing)?;
    let asked: Promise = ask.call1(&devices, &wanted)?.dyn_into()?;
    let stream: MediaStream = JsFuture::from(asked).await?.dyn_into()?;
    video.set_src_object(Some(&stream));
    JsFuture::from(video.play()?).await?;
    Ok(())
}

fn stop(video: &HtmlVideoElement) {
    let Some(stream) = video.src_object() else { return };
    for track in stream.get_tracks().iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
    video.set_src_object(None);
}

async fn look(desk: &Desk, video: &HtmlVideoElement, is_on: RwSignal<bool>) {
    let mut detector = detector();
    let canvas = document().create_element("canvas").ok();
    let Some(canvas) = canvas.and_then(|canvas| canvas.dyn_into::<HtmlCanvasElement>().ok()) else {
        return;
    };
    let mut last = (String::new(), 0.0);
    // Whoever leaves the page turns it off.
    while is_on.try_get_untracked() == Some(true) {
        let seen = match &detector {
            Some(own) => detect(own, video).await,
            None => Ok(match picture(video, &canvas) {
                Some(picture) => read(picture).await.ok().flatten(),
                None => None,
            }),
        };
        match seen {
            Ok(Some(text)) => {
                let is_new = text != last.0 || last.1 + REST_MS < Date::now();
                last = (text, Date::now());
                if is_new {
                    desk.read(&last.0);
                }
            }
            Ok(None) => {}
            // Some browsers have it in name alone.
            Err(_) => detector = None,
        }
        TimeoutFuture::new(PAUSE_MS).await;
    }
}

/// The browser's own, if it knows these codes.
fn detector() -> Option<JsValue> {
    let make: Function =
        Reflect::get(&window(), &"BarcodeDetector".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"formats".into(), &Array::of1(&"qr_code".into())).ok()?;
    Reflect::construct(&make, &Array::of1(&options)).ok()
}

async fn detect(detector: &JsValue, video: &HtmlVideoElement) -> Result<Option<String>, JsValue> {
    let detect: Function = Reflect::get(detector, &"detect".into())?.dyn_into()?;
    let found: Promise = detect.call1(detector, video)?.dyn_into()?;
    let found = Array::from(&JsFuture::from(found).await?);
    let first = found.get(0);
    if first.is_undefined() {
        return Ok(None);
    }
    Ok(Reflect::get(&first, &"rawValue".into())?.as_string())
}

/// A picture in shades of grey.
struct Picture {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

fn picture(video: &HtmlVideoElement, canvas: &HtmlCanvasElement) -> Option<Picture> {
    let (width, height) = (video.video_width(), video.video_height());
    if width == 0 || height == 0 {
        return None;
    }
    let larger = width.max(height).max(LARGEST);
    let (width, height) = (width * LARGEST / larger, height * LARGEST / larger);
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let (w, h) = (f64::from(width), f64::from(height));
    context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, w, h).ok()?;
    let colours = context.get_image_data(0.0, 0.0, w, h).ok()?.data();
    let grey = colours
        .chunks_exact(4)
        .map(|pixel| {
            let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
            u8::try_from((red * 3 + green * 6 + blue) / 10).unwrap_or(u8::MAX)
        })
        .collect();
    Some(Picture {
        width: usize::try_from(width).ok()?,
        height: usize::try_from(height).ok()?,
        grey,
    })
}

#[wasm_split(codes, wasm_split_path = leptos::wasm_split, fallible)]
fn read(picture: Picture) -> Result<Option<String>, SplitLoaderError> {
    let Picture { width, height, grey } = picture;
    let at = |x: usize, y: usize| grey.get(y * width + x).copied().unwrap_or_default();
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, at);
    let found = image.detect_grids();
    Ok(found.iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text))
}
