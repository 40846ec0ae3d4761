//! Reading and writing together: files made by chance, and files that somebody made badly.

use super::fault::{NotCaptions, Parsed, Why};
use super::model::{Cue, MAX_CUES};
use super::{markup, srt, vtt, write};

/// Numbers that look like chance and are the same every time (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most).unwrap()).unwrap()
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn text(&mut self, parts: &[&str], most: usize) -> String {
        (0..=self.below(most)).map(|_| self.of(parts)).collect()
    }
}

const PARTS: [&str; 24] = [
    "hej",
    "å",
    "Ö",
    " ",
    " ",
    "\n",
    "&",
    "<",
    ">",
    "-->",
    "&lt;",
    "&amp;",
    "-",
    "1",
    "…",
    "\u{a0}",
    "🙂",
    "<i>",
    "</i>",
    "<v Bo>",
    "<00:00:01.500>",
    "<b.x>",
    "\t",
    "&#10;",
];

fn cues(chance: &mut Chance, count: usize) -> Vec<Cue> {
    let mut start = 0;
    let mut cues = Vec::new();
    while cues.len() < count {
        start += i32::try_from(chance.below(5_000)).unwrap();
        let end = start + 1 + i32::try_from(chance.below(9_000)).unwrap();
        let text = chance.text(&PARTS, 12);
        let settings = (chance.below(4) == 0).then(|| "line:0 align:start".to_string());
        let identifier = (chance.below(4) == 0).then(|| format!("cue {}", cues.len()));
        let empty = Cue { start_ms: start, end_ms: end, settings, identifier, ..Cue::default() };
        let cue = match chance.below(3) {
            // Words as somebody types them, whatever signs are in them.
            0 => Ok(Cue {
                identifier: None,
                settings: None,
                ..Cue::plain(start, end, Some("Anna"), &text)
            }),
            _ => empty.with_text(&markup::parse(&text)),
        };
        cues.extend(cue.ok().filter(|cue| !cue.words.is_empty()));
    }
    cues.sort_by_key(|cue| (cue.start_ms, std::cmp::Reverse(cue.end_ms)));
    cues
}

#[test]
fn what_is_written_as_webvtt_reads_the_same() {
    for seed in 1..=200 {
        let cues = cues(&mut Chance(seed), 20);
        let file = write::vtt(&cues);
        let parsed = vtt::parse(&file).unwrap();
        assert_eq!(parsed.faults, [], "seed {seed}:\n{file}");
        assert_eq!(parsed.cues, cues, "seed {seed}:\n{file}");
    }
}

#[test]
fn what_is_written_as_srt_has_the_same_times_and_words() {
    for seed in 1..=200 {
        let cues: Vec<_> = cues(&mut Chance(seed), 20)
            .into_iter()
            // The names of speakers become words.
            .map(|cue| Cue { speaker: None, marked: None, ..cue })
            .collect();
        let file = write::srt(&cues);
        let parsed = srt::parse(&file).unwrap();
        assert_eq!(parsed.faults, [], "seed {seed}:\n{file}");
        let seen = |cue: &Cue| {
            (cue.start_ms, cue.end_ms, cue.words.replace("{\\", "{ \\").replace("-->", "→"))
        };
        let expected: Vec<_> = cues.iter().map(seen).collect();
        assert_eq!(
            parsed.cues.iter().map(seen).collect::<Vec<_>>(),
            expected,
            "seed {seed}:\n{file}"
        );
    }
}

/// Whatever is read, nothing breaks; every cue could be kept by the database and is in order.
#[test]
fn rubbish_is_read_without_harm() {
    let parts: Vec<_> = PARTS
        .into_iter()
        .chain([
            "\n\n",
            "\r",
            "\r\n",
            "\0",
            "\u{feff}",
            "00:00:01.000 --> 00:00:02.000\n",
            "00:02.000 --> 00:01.000",
            " --> ",
            "NOTE",
            "STYLE\n",
            "REGION\n",
            "WEBVTT",
            "12:34:56,789",
            "{\\an8}",
            "<font",
            "line:-1",
            "\u{1b}",
        ])
        .collect();
    for seed in 1..=2_000 {
        let chance = &mut Chance(seed);
        let rubbish = chance.text(&parts, 60);
        for read in [vtt::parse(&format!("WEBVTT\n\n{rubbish}")), srt::parse(&rubbish)] {
            let Ok(Parsed { cues, .. }) = read else { continue };
            assert!(cues.is_sorted_by_key(|cue| cue.start_ms), "seed {seed}");
            for cue in &cues {
                assert!(cue.end_ms > cue.start_ms && cue.start_ms >= 0, "seed {seed}: {cue:?}");
                assert!(!cue.words.is_empty() && !cue.words.contains(['\0', '\r']), "{cue:?}");
            }
            assert_eq!(vtt::parse(&write::vtt(&cues)).unwrap().cues, cues, "seed {seed}");
        }
    }
}

