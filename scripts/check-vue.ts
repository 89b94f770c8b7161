// Type-checks the .vue files of the example. vue-tsc needs the compiler API of TypeScript, which version 7 has not.
import { createRequire } from "node:module";
import { run } from "vue-tsc";

const typescript6 = createRequire(new URL("typescript-6/package.json", import.meta.url));
process.argv.push("-p", new URL("../examples/vue-desk/", import.meta.url).pathname);
run(typescript6.resolve("typescript/lib/tsc"));
