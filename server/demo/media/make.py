"""Makes the demonstration clips of clips.json. Called by make.sh.

Each sentence is spoken by itself, so that its length is known and its cue is right to the millisecond."""

import html
import json
import pathlib
import subprocess
import sys
import tempfile
import wave

HERE = pathlib.Path(__file__).parent
# Of a slide, and of the film and the poster made of it.
WIDTH, HEIGHT = 1280, 720
FILM = (960, 540)
POSTER = (640, 360)
RATE = 22050
# Silence in seconds: before the first word, between sentences, between slides, and after the last word.
LEAD, PAUSE, TURN, TAIL = 0.7, 0.55, 1.3, 1.6
# A caption stays a moment longer than its sentence.
STAYS = 0.2
VOICES = {"sv": "sv", "en": "en-gb"}
SPEAKER = {"sv": "Stafetts demonstrationsröst", "en": "Stafett’s demonstration voice"}
MARK = {"sv": "Demonstration · syntetisk röst", "en": "Demonstration · synthetic voice"}
# How many characters fit on one line of a caption.
LINE = 42


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def speak(text, language, folder):
    """The sound of a sentence: 16 bit, one channel, without the silence around it."""
    file = folder / "sentence.wav"
    run("espeak-ng", "-v", VOICES[language], "-s", "138", "-p", "42", "-a", "120", "-w", file, text)
    with wave.open(str(file)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (RATE, 1, 2)
        frames = sound.readframes(sound.getnframes())
    samples = memoryview(frames).cast("h")
    loud = [at for at, sample in enumerate(samples) if abs(sample) > 200]
    return frames[2 * loud[0]:2 * (loud[-1] + RATE // 20)]


def silence(seconds):
    return bytes(2 * round(seconds * RATE))


def say(clip, folder):
    """The whole sound, when each slide begins, and each sentence's beginning and end, in milliseconds."""
    sound, slides, spoken = bytearray(silence(LEAD)), [0], []
    now = lambda: round(len(sound) / 2 / RATE * 1000)
    for number, slide in enumerate(clip["slides"]):
        if number:
            # The slide turns in the middle of the pause.
            sound += silence(TURN / 2)
            slides.append(now())
            sound += silence(TURN / 2)
        for place, texts in enumerate(slide["said"]):
            if place:
                sound += silence(PAUSE)
            start = now()
            sound += speak(texts[0], clip["language"], folder)
            spoken.append((start, now(), texts))
    sound += silence(TAIL)
    return bytes(sound), slides, spoken, now()


def lines(text):
    """A caption on one line, or on two that are as alike as can be."""
    if len(text) <= LINE:
        return text
    breaks = [at for at, sign in enumerate(text) if sign == " "]
    at = min(breaks, key=lambda it: abs(it - len(text) / 2))
    return text[:at] + "\n" + text[at + 1:]


def stamp(ms):
    return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def captions(spoken, language, is_spoken):
    cues = ["WEBVTT\n"]
    for (start, end, texts), following in zip(spoken, [*spoken[1:], None]):
        text = texts[0 if is_spoken else 1]
        last = following[0] if following else end + round(STAYS * 1000)
        end = min(end + round(STAYS * 1000), last)
        text = html.escape(lines(text), quote=False)
        cues.append(f"{stamp(start)} --> {stamp(end)}\n<v {SPEAKER[language]}>{text}</v>\n")
    return "\n".join(cues)


STYLE = f"""
@page {{ size: {WIDTH}px {HEIGHT}px; margin: 0 }}
* {{ box-sizing: border-box; margin: 0; padding: 0 }}
body {{ font-family: "Liberation Sans"; color: #13201f; background: #fff }}
section {{ position: relative; width: {WIDTH}px; height: {HEIGHT}px; padding: 150px 110px 0; break-after: page; overflow: hidden }}
section:last-child {{ break-after: auto }}
h1 {{ font-size: 68px; line-height: 1.1; font-weight: 700; letter-spacing: -.02em; max-width: 940px; text-wrap: balance }}
ul {{ list-style: none; margin-top: 44px }}
li {{ font-size: 38px; line-height: 1.5; color: #465653 }}
.first {{ background: #00565c; color: #fff }}
.first h1 {{ font-size: 84px; margin-top: 40px }}
.first li {{ color: #d5e8e6 }}
.mark {{ position: absolute; right: 110px; top: 44px; font-size: 22px; color: #5f6e6b }}
.first .mark {{ color: #d5e8e6 }}
/* Above, since captions stand below. */
svg {{ position: absolute; left: 99px; top: 38px }}
"""


def baton(number, count, is_first):
    """The line of stops: those that were shown are filled, the one on view is larger."""
    ink, ground = ("#ffffff", "#00565c") if is_first else ("#00565c", "#ffffff")
    step, dots = 120, []
    for stop in range(count):
        radius = 13 if stop == number else 9
        fill = ink if stop <= number else ground
        dots.append(f'<circle cx="{20 + stop * step}" cy="20" r="{radius}" fill="{fill}" stroke="{ink}" stroke-width="4"/>')
    end = 20 + (count - 1) * step
    line = f'<line x1="20" y1="20" x2="{end}" y2="20" stroke="{ink}" stroke-width="4"/>'
    return f'<svg width="{end + 20}" height="40" aria-hidden="true">{line}{"".join(dots)}</svg>'


def slides(clip, folder, pdf):
    language, count, pages = clip["language"], len(clip["slides"]), []
    for number, slide in enumerate(clip["slides"]):
        said = "".join(f"<li>{html.escape(line)}</li>" for line in slide["lines"])
        pages.append(
            f'<section class="{"first" if number == 0 else ""}"><p class="mark">{MARK[language]}</p>'
            f'<h1>{html.escape(slide["heading"])}</h1><ul>{said}</ul>{baton(number, count, number == 0)}</section>'
        )
    title = html.escape(clip["slides"][0]["heading"])
    page = folder / "slides.html"
    page.write_text(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
        f'<style>{STYLE}</style>{"".join(pages)}</html>'
    )
    run("chromium-headless-shell", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--print-to-pdf={pdf}", page.as_uri())
    run("pdftoppm", "-png", "-scale-to-x", WIDTH, "-scale-to-y", HEIGHT, pdf, folder / "slide")
    return sorted(folder.glob("slide*.png"))


def film(pictures, starts, sound, duration, folder, to):
    with wave.open(str(folder / "sound.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound)
    playlist = []
    for picture, start, end in zip(pictures, starts, [*starts[1:], duration]):
        playlist.append(f"file '{picture}'\nduration {(end - start) / 1000:.3f}\n")
    # The last one is named again, or its duration counts for nothing.
    (folder / "slides.txt").write_text("".join(playlist) + f"file '{pictures[-1]}'\n")
    run("ffmpeg", "-y", "-f", "concat", "-safe", "0", "-i", folder / "slides.txt", "-i", folder / "sound.wav",
        "-filter:v", f"scale={FILM[0]}:{FILM[1]}:flags=lanczos,fps=4,format=yuv420p",
        "-c:v", "libx264", "-preset", "veryslow", "-tune", "stillimage", "-crf", "32", "-profile:v", "main", "-g", "120",
        "-filter:a", "highpass=f=70,loudnorm=I=-16:TP=-1.5", "-c:a", "aac", "-b:a", "16k", "-ar", "16000", "-ac", "1",
        "-t", f"{duration / 1000:.3f}", "-map_metadata", "-1", "-fflags", "+bitexact", "-movflags", "+faststart", to)


def make(clip):
    event = clip["event"]
    file = lambda ending: HERE / f"{event}.{ending}"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        sound, starts, spoken, duration = say(clip, folder)
        pictures = slides(clip, folder, file("pdf"))
        film(pictures, starts, sound, duration, folder, file("mp4"))
        run("ffmpeg", "-y", "-i", pictures[0], "-vf", f"scale={POSTER[0]}:{POSTER[1]}:flags=lanczos", "-c:v", "libwebp", "-quality", "70",
            file("webp"))
    spoken_in = clip["language"]
    for language in ("sv", "en"):
        file(f"{language}.vtt").write_text(captions(spoken, language, language == spoken_in))
    return {"duration_ms": duration, "width": FILM[0], "height": FILM[1], "slides": starts}


def main(wanted):
    clips = json.loads((HERE / "clips.json").read_text())
    times_file = HERE / "times.json"
    times = json.loads(times_file.read_text()) if times_file.exists() else {}
    for clip in clips:
        if not wanted or clip["event"] in wanted:
            times[clip["event"]] = make(clip)
            print(clip["event"], times[clip["event"]]["duration_ms"] // 1000, "s")
    times_file.write_text(json.dumps(times, ensure_ascii=False, indent=1) + "\n")


main(sys.argv[1:])