fn told(text: &str) -> Vec<(u32, Why)> {
    vtt::parse(text).unwrap().faults.iter().map(|it| (it.line, it.why)).collect()
}

fn words(text: &str) -> Vec<String> {
    vtt::parse(text).unwrap().cues.into_iter().map(|cue| cue.words).collect()
}

#[test]
fn the_signature_decides() {
    let cue = "\n\n00:01.000 --> 00:02.000\nHej";
    for good in ["WEBVTT", "\u{feff}WEBVTT", "WEBVTT ", "WEBVTT\tundertext", "WEBVTT - titel"] {
        assert_eq!(words(&format!("{good}{cue}")), ["Hej"], "{good}");
        assert_eq!(words(&format!("{good}{cue}").replace('\n', "\r")), ["Hej"], "{good}");
        assert_eq!(words(&format!("{good}{cue}").replace('\n', "\r\n")), ["Hej"], "{good}");
    }
    for bad in [
        "",
        "WEBVT",
        "webvtt",
        "WEBVTT-",
        "WEBVTTx",
        " WEBVTT",
        "\nWEBVTT",
        "\u{feff}\u{feff}WEBVTT",
        "\0WEBVTT",
    ] {
        assert_eq!(vtt::parse(&format!("{bad}{cue}")), Err(NotCaptions::NoSignature), "{bad:?}");
    }
    for empty in [
        "WEBVTT",
        "WEBVTT\n",
        "WEBVTT\n\n\n",
        "WEBVTT\n\nNOTE\nInget",
        "WEBVTT\n\n00:02.000 --> 00:01.000\nHej",
    ] {
        assert_eq!(vtt::parse(empty), Err(NotCaptions::NoCues), "{empty:?}");
    }
}

#[test]
fn blocks_that_are_no_cues_are_told_by_line() {
    let text = "WEBVTT\nKind: captions\nLanguage: sv\n\nNOTE av N.N.\n\nSTYLE\n::cue { background: url(https://example.org/x) }\n\n\
        REGION\nid:fred\n\nSTYLEx\ninget\n\nettan\n00:01.000 --> 00:02.000 region:fred align:middle\nHej\n\n\
        STYLE\nför sent\n\nNOTE\nNågot\natt minnas\n\nLösa ord\n";
    assert_eq!(words(text), ["Hej"]);
    assert_eq!(vtt::parse(text).unwrap().cues[0].identifier.as_deref(), Some("ettan"));
    assert_eq!(
        told(text),
        [
            (2, Why::Header),
            (3, Why::Header),
            (5, Why::Comment),
            (7, Why::Style),
            (10, Why::Region),
            (13, Why::NoTimes),
            (17, Why::BadSetting),
            (17, Why::Region),
            (20, Why::NoTimes),
            (23, Why::Comment),
            (27, Why::NoTimes),
        ]
    );
}

#[test]
fn broken_cues_are_skipped_and_told_by_line() {
    let text = "WEBVTT\n\n00:01.000 -> 00:02.000\nPilen är kort\n\n00:01.000 --> 00:02\nIngen punkt\n\n\
        00:03.000 --> 00:03.000\nIngen tid\n\n00:05.000 --> 00:06.000\n\n600:00:00.000 --> 600:00:01.000\nFör sent\n\n\
        00:09.000 --> 00:10.000\nBra\n\nför sig";
    assert_eq!(words(text), ["Bra"]);
    assert_eq!(
        told(text),
        [
            (3, Why::NoTimes),
            (6, Why::BadTimes),
            (9, Why::EndsFirst),
            (12, Why::NoWords),
            (14, Why::TooLate),
            (20, Why::NoTimes),
        ]
    );
    let lost: Vec<_> = told(text).iter().filter(|it| it.1.loses_words()).map(|it| it.0).collect();
    assert_eq!(lost, [3, 6, 9, 14, 20]);
}

