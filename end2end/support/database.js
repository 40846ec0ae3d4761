// Databases for tests, and what tests put into them. The schema is in ../../migrations.
import pg from 'pg';

// Counts are bigint; none in a test is beyond what a number holds.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** The address of a database on the server that DATABASE_URL names. */
export function databaseUrl(name) {
  const url = new URL(process.env.DATABASE_URL);
  url.pathname = `/${name}`;
  return url.href;
}

async function once(connectionString, text, values) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

/** One statement outside any of the tests' databases. */
export const admin = (text, values) => once(process.env.DATABASE_URL, text, values);

export const dropDatabase = (name) => admin(`drop database if exists "${name}" with (force)`);

let count = 0;
/** A slug that nothing else has. */
export function unique(prefix) {
  count += 1;
  return `${prefix}-${process.pid.toString(36)}${Date.now().toString(36)}${count.toString(36)}`;
}

/** A database of one worker or one test. */
export class Database {
  /** Copies `demo` (with the demonstration) or `empty`. */
  static async create(from) {
    const run = process.env.STAFETT_E2E;
    const name = `${run}_${unique('t').replaceAll('-', '_')}`;
    await admin(`create database "${name}" template "${run}_${from}"`);
    return new Database(name);
  }

  constructor(name) {
    this.name = name;
    this.url = databaseUrl(name);
    this.pool = new pg.Pool({ connectionString: this.url, max: 4 });
    // A connection that a test cuts on purpose is no reason to end.
    this.pool.on('error', () => {});
  }

  async remove() {
    await this.pool.end();
    await dropDatabase(this.name);
  }

  /** The rows of a statement. */
  async sql(text, values = []) {
    return (await this.pool.query(text, values)).rows;
  }

  /** The one value of a statement. */
  async value(text, values = []) {
    const [row] = await this.sql(text, values);
    return row && Object.values(row)[0];
  }

  /** Inserts a row; a value given as `{ sql, values }` is an expression. Returns the row. */
  async insert(table, fields) {
    const values = [];
    const place = (value) => {
      values.push(value);
      return `$${values.length}`;
    };
    const columns = Object.entries(fields).filter(([, value]) => value !== undefined);
    const expressions = columns.map(([, value]) =>
      value instanceof Expression ? value.write(place) : place(value),
    );
    const names = columns.map(([name]) => name).join(', ');
    const [row] = await this.sql(
      `insert into ${table} (${names}) values (${expressions.join(', ')}) returning *`,
      values,
    );
    return row;
  }

  /** An undertaking. */
  async programme(fields = {}) {
    const slug = fields.slug ?? unique('program');
    return this.insert('programmes', { slug, title_sv: `Program ${slug}`, ...fields });
  }

  /** A series of a programme. */
  async series(fields) {
    const slug = fields.slug ?? unique('serie');
    return this.insert('series', { slug, title_sv: `Serie ${slug}`, kind: 'tour', ...fields });
  }

  /**
   * An event. `starts` and `ends` are what a clock in Sweden shows, as '2031-05-14 09:00'; `ends` is an
   * hour later unless given. `seats` is as { digital: 12, on_site: null }, null being unlimited. Other
   * fields are columns of the table. Servers are told of it, as of any change.
   */
  async event({ starts, ends, seats, speakers = [], slots = [], themes = [], municipalities = [], ...fields }) {
    const slug = fields.slug ?? unique('aktivitet');
    const programme = fields.programme_id ?? (await this.programme()).id;
    const format = fields.format === undefined ? 'digital' : fields.format;
    const event = await this.insert('events', {
      kind: 'seminar',
      state: 'published',
      title_sv: `Aktivitet ${slug}`,
      ...fields,
      slug,
      programme_id: programme,
      format,
      starts_at: instant(starts),
      ends_at: ends ? instant(ends) : new Expression(starts, (p) => `${instant(starts).write(() => p)} + interval '1 hour'`),
    });
    const ways = seats ?? Object.fromEntries(waysOf(format).map((way) => [way, null]));
    for (const [way, capacity] of Object.entries(ways)) {
      await this.insert('event_ways', { event_id: event.id, way, capacity });
    }
    for (const [position, name] of speakers.entries()) {
      const person = await this.presenter(name);
      await this.insert('event_speakers', { event_id: event.id, person_id: person.id, position });
    }
    for (const [position, [minutes, title_sv, title_en]] of slots.entries()) {
      await this.insert('slots', { event_id: event.id, position, minutes, title_sv, title_en });
    }
    for (const theme of themes) await this.insert('event_themes', { event_id: event.id, theme_id: theme });
    for (const code of municipalities) {
      await this.insert('event_municipalities', { event_id: event.id, municipality_code: code });
    }
    await this.tell(event.id);
    return { ...event, title: event.title_sv, path: `/events/${slug}` };
  }

