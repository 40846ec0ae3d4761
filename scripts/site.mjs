// node site.mjs WORK OUT [--plain]: lays out the site that the server hands out.
//
// The files of the client name each other, so they lie in one folder that is named by the content of all;
// the style sheets are named by their own. Browsers may keep either for ever; hash.txt tells the server the
// names. Beside each file lie its compressed forms, made once here and not at every request.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
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

const hashOf = (contents) => {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 16);
};

await rm(out, { recursive: true, force: true });
const client = join(work, "client");
const files = (await readdir(client, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => relative(client, join(entry.parentPath ?? entry.path, entry.name)))
  .sort();
const contents = await Promise.all(files.map((file) => readFile(join(client, file))));
const clientHash = hashOf(contents);
for (const [number, file] of files.entries()) {
  const target = join(out, "pkg", clientHash, file);
  await mkdir(dirname(target), { recursive: true });
  await write(target, contents[number]);
}

const hashes = [`client: ${clientHash}`];
for (const [kind, file] of [["css", "main.css"], ["organisers", "organisers.css"]]) {
  const css = await readFile(join(work, file));
  await write(join(out, "pkg", `${file.replace(".css", "")}.${hashOf([css])}.css`), css);
  hashes.push(`${kind}: ${hashOf([css])}`);
}
// What sends files of recordings: tus-js-client as it is published, and what is ours after it.
const tus = await readFile("scripts/node_modules/tus-js-client/dist/tus.min.js", "utf8");
const ours = await readFile("app/src/organise/recordings/upload.js", "utf8");
const sender = Buffer.from(`${tus.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "")}\n${ours}`);
await write(join(out, "pkg", `upload.${hashOf([sender])}.js`), sender);
hashes.push(`upload: ${hashOf([sender])}`);
await writeFile(join(out, "hash.txt"), `${hashes.join("\n")}\n`);
if (existsSync("style/public")) await cp("style/public", out, { recursive: true });
