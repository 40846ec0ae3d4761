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
