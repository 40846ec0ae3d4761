//! gzip (RFC 1952) of a page that is kept in pieces: each piece is deflated once, and the nonces between
//! them, which differ in every answer, go in as stored blocks (RFC 1951 §3.2.4).

use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress, Status};

/// Magic, deflate, no flags, no time, no hint, unknown system.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
/// A last, empty stored block.
const END: [u8; 5] = [1, 0, 0, 0xff, 0xff];

/// A piece, deflated so that it can stand anywhere in a stream: it ends at a byte, and refers to nothing
/// before itself.
pub struct Deflated {
    blocks: Vec<u8>,
    checksum: Hasher,
    length: u32,
}

impl Deflated {
    /// Deflates a piece.
    pub fn new(piece: &[u8]) -> Self {
        let mut checksum = Hasher::new();
        checksum.update(piece);
        Self {
            blocks: deflate(piece).unwrap_or_else(|| store(piece)),
            checksum,
            length: u32::try_from(piece.len()).unwrap_or(u32::MAX),
        }
    }
}

fn deflate(piece: &[u8]) -> Option<Vec<u8>> {
    let mut stream = Compress::new(Compression::new(6), false);
    let mut blocks = Vec::with_capacity(piece.len() / 3 + 64);
    loop {
        let read = usize::try_from(stream.total_in()).ok()?;
        match stream.compress_vec(&piece[read..], &mut blocks, FlushCompress::Full).ok()? {
            // There is room left over, so all has been flushed.
            Status::Ok | Status::BufError if blocks.len() < blocks.capacity() => break,
            Status::Ok | Status::BufError => blocks.reserve(piece.len() / 2 + 64),
            Status::StreamEnd => return None,
        }
    }
    (usize::try_from(stream.total_in()).ok()? == piece.len()).then_some(blocks)
}

/// Stored blocks, of at most 65,535 bytes each.
fn store(bytes: &[u8]) -> Vec<u8> {
    let mut blocks = Vec::with_capacity(bytes.len() + 5);
    for chunk in bytes.chunks(0xffff) {
        let length = u16::try_from(chunk.len()).unwrap_or(u16::MAX);
        blocks.push(0);
        blocks.extend(length.to_le_bytes());
        blocks.extend((!length).to_le_bytes());
        blocks.extend(chunk);
    }
    blocks
}

/// The whole file: the pieces, with `between` between each two.
pub fn join(pieces: &[Deflated], between: &[u8]) -> Vec<u8> {
    let between_blocks = store(between);
    let size: usize = pieces.iter().map(|piece| piece.blocks.len() + between_blocks.len()).sum();
    let mut file = Vec::with_capacity(HEADER.len() + size + END.len() + 8);
    file.extend(HEADER);
    let mut checksum = Hasher::new();
    let mut length = 0_u32;
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            file.extend(&between_blocks);
            checksum.update(between);
            length = length.wrapping_add(u32::try_from(between.len()).unwrap_or(u32::MAX));
        }
        file.extend(&piece.blocks);
        checksum.combine(&piece.checksum);
        length = length.wrapping_add(piece.length);
    }
    file.extend(END);
    file.extend(checksum.finalize().to_le_bytes());
    file.extend(length.to_le_bytes());
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::GzDecoder;
    use std::io::Read;

    fn read(file: &[u8]) -> String {
        let mut text = String::new();
        GzDecoder::new(file).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn pieces_with_something_between_them() {
        let long: String = (0..20_000).map(|n| format!("<p>{}</p>", n * 7_919 % 1_000)).collect();
        for parts in [vec![""], vec!["a", "b"], vec!["", "å", ""], vec![&long, "x", &long]] {
            let pieces: Vec<_> = parts.iter().map(|part| Deflated::new(part.as_bytes())).collect();
            assert_eq!(read(&join(&pieces, b"NONCE")), parts.join("NONCE"));
            assert_eq!(read(&join(&pieces, b"")), parts.concat());
        }
    }

    #[test]
    fn it_is_smaller() {
        let long = "<li>en plats kvar</li>".repeat(1_000);
        assert!(join(&[Deflated::new(long.as_bytes())], b"").len() < long.len() / 20);
    }

    #[test]
    fn what_cannot_be_deflated_is_stored() {
        let bytes: Vec<u8> =
            (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let mut out = Vec::new();
        let pieces = [Deflated { blocks: store(&bytes), ..Deflated::new(&bytes) }];
        GzDecoder::new(join(&pieces, b"").as_slice()).read_to_end(&mut out).unwrap();
        assert_eq!(out, bytes);
    }
}
