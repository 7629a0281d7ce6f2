// Builds what the browser is sent into src/Waymark/wwwroot/built: site.css, site.js, charts.js, favicon.svg,
// each also compressed once here, so that the server never compresses a page beside a secret.
import {copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {brotliCompressSync, constants, gzipSync} from "node:zlib";
import {build} from "esbuild";
import {compile} from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const out = join(here, "../wwwroot/built");

rmSync(out, {recursive: true, force: true});
mkdirSync(out, {recursive: true});

const sheet = compile(join(here, "site.scss"), {loadPaths: [join(root, "node_modules")], style: "compressed", quietDeps: true});
writeFileSync(join(out, "site.css"), sheet.css);
await build({
  entryPoints: ["site.js", "charts.js"].map((name) => join(here, name)),
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "eof"
});
copyFileSync(join(here, "favicon.svg"), join(out, "favicon.svg"));

for (const name of readdirSync(out)) {
  const bytes = readFileSync(join(out, name));
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(bytes, {params: {[constants.BROTLI_PARAM_SIZE_HINT]: bytes.length}}));
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, {level: 9}));
}
