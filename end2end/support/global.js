// Before all tests: two databases to copy from, one with the demonstration and one with nothing in it.
import { execFile } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { admin, databaseUrl, dropDatabase } from './database.js';

const run = promisify(execFile);
/** Left behind by a run that was killed. */
const STALE_SECONDS = 3_600;

export default async function setUp() {
  for (const name of ['STAFETT_BIN', 'STAFETT_SITE', 'DATABASE_URL']) {
    if (!process.env[name]) throw new Error(`${name} is not set: run these tests with "make test"`);
  }
  for (const name of ['STAFETT_BIN', 'STAFETT_SITE']) {
    await access(process.env[name]).catch(() => {
      throw new Error(`${name} names ${process.env[name]}, which is not there: build it first ("make test" does)`);
    });
  }

  const now = Math.floor(Date.now() / 1000);
  const { rows } = await admin("select datname from pg_database where datname like 'stafett\\_e2e\\_%'");
  for (const { datname } of rows) {
    if (now - Number(datname.split('_')[2]) > STALE_SECONDS) await dropDatabase(datname);
  }

  const run_ = `stafett_e2e_${now}_${process.pid}`;
  process.env.STAFETT_E2E = run_;
  // The demonstration's files; each site has a copy of its own, as it has one of the database.
  process.env.STAFETT_MEDIA = await mkdtemp(path.join(tmpdir(), 'stafett-e2e-media-'));
  await stafett('migrate', `${run_}_empty`);
  await admin(`create database "${run_}_demo" template "${run_}_empty"`);
  await stafett('seed', `${run_}_demo`);

  return async () => {
    const left = await admin('select datname from pg_database where datname like $1', [`${run_.replaceAll('_', '\\_')}%`]);
    for (const { datname } of left.rows) await dropDatabase(datname);
    await rm(process.env.STAFETT_MEDIA, { recursive: true, force: true });
  };
}

async function stafett(command, database) {
  const env = { ...process.env, DATABASE_URL: databaseUrl(database) };
  try {
    await run(process.env.STAFETT_BIN, [command], { env });
  } catch (error) {
    throw new Error(`stafett ${command} failed:\n${error.stderr ?? error.message}`);
  }
}
