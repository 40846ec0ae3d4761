// Sends files of recordings from a browser, by tus 1.0: whatever breaks, they go on where they were. Bundled after
// tus-js-client (scripts/site.mjs), which puts itself into `globalThis.tus`. The words come with the page.
//
// A file that is chosen again, after a break or another day, is known by its name, its length and when it was changed; the
// address to go on at is kept in localStorage until it is done.

/** In bytes: what has come of a stretch counts, so that this only says how often the server is asked. */
const STRETCH = 64 * 1024 * 1024;
/** In milliseconds, again and again: about half an hour without any answer. */
const DELAYS = [500, 1000, 2000, 4000, 8000, 15000, ...Array(60).fill(30000)];
/** Aloud it is told at each quarter. */
const QUARTER = 25;

/** The lists of what is being sent, by the address that it goes to: one may look at another page meanwhile. */
const senders = new Map();

class Sender {
  constructor(endpoint, words, lang) {
    this.endpoint = endpoint;
    this.words = words;
    this.lang = lang;
    this.rows = [];
    this.list = undefined;
    this.aloud = undefined;
  }

  /** The list is on the page, or on it again. */
  show(root) {
    const list = root.querySelector('.sending');
    if (this.list) list.replaceWith(this.list);
    else this.list = list;
    this.aloud = root.querySelector('[role=status]');
    const files = root.querySelector('input[type=file]');
    const role = root.querySelector('select');
    files.addEventListener('change', () => {
      for (const file of files.files) this.add(file, role.value);
      files.value = '';
    });
    files.disabled = false;
  }

  say(text) {
    if (this.aloud) this.aloud.textContent = text;
  }

  fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  }

  bytes(count) {
    const units = ['byte', 'kB', 'MB', 'GB', 'TB'];
    let unit = 0;
    let figure = count;
    while (figure >= 1000 && unit < units.length - 1) {
      figure /= 1000;
      unit += 1;
    }
    const digits = unit > 0 && figure < 10 ? 1 : 0;
    const format = new Intl.NumberFormat(this.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return `${format.format(Math.floor(figure * 10 ** digits) / 10 ** digits)} ${units[unit]}`;
  }

  time(seconds) {
    if (!Number.isFinite(seconds)) return '…';
    const { words } = this;
    if (seconds < 60) return this.fill(words.seconds, { n: Math.max(1, Math.round(seconds)) });
    if (seconds < 5400) return this.fill(words.minutes, { n: Math.round(seconds / 60) });
    return this.fill(words.hours, { n: Math.round(seconds / 3600) });
  }

  add(file, role) {
    const row = new Row(this, file, role);
    this.rows.push(row);
    this.list.append(row.element);
    row.is('queued');
    this.next();
  }

  /** One after the other: each gets all of the line, and the first is there soonest. */
  next() {
    if (this.rows.some((row) => ['starting', 'sending', 'waiting'].includes(row.state))) return;
    this.rows.find((row) => row.state === 'queued')?.start();
  }

  isBusy() {
    return this.rows.some((row) => ['queued', 'starting', 'sending', 'waiting'].includes(row.state));
  }
}

class Row {
  constructor(sender, file, role) {
    this.sender = sender;
    this.file = file;
    this.sent = 0;
    this.told = 0;
    this.element = document.createElement('li');
    this.name = document.createElement('b');
    this.name.textContent = file.name;
    this.bar = document.createElement('progress');
    this.bar.max = file.size;
    this.bar.value = 0;
    this.bar.setAttribute('aria-label', file.name);
    this.line = document.createElement('p');
    this.line.className = 'num';
    this.doings = document.createElement('div');
    this.doings.className = 'doings';
    this.element.append(this.name, this.bar, this.line, this.doings);
    const metadata = { filename: file.name, filetype: file.type };
    if (role) metadata.role = role;
    this.upload = new globalThis.tus.Upload(file, {
      endpoint: sender.endpoint,
      metadata,
      chunkSize: STRETCH,
      retryDelays: DELAYS,
      removeFingerprintOnSuccess: true,
      onShouldRetry: (error) => this.mayHelp(error),
      onProgress: (sent) => this.goesOn(sent),
      onSuccess: () => this.is('done'),
      onError: (error) => this.fails(error),
    });
  }

  /** Whether it can be another time; meanwhile the row says that it waits. */
  mayHelp(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    const may = status === 0 || [409, 423, 429, 460].includes(status) || (status >= 500 && status !== 507);
    if (may && this.state !== 'paused' && this.state !== 'stopped') this.is('waiting');
    return may;
  }

  async start() {
    this.is('starting');
    try {
      const before = await this.upload.findPreviousUploads();
      // The one that was begun last; the others have ended by themselves.
      before.sort((a, b) => Date.parse(b.creationTime) - Date.parse(a.creationTime));
      if (before.length && !this.upload.url) {
        this.upload.resumeFromPreviousUpload(before[0]);
        this.isResumed = true;
      }
    } catch {
      // Without localStorage it begins anew.
    }
    if (this.state === 'starting') this.upload.start();
  }

