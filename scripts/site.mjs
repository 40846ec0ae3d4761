// node site.mjs WORK OUT [--plain]: lays out the site that the server hands out.
//
// Each file of the client is named by its content, so that browsers may keep it for ever; hash.txt tells
// Leptos the names. Beside each lie its compressed forms, made once here and not at every request.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

const [work, out, option] = process.argv.slice(2);
if (!work || !out) {
  console.error("usage: node site.mjs WORK OUT [--plain]");
  process.exit(2);
}
// While developing, compressing takes longer than it saves.
const plain = option === "--plain";
const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

async function write(file, content) {
  await writeFile(file, content);
  if (plain) return;
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 22, [BROTLI_PARAM_SIZE_HINT]: content.length };
  const [br, gz] = await Promise.all([brotli(content, { params }), gzip(content, { level: 9 })]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
}

const parts = { js: "bindgen/stafett.js", wasm: "stafett.wasm", css: "stafett.css" };
await rm(out, { recursive: true, force: true });
const pkg = join(out, "pkg");
await mkdir(pkg, { recursive: true });

let hashes = "";
for (const [kind, file] of Object.entries(parts)) {
  const content = await readFile(join(work, file));
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  hashes += `${kind}: ${hash}\n`;
  await write(join(pkg, `stafett.${hash}.${kind}`), content);
}
await writeFile(join(out, "hash.txt"), hashes);

// JavaScript that a crate brings along is imported by a relative address.
const snippets = join(work, "bindgen/snippets");
if (existsSync(snippets)) {
  for (const entry of await readdir(snippets, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const folder = (entry.parentPath ?? entry.path).slice(snippets.length + 1);
    await mkdir(join(pkg, "snippets", folder), { recursive: true });
    await write(join(pkg, "snippets", folder, entry.name), await readFile(join(snippets, folder, entry.name)));
  }
}
if (existsSync("style/public")) await cp("style/public", out, { recursive: true });
