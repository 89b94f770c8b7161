import { createServer, type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { run, start } from "./command.ts";

function signIn(url: string, user: string, password: string): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  return fetch(`${url}/me`, { headers: { authorization } });
}

test("simulate prints how to connect, and serves until Ctrl-C", async () => {
  const command = start(["simulate", "--agents", "3", "--seed", "7", "--rate", "2.5", "--no-csrf"]);
  const printed = await command.prints("Ctrl-C ends it.");
  expect(printed).toContain("(seed 7)");
  expect(printed).toContain("About 2.5 customers a minute are offered");
  expect(printed).toMatch(
    /\n {2}agent1 {2}secret-agent1\n {2}agent2 {2}secret-agent2\n {2}agent3 {2}secret-agent3\n/,
  );
  const [, url] =
    /\n {2}DESKSTATE_PASSWORD=secret-agent1 npx deskstate desk --url (\S+) --user agent1\n/.exec(printed) ??
    [];
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v2$/);

  const answers = await Promise.all([
    signIn(url!, "agent3", "secret-agent3"),
    signIn(url!, "agent3", "secret-agent1"),
    signIn(url!, "agent4", "secret-agent4"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 401]);
  expect(answers[0]?.headers.get("x-csrf-token")).toBeNull();

  command.signal("SIGINT");
  expect(await command.finished).toEqual({ code: 0, stdout: printed, stderr: "" });
}, 60_000);

test("a port that is taken is one line and exit code 1", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  expect(await run(["simulate", "--port", String(port)])).toEqual({
    code: 1,
    stdout: "",
    stderr: `deskstate: Port ${port} cannot be used: it is taken.\n`,
  });
});
