// A door between servers and their database that can be shut, as a database that is away is.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Door {
  /** Opens a door to the database at `url`; `door.url` leads through it. */
  static async to(url) {
    const door = new Door();
    const target = new URL(url);
    const port = target.port || 5432;
    const host = target.searchParams.get('host') ?? target.hostname;
    door.target = host.startsWith('/') ? { path: join(host, `.s.PGSQL.${port}`) } : { host, port };
    door.folder = await mkdtemp(join(tmpdir(), 'stafett-door-'));
    door.place = join(door.folder, '.s.PGSQL.5432');
    const through = new URL(url);
    through.port = '';
    through.searchParams.set('host', door.folder);
    door.url = through.href;
    door.sockets = new Set();
    await door.open();
    return door;
  }

  async open() {
    this.server = net.createServer((inside) => {
      const outside = net.connect(this.target);
      for (const socket of [inside, outside]) {
        this.sockets.add(socket);
        socket.on('close', () => this.sockets.delete(socket));
        socket.on('error', () => {});
      }
      inside.pipe(outside).pipe(inside);
      inside.on('close', () => outside.destroy());
      outside.on('close', () => inside.destroy());
    });
    this.server.listen(this.place);
    await once(this.server, 'listening');
  }

  /** Nobody comes through, and those who are talking are cut off. */
  async shut() {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  async remove() {
    if (this.server.listening) await this.shut();
    await rm(this.folder, { recursive: true, force: true });
  }
}
