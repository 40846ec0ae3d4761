// A `stafett serve` of one's own, and its database.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Database } from './database.js';

/** Every address at which a server of this worker has been. */
export const origins = new Set();

const START_MS = 20_000;
const STOP_MS = 10_000;

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** One server process. It keeps its address when it is started again. */
export class Server {
  constructor(database, settings = {}) {
    this.database = database;
    this.settings = settings;
    this.log = '';
  }

  async start() {
    this.port ??= await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    origins.add(this.url);
    this.process = spawn(process.env.STAFETT_BIN, ['serve'], {
      env: {
        ...process.env,
        DATABASE_URL: this.settings.DATABASE_URL ?? this.database.url,
        STAFETT_LISTEN: `127.0.0.1:${this.port}`,
        STAFETT_RATE_LIMIT: 'off',
        STAFETT_DB_CONNECTIONS: '6',
        STAFETT_DUE_SECONDS: '1',
        STAFETT_MODE: 'development',
        ...this.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = once(this.process, 'exit');
    let accepts;
    const accepting = new Promise((resolve) => {
      accepts = resolve;
    });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        this.log += text;
        if (this.log.includes('Stafett is at ')) accepts(true);
      });
    }
    this.log = '';
    const timer = setTimeout(() => accepts(false), START_MS);
    const up = await Promise.race([accepting, this.ended.then(() => false)]);
    clearTimeout(timer);
    if (!up) {
      await this.kill();
      throw new Error(`the server did not start:\n${this.log}`);
    }
    return this;
  }

  /** Ends it as an operator would. */
  async stop() {
    await this.end('SIGTERM');
  }

  /** Ends it in the middle of whatever it does. */
  async kill() {
    await this.end('SIGKILL');
  }

  async end(signal) {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill(signal);
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS);
    await this.ended;
    clearTimeout(timer);
  }

  /**
   * A request as it is written here, byte for byte: no tool tidies the path. Returns status, headers, text.
   * @param {string} path
   */
  async raw(path, { method = 'GET', headers = {}, body } = {}) {
    return new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port: this.port, path, method, headers, agent: false }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const buffer = Buffer.concat(chunks);
          resolve({ status: response.statusCode, headers: response.headers, buffer, text: buffer.toString('utf8') });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** A form posted from a page of this site. */
  async post(path, fields, headers = {}) {
    const body = Buffer.isBuffer(fields) || typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    return this.raw(path, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
        origin: this.settings.STAFETT_PUBLIC_URL ?? this.url,
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
    });
  }

  /** A sign-up by a program. `fields` are added to those of a good form. */
  async signUp(event, fields = {}, headers = {}) {
    const answer = await this.post(`/events/${event.slug}/sign-up`, goodForm(fields), { accept: 'application/json', ...headers });
    return { ...answer, json: answer.text.startsWith('{') ? JSON.parse(answer.text) : undefined };
  }
}

let people = 0;
/** A form with nothing wrong in it, of somebody new each time. */
export function goodForm(fields = {}) {
  people += 1;
  return {
    name: 'Åsa Öberg',
    email: `asa-${process.pid}-${Date.now().toString(36)}-${people}@exempel.se`,
    organisation: 'Umeå kommun',
    consent: 'yes',
    ...fields,
  };
}

/** A database, the server on it, and more servers on the same one. */
export class Site {
  static async create(from = 'demo', settings = {}) {
    const site = new Site();
    site.db = await Database.create(from);
    site.servers = [];
    site.media = await mkdtemp(path.join(tmpdir(), 'stafett-site-media-'));
    await cp(process.env.STAFETT_MEDIA, site.media, { recursive: true });
    // Where support/recordings.js puts the files of its rows.
    site.db.media = site.media;
    site.server = await site.another(settings);
    return site;
  }

  /** One more process on the same database. */
  async another(settings = {}) {
    const server = new Server(this.db, { STAFETT_MEDIA: this.media, ...settings });
    this.servers.push(server);
    return server.start();
  }

  get url() {
    return this.server.url;
  }

  async remove() {
    for (const server of this.servers) await server.stop();
    await this.db.remove();
    await rm(this.media, { recursive: true, force: true });
    for (const server of this.servers) {
      if (/panicked at/.test(server.log)) throw new Error(`the server panicked:\n${server.log}`);
    }
  }
}
