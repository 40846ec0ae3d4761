//! Uploaded pictures against what is served.

use super::shrink::shrink_now;
use app::organise::images::model::ImageProblem;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;

/// Left half red, right half blue.
fn halves(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) }
    })
    .into()
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// A JPEG with an EXIF segment: held by its side, with a place and a camera's name.
fn from_a_camera() -> Vec<u8> {
    let jpeg = written(&halves(1_200, 800), ImageFormat::Jpeg);
    let mut tiff = Vec::new();
    tiff.extend_from_slice(b"II*\0\x08\0\0\0");
    // Three entries: camera (0x010F), orientation (0x0112), where the GPS entries are (0x8825).
    tiff.extend_from_slice(&3_u16.to_le_bytes());
    let entry = |tiff: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: u32| {
        tiff.extend_from_slice(&tag.to_le_bytes());
        tiff.extend_from_slice(&kind.to_le_bytes());
        tiff.extend_from_slice(&count.to_le_bytes());
        tiff.extend_from_slice(&value.to_le_bytes());
    };
    entry(&mut tiff, 0x010F, 2, 11, 50);
    // 6: to be turned a quarter clockwise.
    entry(&mut tiff, 0x0112, 3, 1, 6);
    entry(&mut tiff, 0x8825, 4, 1, 62);
    tiff.extend_from_slice(&0_u32.to_le_bytes());
    tiff.extend_from_slice(b"HEMLIGKAM1\0\0");
    tiff.extend_from_slice(&1_u16.to_le_bytes());
    entry(&mut tiff, 0x0002, 2, 12, 80);
    tiff.extend_from_slice(&0_u32.to_le_bytes());
    tiff.extend_from_slice(b"59N19GEHEIM\0");
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend_from_slice(&tiff);
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend_from_slice(&[0xFF, 0xE1]);
    bytes.extend_from_slice(&u16::try_from(segment.len() + 2).unwrap().to_be_bytes());
    bytes.extend_from_slice(&segment);
    bytes.extend_from_slice(&jpeg[2..]);
    bytes
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_picture_is_turned_as_it_was_held_and_says_nothing_of_where() {
    let file = from_a_camera();
    assert!(contains(&file, b"HEMLIGKAM1") && contains(&file, b"59N19GEHEIM"));
    let shrunk = shrink_now(&file).unwrap();
    assert_eq!((shrunk.width, shrunk.height), (800, 1_200), "upright");
    assert_eq!(shrunk.files.iter().map(|(width, _)| *width).collect::<Vec<_>>(), [480, 800]);
    for (width, bytes) in &shrunk.files {
        assert!(!contains(bytes, b"HEMLIGKAM1") && !contains(bytes, b"GEHEIM"));
        assert!(!contains(bytes, b"Exif") && !contains(bytes, b"ICC_PROFILE"));
        let picture =
            image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).unwrap().into_rgb8();
        assert_eq!(picture.width(), *width);
        // What was left is on top now.
        let (top, bottom) =
            (picture.get_pixel(width / 2, 20), picture.get_pixel(width / 2, picture.height() - 20));
        assert!(top.0[0] > 150 && top.0[2] < 90, "{top:?}");
        assert!(bottom.0[2] > 150 && bottom.0[0] < 90, "{bottom:?}");
    }
}

#[test]
fn each_width_is_there_once_and_none_is_larger_than_the_picture() {
    let widths = |width, height| {
        let shrunk = shrink_now(&written(&halves(width, height), ImageFormat::Png)).unwrap();
        (
            shrunk.files.iter().map(|(width, _)| *width).collect::<Vec<_>>(),
            shrunk.width,
            shrunk.height,
        )
    };
    assert_eq!(widths(2_400, 1_200), (vec![480, 960, 1_600], 1_600, 800));
    assert_eq!(widths(300, 200), (vec![300], 300, 200));
    assert_eq!(widths(1, 1), (vec![1], 1, 1));
    let (_, _, height) = widths(500, 9_000);
    assert!(height <= 3_200, "a tower is made narrower");
}

#[test]
fn the_same_picture_is_known_by_the_same_name_and_webp_is_read() {
    let picture = halves(600, 400);
    let png = shrink_now(&written(&picture, ImageFormat::Png)).unwrap();
    assert_eq!(png, shrink_now(&written(&picture, ImageFormat::Png)).unwrap());
    assert_eq!(png.hash, shrink_now(&written(&picture, ImageFormat::WebP)).unwrap().hash);
    assert_eq!(png.hash.len(), 32);
}

#[test]
fn what_shines_through_is_white() {
    let glass = RgbaImage::from_pixel(40, 40, Rgba([0, 0, 0, 0]));
    let shrunk = shrink_now(&written(&glass.into(), ImageFormat::Png)).unwrap();
    let picture = image::load_from_memory(&shrunk.files[0].1).unwrap().into_rgb8();
    assert!(picture.get_pixel(20, 20).0.iter().all(|value| *value > 250));
}

#[test]
fn what_is_no_picture_is_refused_whatever_its_name_is() {
    for file in [
        &b"PK\x03\x04\x14\0\0\0\x08\0a zip archive that is named picture.jpg"[..],
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        b"<?xml version=\"1.0\"?><svg/>",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"%PDF-1.7",
        b"",
        b"x",
    ] {
        assert_eq!(shrink_now(file).err(), Some(ImageProblem::NotAnImage));
    }
    let whole = written(&halves(300, 200), ImageFormat::Png);
    assert_eq!(shrink_now(&whole[..60]).err(), Some(ImageProblem::Broken));
    assert_eq!(shrink_now(b"\xFF\xD8\xFFnothing").err(), Some(ImageProblem::Broken));
}

#[test]
fn a_picture_that_unfolds_to_very_many_pixels_is_not_unfolded() {
    // A PNG of 30,000 by 30,000 that says so in 33 bytes; and one within the sides, but beyond the pixels.
    for (width, height) in [(30_000_u32, 30_000_u32), (15_000, 15_000)] {
        let mut header = b"IHDR".to_vec();
        header.extend_from_slice(&width.to_be_bytes());
        header.extend_from_slice(&height.to_be_bytes());
        header.extend_from_slice(&[8, 2, 0, 0, 0]);
        let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
        file.extend_from_slice(&header);
        file.extend_from_slice(&crc32fast::hash(&header).to_be_bytes());
        file.extend_from_slice(b"\0\0\0\0IDAT");
        file.extend_from_slice(&crc32fast::hash(b"IDAT").to_be_bytes());
        assert_eq!(shrink_now(&file).err(), Some(ImageProblem::TooManyPixels));
    }
}
