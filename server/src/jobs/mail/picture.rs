//! A QR code as a PNG (ISO/IEC 15948): mail readers show no SVG. Black and white, a bit for each square's pixel.

use app::door::ticket::{QUIET, squares};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

/// So many pixels a square.
const SCALE: usize = 6;

/// The picture; `None` for a text that no code holds.
pub fn png(text: &str) -> Option<Vec<u8>> {
    let (width, dark) = squares(text)?;
    let side = (width + 2 * QUIET) * SCALE;
    let is_dark = |x: usize, y: usize| {
        let at = |pixel: usize| (pixel / SCALE).checked_sub(QUIET).filter(|at| *at < width);
        at(x).zip(at(y)).is_some_and(|(x, y)| dark.get(y * width + x).copied().unwrap_or_default())
    };
    let mut rows = Vec::with_capacity(side * (side / 8 + 2));
    for y in 0..side {
        // No filter.
        rows.push(0);
        for first in (0..side).step_by(8) {
            let bits = (0..8).fold(0_u8, |bits, x| {
                let is_light = first + x >= side || !is_dark(first + x, y);
                bits << 1 | u8::from(is_light)
            });
            rows.push(bits);
        }
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&rows).ok()?;
    let side = u32::try_from(side).ok()?.to_be_bytes();
    // One bit a pixel, shades of grey, packed, unfiltered, not interlaced.
    let head = [&side[..], &side[..], &[1, 0, 0, 0, 0]].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", head), (b"IDAT", packed.finish().ok()?), (b"IEND", Vec::new())] {
        png.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
        let mut sum = crc32fast::Hasher::new();
        sum.update(kind);
        sum.update(&data);
        png.extend_from_slice(kind);
        png.extend(&data);
        png.extend(sum.finalize().to_be_bytes());
    }
    Some(png)
}
