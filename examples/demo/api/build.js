// Bundles the Worker into dist/index.js, with the version of package.json in it.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";

const { version } = JSON.parse(await readFile("package.json", "utf8"));

await build({
  entryPoints: ["src/index.js"],
  outfile: "dist/index.js",
  bundle: true,
  format: "esm",
  define: { VERSION: JSON.stringify(version) },
});
console.log(`invoice-api ${version} is in dist/index.js`);