#[test]
fn cues_may_overlap_run_backwards_and_follow_without_an_empty_line() {
    let text = "WEBVTT\n\n00:05.000 --> 00:09.000\nB\n00:01.000 --> 00:08.000\nA1\n\n00:01.000 --> 00:20.000\nA2\n";
    assert_eq!(words(text), ["A2", "A1", "B"]);
    assert_eq!(told(text), [(5, Why::OutOfOrder), (8, Why::OutOfOrder)]);
    // By the book: a line of times begins a cue wherever it stands, in the header and in a comment, too.
    assert_eq!(words("WEBVTT\n00:01.000 --> 00:02.000\nA"), ["A"]);
    assert_eq!(words("WEBVTT\n\nNOTE\n00:01.000 --> 00:02.000\nA"), ["A"]);
    assert_eq!(words("WEBVTT\n\nNOTE\nx\n00:01.000 --> 00:02.000\nA"), ["A"]);
    assert_eq!(words("WEBVTT\n\n100:00:00.000 --> 100:00:01.000\nA"), ["A"]);
    assert_eq!(words("WEBVTT\n\n00:01.000 --> 00:02.000\nA\0B <i>C"), ["A\u{fffd}B C"]);
}

#[test]
fn more_cues_than_a_track_can_have_are_refused_at_the_line_where_they_begin() {
    use std::fmt::Write;
    let mut text = String::from("WEBVTT\n");
    for number in 0..=MAX_CUES {
        write!(text, "\n{:02}:{:02}.000 --> 59:59.999\nHej\n", number / 60 % 60, number % 60)
            .unwrap();
    }
    let line = u32::try_from(MAX_CUES * 3 + 3).unwrap();
    assert_eq!(vtt::parse(&text), Err(NotCaptions::TooManyCues { line }));
    text.truncate(text.rfind("\n\n").unwrap());
    assert_eq!(vtt::parse(&text).unwrap().cues.len(), MAX_CUES);
}

#[test]
fn a_text_of_nothing_but_signs_is_read_to_its_end() {
    for sign in ["<", "&", "<i>", "{", "-->", "<v ", "&#"] {
        for count in [1_000, 20_000] {
            let long = format!("Hej {}", sign.repeat(count));
            let reads = [
                vtt::parse(&format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{long}")),
                srt::parse(&format!("00:01.000 --> 00:02.000\n{long}")),
            ];
            for (at, read) in reads.into_iter().enumerate() {
                match read {
                    Ok(read) => assert!(read.cues[0].words.starts_with("Hej"), "{sign} {count}"),
                    // In WebVTT an arrow makes a line one of times; and too much is too much.
                    Err(trouble) => {
                        assert_eq!(trouble, NotCaptions::NoCues, "{sign}");
                        assert!(count > 1_000 || (at, sign) == (0, "-->"), "{sign}");
                    }
                }
            }
        }
    }
}

/// `cargo test --release -p app --features ssr -- --ignored --nocapture cues_are_read`, for how long it takes.
#[test]
#[ignore = "tells a measure, and proves nothing"]
fn twenty_thousand_cues_are_read() {
    let cues: Vec<_> = (0..20_000)
        .map(|number| {
            let words = "Det är i mötet mellan förvaltningarna\nsom idéerna får luft & <liv>.";
            Cue::plain(number * 3_000, number * 3_000 + 2_900, Some("Anna"), words)
        })
        .collect();
    let (as_vtt, as_srt) = (write::vtt(&cues), write::srt(&cues));
    for (name, run) in [
        ("read VTT", &(|| vtt::parse(&as_vtt).unwrap().cues.len()) as &dyn Fn() -> usize),
        ("read SRT", &|| srt::parse(&as_srt).unwrap().cues.len()),
        ("write VTT", &|| write::vtt(&cues).len()),
        ("paragraphs", &|| super::paragraphs::paragraphs(&cues).len()),
    ] {
        let best = (0..5).map(|_| {
            let began = std::time::Instant::now();
            std::hint::black_box(run());
            began.elapsed()
        });
        println!("{name}: {:?}", best.min().unwrap());
    }
}
