import { beforeAll, describe, expect, test } from "vitest";
import { createSimulator } from "../../src/simulator/index.ts";
import { run, start, type Finished } from "./command.ts";

interface Line {
  readonly about: string;
  readonly at: number;
  readonly [field: string]: unknown;
}

function linesOf({ stdout }: Finished): Line[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

const note = "Ending the work; Ctrl-C again ends at once.\n";

/** The values one after the other, repeats left out. */
function course(values: readonly unknown[]): unknown[] {
  return values.filter((value, index) => value !== values[index - 1]);
}

describe("desk --auto at the simulated contact centre", { timeout: 60_000 }, () => {
  let forPeople: Finished;
  let forPrograms: Finished;
  beforeAll(async () => {
    // Not for some seconds, which may be too few on a busy machine, but until the story is told.
    const until = async (words: string, ...options: string[]): Promise<Finished> => {
      const command = start(["desk", "--auto", ...options]);
      await command.says(words);
      command.signal("SIGTERM");
      return command.finished;
    };
    [forPeople, forPrograms] = await Promise.all([
      until("That was the story"),
      until('"state":"Left"', "--json"),
    ]);
  }, 60_000);

  test("ends with exit code 0 and a short sum", () => {
    expect({ code: forPeople.code, stderr: forPeople.stderr }).toEqual({ code: 0, stderr: note });
    expect(forPeople.stdout).toMatch(
      /\ninteractions {2}\d+: .+\noperations {4}\d+: \d+ Done\nconnection {4}lost once, recovered\nanomalies {5}none\n$/,
    );
  });

  test.each([
    {
      what: "signing in and getting Ready",
      steps: [
        "Connecting",
        "CatchingUp",
        "Live",
        "email       → Ready",
        "email       Ready",
        "email       ✓ Ready: Done",
      ],
    },
    {
      what: "an email that is answered",
      steps: [
        "A customer writes an email.",
        "email 1     Invited  zoe.brandt@mail.example: Do you have child seats?",
        "email 1     → Accept",
        "email 1     Accepted",
        "email 1     ✓ Accept: Done",
        "email 1     → Reply",
        "Composing  to zoe.brandt@mail.example: Re: Do you have child seats?",
        "→ Send",
        "ended: Sent",
        "email 1     → StopProcessing",
        "email 1     ended: Completed",
      ],
    },
    {
      what: "an offer that is taken back",
      steps: [
        "a supervisor takes it back",
        "Invited  ada@post.example: Invoice counted twice",
        "ended: Revoked",
      ],
    },
    {
      what: "a chat, through a cut of the connection",
      steps: [
        "A customer opens a chat.",
        "Ana: Hello, this is Ana. How can I help you?",
        "* Jürgen Groß is typing",
        "Jürgen Groß: You sent me an S and I ordered an M.",
        "* Ana is typing",
        "Ana: I see. Let me look that up for you.",
        "The connection is cut",
        "Recovering: the server cannot be reached, trying again",
        "Jürgen Groß: Are you still there?",
        "CatchingUp",
        "Live",
        "Nothing was lost: the desk shows exactly what the server knows.",
        "Jürgen Groß: Great, thank you. Bye!",
        "Ana: You are welcome. Goodbye!",
        "* Jürgen Groß left",
        "→ LeaveChat",
        "Left  Jürgen Groß: Wrong size",
        "→ StopProcessing",
        "ended: Completed",
      ],
    },
    {
      what: "the end of the work",
      steps: [
        "The work ends",
        "email       → NotReady",
        "email       NotReady",
        "connection  Stopped",
        "interactions  ",
      ],
    },
  ])("tells a newcomer of $what, step by step", ({ steps }) => {
    let position = 0;
    const missing = steps.filter((step) => {
      const found = forPeople.stdout.indexOf(step, position);
      position = Math.max(position, found);
      return found < 0;
    });
    expect(missing).toEqual([]);
  });

  test("with --json prints one object per change and nothing else", () => {
    expect({ code: forPrograms.code, stderr: forPrograms.stderr }).toEqual({ code: 0, stderr: note });
    const lines = linesOf(forPrograms);
    expect(new Set(lines.map(({ about }) => about))).toEqual(
      new Set(["connection", "channel", "interaction", "operation"]),
    );
    expect(lines.every(({ at }, index) => at >= (lines[index - 1]?.at ?? 0))).toBe(true);
  });

  test("with --json shows the connection lost, catching up and Live again", () => {
    const states = linesOf(forPrograms).flatMap(({ about, state }) =>
      about === "connection" ? [state] : [],
    );
    expect(course(states)).toEqual([
      "Connecting",
      "CatchingUp",
      "Live",
      "Recovering",
      "CatchingUp",
      "Live",
      "Stopped",
    ]);
  });

  test("with --json shows each life as the server told it, with the actions that existed", () => {
    const lines = linesOf(forPrograms).filter(({ about }) => about === "interaction");
    const lives = [...new Set(lines.map(({ id }) => id))].map((id) => {
      const own = lines.filter((line) => line["id"] === id);
      return `${String(own[0]?.["channel"])} ${course(own.map(({ state }) => state)).join(" ")}`;
    });
    expect(lives).toEqual(
      expect.arrayContaining([
        "email Invited Accepted Completed",
        "email Composing Sent",
        "email Invited Revoked",
        "chat Invited Accepted Left Completed",
      ]),
    );
    const offer = lines.find(({ state }) => state === "Invited");
    expect(offer).toMatchObject({
      actions: ["Accept", "Reject"],
      pending: [],
      capabilities: ["Accept", "Reject"],
    });
    expect(lines.every(({ gaps }) => gaps === null || (gaps as unknown[]).length === 0)).toBe(true);
  });

  test("with --json tells how each operation ended", () => {
    const operations = linesOf(forPrograms).filter(({ about }) => about === "operation");
    const names = new Set(operations.map(({ operation }) => operation));
    expect([...names]).toEqual(
      expect.arrayContaining(["Ready", "Accept", "Reply", "Send", "LeaveChat", "StopProcessing", "NotReady"]),
    );
    expect(new Set(operations.map(({ outcome }) => outcome))).toEqual(new Set(["Done"]));
    expect(operations.find(({ operation }) => operation === "Reply")).toMatchObject({
      channel: "email",
      interactionId: expect.any(String) as unknown,
    });
  });
});

describe("the end of a desk", { timeout: 40_000 }, () => {
  test("Ctrl-C once ends the work politely", async () => {
    const command = start(["desk", "--auto"]);
    await command.says("Ana joined");
    command.signal("SIGINT");
    const { code, stdout, stderr } = await command.finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: note });
    expect(stdout).toContain("✓ NotReady: Done");
    expect(stdout).toMatch(/Ana: I have to leave now\. Goodbye![^]+chat 2 {6}ended: Completed/);
    expect(stdout).not.toMatch(/The work ends[^]+✓ Accept/);
    expect(stdout).not.toContain("unfinished");
  });

  test("Ctrl-C twice ends it at once", async () => {
    const simulator = createSimulator();
    await simulator.start();
    try {
      const args = ["desk", "--auto", "--url", simulator.url, "--user", "agent1"];
      const command = start(args, { env: { DESKSTATE_PASSWORD: "secret-agent1" } });
      await command.says("chat        ✓ Ready: Done");
      // So that the polite end has something to wait for.
      simulator.faults.silence("agent1");
      command.signal("SIGINT");
      await command.says("The work ends");
      command.signal("SIGINT");
      const { code, stdout } = await command.finished;
      expect(code).toBe(130);
      expect(stdout).not.toContain("Stopped");
    } finally {
      await simulator.stop();
    }
  });

  test("a reader that goes away is no failure", async () => {
    const command = start(["desk", "--auto"]);
    await command.says("Connecting");
    command.stopReading();
    expect(await command.finished).toMatchObject({ code: 0, stderr: "" });
  });

  test("a server that was never reached is one", async () => {
    const simulator = createSimulator();
    await simulator.start();
    const { url } = simulator;
    await simulator.stop();
    const args = ["desk", "--auto", "--url", url, "--user", "agent1", "--for", "500ms"];
    const { code, stdout, stderr } = await run(args, { env: { DESKSTATE_PASSWORD: "geheim" } });
    expect(code).toBe(1);
    expect(stdout).toContain("Connecting: the server cannot be reached, trying again");
    expect(stderr).toBe("deskstate: The desk was never Live: the server cannot be reached.\n");
  });
});

