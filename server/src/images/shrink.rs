//! Makes of an uploaded file the pictures that are served. The file is known by what is in it, never by its name;
//! decoding has limits and a thread of its own; and what is written is pixels only, so nothing else that stood in the
//! file goes on.

use app::images::store::hash;
use app::organise::images::model::ImageProblem;
use app::organise::images::store::Shrunk;
use axum::body::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;
use tokio::sync::Semaphore;

/// The most pixels that a picture may have: those of a good camera.
const MOST_PIXELS: u64 = 40_000_000;
/// The longest side.
const LONGEST_SIDE: u32 = 16_000;
/// What decoding may take of the memory.
const MOST_MEMORY: u64 = 320 << 20;
/// The widths that are served; a picture that is narrower keeps its own.
const WIDTHS: [u32; 3] = [480, 960, 1_600];
/// Beyond this a picture is so tall that it is made narrower.
const TALLEST: u32 = 3_200;
/// Where JPEG's blocks cannot be seen.
const QUALITY: u8 = 82;
/// The most at once: each may take much memory.
static AT_WORK: Semaphore = Semaphore::const_new(2);

/// The picture of a file in its widths, or what is wrong with it.
pub(super) async fn shrink(file: Bytes) -> Result<Shrunk, ImageProblem> {
    let Ok(_turn) = AT_WORK.acquire().await else { return Err(ImageProblem::Broken) };
    let work = tokio::task::spawn_blocking(move || shrink_now(&file));
    work.await.unwrap_or_else(|error| {
        // A decoder that panics has been given something that it does not know.
        tracing::warn!(%error, "a picture could not be decoded");
        Err(ImageProblem::Broken)
    })
}

pub(super) fn shrink_now(file: &[u8]) -> Result<Shrunk, ImageProblem> {
    let picture = decode(file)?;
    let mut widths: Vec<u32> = Vec::new();
    let tall = u64::from(picture.height());
    let fits = u64::from(TALLEST) * u64::from(picture.width()) / tall.max(1);
    let most = u32::try_from(fits).unwrap_or(u32::MAX).min(picture.width()).max(1);
    for width in WIDTHS {
        widths.push(width.min(most));
    }
    widths.dedup();
    let mut files = Vec::new();
    let mut largest = (0, 0);
    // From the largest down, each made of the one before: quicker, and not to be seen.
    let mut from = picture;
    for width in widths.into_iter().rev() {
        let height = u64::from(from.height()) * u64::from(width) / u64::from(from.width().max(1));
        let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
        if (width, height) != (from.width(), from.height()) {
            from = image::imageops::resize(&from, width, height, FilterType::CatmullRom);
        }
        if files.is_empty() {
            largest = (width, height);
        }
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        encoder.encode_image(&from).map_err(|_| ImageProblem::Broken)?;
        files.push((width, bytes));
    }
    files.reverse();
    let hash = files.last().map(|(_, bytes)| hash(bytes)).ok_or(ImageProblem::Broken)?;
    Ok(Shrunk { hash, width: largest.0, height: largest.1, files })
}

fn decode(file: &[u8]) -> Result<RgbImage, ImageProblem> {
    let format = image::guess_format(file).map_err(|_| ImageProblem::NotAnImage)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP) {
        return Err(ImageProblem::NotAnImage);
    }
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(problem)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(ImageProblem::TooManyPixels);
    }
    // How the camera was held, as EXIF says.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(problem)?;
    picture.apply_orientation(orientation);
    Ok(on_white(picture))
}

fn problem(error: ImageError) -> ImageProblem {
    match error {
        ImageError::Limits(_) => ImageProblem::TooManyPixels,
        ImageError::Unsupported(_) => ImageProblem::NotAnImage,
        _ => ImageProblem::Broken,
    }
}

/// JPEG has no transparency: what shines through is white.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.pixels()) {
        let [.., alpha] = from.0;
        let shine = u16::from(255 - alpha);
        for (to, from) in to.0.iter_mut().zip(from.0) {
            let value = (u16::from(from) * u16::from(alpha) + 255 * shine) / 255;
            *to = u8::try_from(value).unwrap_or(u8::MAX);
        }
    }
    flat
}
