// Files of recordings, sent by tus-js-client, whatever happens to the server meanwhile.
import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import * as tus from 'tus-js-client';
import { session } from '../support/account.js';
import { withRole } from '../support/organiser.js';
import { expect, test, unique } from '../support/test.js';

/** A film with all its boxes, and noise in it. */
function film(bytes) {
  const head = Buffer.concat([Buffer.from('\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x10moov12345678', 'latin1'), Buffer.alloc(8)]);
  head.writeUInt32BE(bytes - head.length + 8, head.length - 8);
  head.write('mdat', head.length - 4, 'latin1');
  return Buffer.concat([head, randomBytes(bytes - head.length)]);
}

/** What lies among the uploads, beside the folder in which files are worked on once they have come. */
const left = async (site) => (await readdir(path.join(site.media, 'uploads'))).filter((name) => name !== 'work');

const sum = (buffer) => createHash('sha256').update(buffer).digest('hex');

/** A recording that is published, and the cookie of somebody who organises its programme. */
async function recording(site) {
  const [event] = await site.db.sql('select id, programme_id from events order by id limit 1');
  const slug = unique('film');
  const { id } = await site.db.insert('recordings', { event_id: event.id, slug, title: slug, state: 'published', published_at: new Date() });
  return { id, slug, cookie: await session(site, await withRole(site.db, event.programme_id)) };
}

/** Sends a file; `meanwhile` is told how much the server has taken. */
function send(site, { slug, cookie }, file, { name = 'film.mp4', meanwhile = () => {}, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(file, {
      endpoint: `${site.url}/organise/recordings/${slug}/upload`,
      headers: { cookie },
      metadata: { filename: name, filetype: 'video/mp4' },
      chunkSize: 1_000_000,
      retryDelays: Array(40).fill(250),
      onError: reject,
      onSuccess: () => resolve(upload),
      onChunkComplete: (size, accepted) => meanwhile(accepted, upload),
      ...options,
    });
    upload.start();
  });
}

/** What the server gives of the recording's only file. */
async function given(site, { id }) {
  const key = await site.db.value('select key from media_files where recording_id = $1', [id]);
  return (await site.server.raw(`/media/${key}`)).buffer;
}

test('a film arrives whole although the server is killed in the middle', async ({ ownSite: site, guard }) => {
  guard.end();
  const into = await recording(site);
  const file = film(12_345_678);
  let kills = 0;
  await send(site, into, file, {
    meanwhile: (accepted) => {
      if ((accepted >= 3_000_000 && kills === 0) || (accepted >= 8_000_000 && kills === 1)) {
        kills += 1;
        // In the middle of the next stretch; it comes back at the same address.
        setTimeout(() => site.server.kill().then(() => site.server.start()), 3);
      }
    },
  });
  expect(kills).toBe(2);
  expect(sum(await given(site, into))).toBe(sum(file));
  expect(await left(site)).toEqual([]);
});

test('a film that was stopped is gone on with later, by another program', async ({ ownSite: site }) => {
  const into = await recording(site);
  const file = film(4_000_001);
  const uploadUrl = await new Promise((resolve, reject) => {
    send(site, into, file, {
      meanwhile: (accepted, upload) => {
        if (accepted >= 2_000_000) upload.abort().then(() => resolve(upload.url), reject);
      },
    }).catch(reject);
  });
  expect(await site.db.value('select count(*)::int from media_files where recording_id = $1', [into.id])).toBe(0);
  const sent = [];
  await send(site, into, file, { uploadUrl, meanwhile: (accepted) => sent.push(accepted) });
  expect(Math.min(...sent), 'nothing is sent twice').toBeGreaterThan(2_000_000);
  expect(sum(await given(site, into))).toBe(sum(file));
});

test('in one stretch, and with its beginning', async ({ ownSite: site }) => {
  const into = await recording(site);
  const file = film(3_000_000);
  await send(site, into, file, { chunkSize: Infinity, uploadDataDuringCreation: true });
  expect(sum(await given(site, into))).toBe(sum(file));
});

test('what is no film is refused, and says so', async ({ ownSite: site }) => {
  const into = await recording(site);
  const page = Buffer.from(`<!DOCTYPE html>${'<p>'.repeat(500_000)}`);
  const error = await send(site, into, page).then(() => null, (error) => error);
  expect(error?.originalResponse?.getStatus()).toBe(415);
  expect(error.originalResponse.getBody()).toContain('varken film, ljud eller PDF');
  expect(await site.db.value('select count(*)::int from uploads')).toBe(0);
});

test('an upload that is stopped for good leaves nothing', async ({ ownSite: site }) => {
  const into = await recording(site);
  await new Promise((resolve, reject) => {
    send(site, into, film(3_000_000), {
      meanwhile: (accepted, upload) => upload.abort(true).then(resolve, reject),
    }).catch(reject);
  });
  expect(await site.db.value('select count(*)::int from uploads')).toBe(0);
  expect(await left(site)).toEqual([]);
});