  goesOn(sent) {
    if (!['starting', 'sending', 'waiting'].includes(this.state)) return;
    const now = performance.now();
    if (this.state !== 'sending') {
      this.since = { now, sent };
      if (this.isResumed && sent > 0) this.sender.say(this.sender.fill(this.sender.words.resumed, { sent: this.sender.bytes(sent) }));
      this.isResumed = false;
      this.sent = sent;
      this.is('sending');
    }
    this.sent = sent;
    this.bar.value = sent;
    const speed = (sent - this.since.sent) / Math.max(1, now - this.since.now) * 1000;
    const left = now - this.since.now < 1500 ? NaN : (this.file.size - sent) / speed;
    this.tell(this.sender.words.sending, { left: this.sender.time(left) });
    const percent = Math.floor((sent / this.file.size) * 100);
    if (percent >= this.told + QUARTER && percent < 100) {
      this.told = percent - (percent % QUARTER);
      this.sender.say(this.sender.fill(this.sender.words.percent, { name: this.file.name, percent: this.told }));
    }
  }

  fails(error) {
    if (this.state === 'stopped') return;
    const response = error.originalResponse;
    const status = response?.getStatus() ?? 0;
    // What the server says is written for whoever reads it.
    const isSaid = status >= 400 && response.getHeader('content-type')?.startsWith('text/plain');
    this.reason = isSaid ? response.getBody() : undefined;
    // Nothing of what is refused for what it is is kept.
    if ([413, 415, 422].includes(status)) this.forget();
    this.is('failed');
  }

  forget() {
    this.sent = 0;
    this.upload.url = null;
    this.upload
      .findPreviousUploads()
      .then((all) => all.forEach((one) => localStorage.removeItem(one.urlStorageKey)))
      .catch(() => {});
  }

  pause() {
    this.is('paused');
    this.upload.abort();
    this.sender.next();
  }

  goOn() {
    this.is('queued');
    this.sender.next();
  }

  async stop() {
    const before = this.state;
    this.is('stopped');
    try {
      await this.upload.abort(true);
      this.bar.value = 0;
    } catch {
      this.is(before === 'failed' ? 'failed' : 'paused');
      this.line.textContent = this.sender.words.notStopped;
    }
    this.sender.next();
  }

  putAside() {
    this.element.remove();
    this.sender.rows = this.sender.rows.filter((row) => row !== this);
  }

  tell(text, values = {}) {
    const { sender } = this;
    this.line.textContent = sender.fill(text, { sent: sender.bytes(this.sent), whole: sender.bytes(this.file.size), ...values });
  }

  is(state) {
    this.state = state;
    const { words } = this.sender;
    this.element.dataset.state = state;
    this.line.removeAttribute('role');
    const said = { queued: words.queued, starting: words.starting, sending: words.sending, paused: words.paused, waiting: words.waiting, done: words.done, stopped: words.stopped, failed: words.givenUp }[state];
    this.tell(said, { left: '…' });
    if (state === 'failed' && this.reason) this.line.textContent = this.reason;
    if (['paused', 'done', 'stopped', 'failed'].includes(state)) this.sender.say(`${this.file.name}: ${this.line.textContent}`);
    if (state === 'done') this.bar.value = this.file.size;
    this.bar.hidden = ['stopped', 'failed'].includes(state);
    this.buttons(
      {
        queued: [['cancel', () => this.putAside()]],
        starting: [['cancel', () => this.stop()]],
        sending: [['pause', () => this.pause()], ['cancel', () => this.stop()]],
        waiting: [['pause', () => this.pause()], ['cancel', () => this.stop()]],
        paused: [['goOn', () => this.goOn()], ['cancel', () => this.stop()]],
        failed: [['again', () => this.goOn()], ['putAside', () => this.putAside()]],
        done: [['putAside', () => this.putAside()]],
        stopped: [['putAside', () => this.putAside()]],
      }[state],
    );
    if (['done', 'failed'].includes(state)) this.sender.next();
  }

  /** The same button stays the same element, so that the focus stays on it. */
  buttons(wanted) {
    const had = this.doings.contains(document.activeElement);
    const names = wanted.map(([name]) => name);
    for (const button of [...this.doings.children]) if (!names.includes(button.dataset.does)) button.remove();
    for (const [place, [name, does]] of wanted.entries()) {
      let button = this.doings.querySelector(`[data-does=${name}]`);
      if (!button) {
        button = document.createElement('button');
        button.type = 'button';
        button.className = 'btn quiet small';
        button.dataset.does = name;
        button.textContent = this.sender.words[name];
        button.setAttribute('aria-label', `${this.sender.words[name]}: ${this.file.name}`);
        this.doings.insertBefore(button, this.doings.children[place] ?? null);
      }
      button.onclick = does;
    }
    if (had && !this.doings.contains(document.activeElement)) this.doings.firstElementChild?.focus();
  }
}

function wake() {
  for (const root of document.querySelectorAll('.sender:not([data-awake])')) {
    root.dataset.awake = '';
    const { endpoint, words, lang } = root.dataset;
    if (!senders.has(endpoint)) senders.set(endpoint, new Sender(endpoint, JSON.parse(words), lang));
    senders.get(endpoint).show(root);
  }
}

document.addEventListener('stafett-sender', wake);
// The network is back: nobody waits for the next try.
addEventListener('online', () => {
  for (const sender of senders.values()) {
    for (const row of sender.rows.filter((row) => row.state === 'waiting')) {
      row.upload.abort().then(() => row.upload.start(), () => {});
    }
  }
});
addEventListener('beforeunload', (event) => {
  if ([...senders.values()].some((sender) => sender.isBusy())) event.preventDefault();
});
wake();