describe("a desk whose server refuses", { timeout: 30_000 }, () => {
  test("tells programs what the server said, and what the agent failed at", async () => {
    const simulator = createSimulator();
    await simulator.start();
    try {
      simulator.faults.refuse({ statusMessage: "The queue is closed." }, { operationName: "Send" });
      const email = simulator.customers.email();
      const args = ["desk", "--auto", "--json", "--url", simulator.url, "--user", "agent1"];
      const command = start(args, { env: { DESKSTATE_PASSWORD: "secret-agent1" } });
      await command.says('"about":"failure"');
      command.signal("SIGINT");
      const finished = await command.finished;
      expect({ code: finished.code, stderr: finished.stderr }).toEqual({ code: 0, stderr: note });
      const lines = linesOf(finished);
      expect(lines.find(({ outcome }) => outcome === "Refused")).toMatchObject({
        about: "operation",
        operation: "Send",
        message: "The queue is closed.",
      });
      const failure = lines.find(({ about }) => about === "failure");
      expect(failure).toMatchObject({ part: "email", id: email.id, step: "reply", code: "not-done" });
      expect(failure).not.toHaveProperty("error");
    } finally {
      await simulator.stop();
    }
  });

  test("ends with exit code 1 when it lets the agent in no more", async () => {
    const simulator = createSimulator();
    await simulator.start();
    try {
      const args = ["desk", "--auto", "--url", simulator.url, "--user", "agent1"];
      const command = start(args, { env: { DESKSTATE_PASSWORD: "secret-agent1" } });
      await command.says("chat        ✓ Ready: Done");
      simulator.faults.refuse({ httpStatus: 401 });
      simulator.faults.dropConnections();
      const { code, stdout, stderr } = await command.finished;
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: "deskstate: The server refused user or password. Check --user and DESKSTATE_PASSWORD.\n",
      });
      expect(stdout).not.toContain("✗");
    } finally {
      await simulator.stop();
    }
  });
});