  async presenter(name, fields = {}) {
    const person = await this.insert('people', { name });
    await this.insert('presenters', { person_id: person.id, slug: unique('person'), ...fields });
    return person;
  }

  async theme(name_sv, name_en = name_sv) {
    return this.insert('themes', { slug: unique('tema'), name_sv, name_en });
  }

  /** Fills an event: so many confirmed, so many in line. Returns the sign-ups in the order of the line. */
  async fill(event, confirmed, waitlisted = 0, way = 'digital') {
    const from = await this.value(
      'select last_queue_number from event_ways where event_id = $1 and way = $2',
      [event.id, way],
    );
    const rows = [];
    for (let place = 0; place < confirmed + waitlisted; place += 1) {
      const email = `${unique('deltagare')}@exempel.se`;
      const person = await this.insert('people', { name: `Deltagare ${place + 1}`, email, email_key: email });
      const row = await this.insert('sign_ups', {
        token: unique('hemlig-lank-som-ar-lang-nog'),
        event_id: event.id,
        way,
        person_id: person.id,
        status: place < confirmed ? 'confirmed' : 'waitlisted',
        queue_number: from + place + 1,
        name: person.name,
        organisation: 'Exempelkommun',
        language: 'sv',
        consented_at: new Date(),
        consent_version: 1,
      });
      rows.push({ ...row, email, path: `/sign-ups/${row.token}` });
    }
    await this.tell(event.id);
    return rows;
  }

  /** Changes columns of an event and, in the same transaction, tells the servers, as every writer must. */
  async change(event, fields) {
    const columns = Object.entries(fields);
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      const values = [event.id];
      const place = (value) => {
        values.push(value);
        return `$${values.length}`;
      };
      const sets = columns.map(([name, value]) => `${name} = ${value instanceof Expression ? value.write(place) : place(value)}`);
      await client.query(`update events set ${sets.join(', ')} where id = $1`, values);
      await client.query('insert into changes (event_id, facts) values ($1, true)', [event.id]);
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  /** Tells the servers that an event has changed. */
  async tell(eventId) {
    await this.sql('insert into changes (event_id, facts) values ($1, true)', [eventId]);
  }

  /** How many have a place, and how many stand in line. */
  async standing(event) {
    const rows = await this.sql('select status, count(*) from sign_ups where event_id = $1 group by status', [event.id]);
    return Object.fromEntries(rows.map((row) => [row.status, row.count]));
  }
}

class Expression {
  constructor(value, write) {
    this.value = value;
    this.write = (place) => write(place(this.value));
  }
}

/** The instant at which a clock in Sweden shows this; a Date is an instant already. */
export function instant(local) {
  return local instanceof Date
    ? new Expression(local, (p) => `${p}::timestamptz`)
    : new Expression(local, (p) => `(${p}::timestamp at time zone 'Europe/Stockholm')`);
}

function waysOf(format) {
  if (format === 'hybrid') return ['on_site', 'digital'];
  return format ? [format] : [];
}
