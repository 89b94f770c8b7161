// Type-checks the .vue files of the example. vue-tsc needs the compiler API of TypeScript, which version 7 lacks.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { run } from "vue-tsc";

const typescript6 = createRequire(new URL("typescript-6/package.json", import.meta.url));
process.argv.push("-p", fileURLToPath(new URL("../examples/vue-desk/", import.meta.url)));
run(typescript6.resolve("typescript/lib/tsc"));
