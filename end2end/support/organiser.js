// People with a role, for the specs of the organiser's side.
import { unique } from './database.js';

/** Somebody with a role in a programme. Returns their address. */
export async function withRole(db, programmeId, role = 'organiser') {
  const email = `${unique(role)}@exempel.se`;
  const person = await db.insert('people', { name: 'Ordna Ordnarsson', email, email_key: email });
  await db.insert('roles', { person_id: person.id, role, programme_id: programmeId });
  return email;
}

/** A question of an event. Returns its number. */
export async function question(db, event, fields) {
  const position = 1 + (await db.value('select coalesce(max(position), 0) from event_questions where event_id = $1', [event.id]));
  return (await db.insert('event_questions', { event_id: event.id, position, label_sv: 'En fråga?', ...fields })).id;
}

/** So many sign-ups at once, in the order of the line; `name` is SQL with `n` from 1. Tells the servers. */
export async function crowd(db, event, count, { status = 'confirmed', name = "'Deltagare ' || n", organisation = "'Kommun ' || n % 29", way = 'digital' } = {}) {
  const mark = unique('skara');
  await db.sql(
    `insert into people (name, email, email_key)
     select ${name}, '${mark}-' || n || '@exempel.se', '${mark}-' || n || '@exempel.se' from generate_series(1, $1::int) n`,
    [count],
  );
  await db.sql(
    `insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language, consented_at, consent_version, created_at)
     select 'hemlig-lank-${mark}-' || n, $1, $2, p.id, $3, w.last_queue_number + n, p.name, ${organisation}, 'sv', now(), 1, now() - make_interval(mins => $4::int - n)
     from generate_series(1, $4::int) n join people p on p.email_key = '${mark}-' || n || '@exempel.se'
     join event_ways w on w.event_id = $1 and w.way = $2`,
    [event.id, way, status, count],
  );
  await db.tell(event.id);
}
