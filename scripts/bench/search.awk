# Made-up speech: recordings :R of :C cues each, ten words a cue. Words come as they do in language, by Zipf's law: of
# 60,000 words the n-th is drawn about once for every n times of the first. A word is made of syllables, so that longer
# ones hold shorter ones as Swedish compounds do. The same every time. Writes what COPY reads.
function syllable(n) { return substr("bdfghjklmnprstvk", 1 + n % 16, 1) substr("aeiouyao", 1 + int(n / 16) % 8, 1) substr("nrltsmkg", 1 + int(n / 128) % 8, 1) }
function word(n,    made) {
  for (made = ""; n > 0 || made == ""; n = int(n / 1021)) made = made syllable((n * 389) % 1021)
  return length(made) < 4 ? made "else" : made
}
BEGIN {
  OFS = "\t"; srand(1); top = log(60000)
  for (n = 1; n <= 60000; n++) words[n] = word(n)
  for (r = 1; r <= R; r++) for (c = 0; c < C; c++) {
    line = ""
    for (w = 0; w < 10; w++) line = line words[int(exp(rand() * top))] (w < 9 ? " " : ".")
    print r, c, c * 4000, c * 4000 + 3900, line
  }
}
