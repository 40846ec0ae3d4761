// A mail server that takes mail for the tests (smtp-server), and reads it as mail programs do (mailparser).
import { once } from 'node:events';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const WAIT_MS = 15_000;

/** What a mail server does that is asked to take a mail. Each may be replaced in a test. */
const POLITE = {
  /** Throws to refuse an address. */
  recipient() {},
  /** Before a mail is taken; throws to refuse it. */
  async taking() {},
};

export class PostOffice {
  /**
   * Starts one. `manners` replaces how it behaves. `line` is how it is spoken to: `tls` is 'starttls', 'wrapped'
   * or nothing, with the `certificate` that it shows; `login` has the one `user` and `password` that it takes.
   */
  static async open(manners = {}, { tls, certificate, login } = {}) {
    const office = new PostOffice();
    office.manners = { ...POLITE, ...manners };
    office.mails = [];
    office.connections = 0;
    office.logins = 0;
    office.sockets = new Set();
    office.server = new SMTPServer({
      ...certificate,
      secure: tls === 'wrapped',
      authOptional: !login,
      disabledCommands: [!login && 'AUTH', tls !== 'starttls' && 'STARTTLS'].filter(Boolean),
      onAuth: (given, session, done) => {
        office.logins += 1;
        const isRight = given.username === login.user && given.password === login.password;
        done(isRight ? null : refusal(535, '5.7.8 Wrong user or password'), { user: given.username });
      },
      disableReverseLookup: true,
      logger: false,
      onConnect: (session, done) => {
        office.connections += 1;
        done();
      },
      onRcptTo: (address, session, done) => {
        try {
          office.manners.recipient(address.address);
          done();
        } catch (error) {
          done(error);
        }
      },
      onData: (stream, session, done) => {
        office.take(stream, session).then(() => done(), done);
      },
    });
    office.server.on('error', () => {});
    office.server.server.on('connection', (socket) => {
      office.sockets.add(socket);
      socket.on('close', () => office.sockets.delete(socket));
    });
    office.server.listen(0, '127.0.0.1');
    await once(office.server.server, 'listening');
    office.port = office.server.server.address().port;
    office.url = office.address();
    return office;
  }

  /** Its address, for whoever speaks to it in another way than plainly. */
  address({ scheme = 'smtp', login, query = '' } = {}) {
    const who = login ? `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@` : '';
    return `${scheme}://${who}127.0.0.1:${this.port}${query}`;
  }

  async take(stream, session) {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const source = Buffer.concat(chunks);
    await this.manners.taking({ session, source });
    const mail = await simpleParser(source, { skipTextToHtml: true });
    this.mails.push(Object.assign(mail, {
      source: source.toString('utf8'),
      sentTo: session.envelope.rcptTo.map(({ address }) => address),
      sentFrom: session.envelope.mailFrom.address,
      greeting: session.hostNameAppearsAs,
      secure: session.secure,
      user: session.user,
    }));
  }

  /** What has come to an address, in the order that it came. */
  to(address) {
    return this.mails.filter((mail) => mail.sentTo.includes(address));
  }

  /** Waits until so many have come to an address. */
  async wait(address, count = 1) {
    const until = Date.now() + WAIT_MS;
    while (this.to(address).length < count) {
      if (Date.now() > until) {
        throw new Error(`${this.to(address).length} of ${count} mails came to ${address}: ${this.to(address).map((mail) => mail.subject).join(' | ')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return this.to(address);
  }

  /** Cuts everybody off, as a crash would. */
  cut() {
    for (const socket of this.sockets) socket.destroy();
  }

  async close() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cut();
    await closed;
  }
}

/** An answer of a mail server. */
export function refusal(code, text) {
  return Object.assign(new Error(text), { responseCode: code });
}

/** The parts of a mail as they stand in it: type with parameters, and content. */
export function invitationOf(mail) {
  const files = mail.attachments.filter(({ contentType }) => contentType === 'text/calendar');
  const attached = mail.attachments.filter(({ contentType }) => contentType === 'application/ics');
  if (!files.length && !attached.length) return undefined;
  const text = files[0].content.toString('utf8');
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = calendar.getFirstSubcomponent('vevent');
  const value = (name) => event.getFirstPropertyValue(name);
  const person = (name) => {
    const property = event.getFirstProperty(name);
    return { address: property.getFirstValue(), name: property.getParameter('cn'), part: property.getParameter('partstat') };
  };
  return {
    text,
    parts: files.length,
    attached: attached.map(({ filename, content }) => ({ filename, same: content.toString('utf8') === text })),
    method: calendar.getFirstPropertyValue('method'),
    // As the part's own header has it.
    announced: /^Content-Type: text\/calendar;\s+method=(\w+);\s+charset=utf-8/im.exec(mail.source)?.[1],
    uid: value('uid'),
    sequence: Number(value('sequence')),
    stamp: value('dtstamp').toJSDate(),
    summary: value('summary'),
    status: value('status'),
    location: value('location'),
    organizer: person('organizer'),
    attendee: person('attendee'),
    starts: value('dtstart'),
    zone: event.getFirstProperty('dtstart').getParameter('tzid'),
  };
}