describe("a desk at another server", { timeout: 30_000 }, () => {
  test("a wrong password is one line and exit code 1, and the right one is never printed", async () => {
    const password = "correct-horse-Grüße";
    const simulator = createSimulator({ agents: [{ user: "ben", password }] });
    await simulator.start();
    try {
      const args = ["desk", "--auto", "--url", `${simulator.url}/`, "--user", "ben"];
      const [right, wrong] = await Promise.all([
        run([...args, "--for", "2s", "--channels", "email"], { env: { DESKSTATE_PASSWORD: password } }),
        run([...args, "--json"], { env: { DESKSTATE_PASSWORD: "wrong-horse" } }),
      ]);
      expect({ code: right.code, stderr: right.stderr }).toEqual({ code: 0, stderr: "" });
      expect(right.stdout).toContain("✓ Ready: Done");
      expect(right.stdout).toMatch(/^ +2\.\d\ds +The work ends/m);
      expect(right.stdout).not.toContain("chat        → Ready");
      expect(right.stdout).not.toContain("simulated");
      expect(wrong.code).toBe(1);
      expect(wrong.stderr).toBe(
        "deskstate: The server refused user or password. Check --user and DESKSTATE_PASSWORD.\n",
      );
      expect(linesOf(wrong).at(-1)).toMatchObject({ state: "Stopped", stopReason: "authentication-failed" });
      for (const { stdout, stderr } of [right, wrong]) expect(stdout + stderr).not.toMatch(/horse/);
    } finally {
      await simulator.stop();
    }
  });
});
