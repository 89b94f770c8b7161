import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createServer } from "vite";

const { values } = parseArgs({ options: { port: { type: "string" } } });
const port = values.port === undefined ? 5173 : Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error("--port takes a number from 0 to 65535.");
  process.exit(2);
}

const server = await createServer({
  root: fileURLToPath(new URL(".", import.meta.url)),
  logLevel: "warn",
  clearScreen: false,
  // A port that was asked for is that port or none.
  server: { port, strictPort: values.port !== undefined },
});
await server.listen();
const [address] = server.resolvedUrls?.local ?? [];
console.log(`deskstate: open ${address} for an agent desk and its contact centre. Ctrl-C ends both.`);

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    void server.close().then(() => process.exit(0));
  });
}
