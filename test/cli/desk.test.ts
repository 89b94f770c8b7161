import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { fastClock, start, startProcess, type Finished, type RunningCommand } from "./command.ts";

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

const finishing = "Finishing the work; Ctrl-C again ends it immediately.\n";
const clock = fastClock(5);
const env = { DESKSTATE_PASSWORD: "secret-agent1" };

/** Returns the values in order, without repeats. */
function withoutRepeats(values: readonly unknown[]): unknown[] {
  return values.filter((value, index) => value !== values[index - 1]);
}

async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = createSimulator({ clock, ...options });
  await simulator.start();
  onTestFinished(() => simulator.stop());
  return simulator;
}

/** Resolves when no operation of the agent is pending any more. */
async function becomesReady({ prints }: RunningCommand): Promise<void> {
  for (const channel of ["email       ", "chat        "]) await prints(`${channel}✓ Ready: done`);
}

function startDesk({ url }: Simulator, ...options: readonly string[]) {
  return start(["desk", "--auto", "--url", url, "--user", "agent1", ...options], { env, clock });
}

describe("desk --auto at the simulated contact centre", { timeout: 60_000 }, () => {
  let forPeople: Finished;
  let forPrograms: Finished;
  beforeAll(async () => {
    const runUntil = async (text: string, ...options: string[]): Promise<Finished> => {
      const command = start(["desk", "--auto", ...options], { clock });
      await command.prints(text);
      command.signal("SIGTERM");
      return command.finished;
    };
    [forPeople, forPrograms] = await Promise.all([
      runUntil("The scenario is over"),
      runUntil('"state":"Left"', "--json"),
    ]);
  }, 60_000);

  test("ends with exit code 0 and a short summary", () => {
    expect({ code: forPeople.code, stderr: forPeople.stderr }).toEqual({ code: 0, stderr: finishing });
    expect(forPeople.stdout).toMatch(
      /\ninteractions {2}\d+: .+\noperations {4}\d+: \d+ Done\nconnection {4}lost once, recovered\nanomalies {5}none\n$/,
    );
  });

  test.each([
    {
      what: "signing in and getting Ready",
      steps: [
        "Connecting",
        "Catching up",
        "Live",
        "email       → Ready",
        "email       Ready",
        "email       ✓ Ready: done",
      ],
    },
    {
      what: "an email that is answered",
      steps: [
        "A customer writes an email.",
        "email 1     Invited  zoe.brandt@mail.example: Do you have child seats?",
        "email 1     → Accept",
        "email 1     Accepted",
        "email 1     ✓ Accept: done",
        "email 1     → Reply",
        "Composing  to zoe.brandt@mail.example: Re: Do you have child seats?",
        "→ Send",
        "ended: Sent",
        "email 1     → StopProcessing",
        "email 1     ended: Completed",
      ],
    },
    {
      what: "an offer that is revoked",
      steps: [
        "a supervisor revokes the offer",
        "Invited  ada@post.example: Invoice counted twice",
        "ended: Revoked",
      ],
    },
    {
      what: "a chat, through a lost connection",
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
        "Catching up",
        "Live",
        "Nothing was lost: the desk shows exactly what the server knows.",
        "Jürgen Groß: Great, thank you. Bye!",
        "Ana: You are welcome. Goodbye!",
        "* Jürgen Groß left",
        "→ LeaveChat",
        "Left  Jürgen Groß: Incorrect size",
        "→ StopProcessing",
        "ended: Completed",
      ],
    },
    {
      what: "the end of the work",
      steps: [
        "The work ends",
        "email       → NotReady",
        "email       Not ready",
        "connection  Stopped",
        "interactions  ",
      ],
    },
  ])("prints $what, step by step", ({ steps }) => {
    let position = 0;
    const missing = steps.filter((step) => {
      const found = forPeople.stdout.indexOf(step, position);
      position = Math.max(position, found);
      return found < 0;
    });
    expect(missing).toEqual([]);
  });

  test("with --json prints one object per change and nothing else", () => {
    expect({ code: forPrograms.code, stderr: forPrograms.stderr }).toEqual({ code: 0, stderr: finishing });
    const lines = linesOf(forPrograms);
    expect(new Set(lines.map(({ about }) => about))).toEqual(
      new Set(["connection", "channel", "interaction", "operation"]),
    );
    expect(lines.every(({ at }, index) => at >= (lines[index - 1]?.at ?? 0))).toBe(true);
  });

  test("with --json prints the connection lost, catching up and Live again", () => {
    const states = linesOf(forPrograms).flatMap(({ about, state }) =>
      about === "connection" ? [state] : [],
    );
    expect(withoutRepeats(states)).toEqual([
      "Connecting",
      "CatchingUp",
      "Live",
      "Recovering",
      "CatchingUp",
      "Live",
      "Stopped",
    ]);
  });

  test("with --json prints the states of each interaction, and the actions that existed", () => {
    const lines = linesOf(forPrograms).filter(({ about }) => about === "interaction");
    const lives = [...new Set(lines.map(({ id }) => id))].map((id) => {
      const own = lines.filter((line) => line["id"] === id);
      return `${String(own[0]?.["channel"])} ${withoutRepeats(own.map(({ state }) => state)).join(" ")}`;
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

  test("with --json prints the outcome of each operation", () => {
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
    const command = start(["desk", "--auto"], { clock });
    await command.prints("Ana joined");
    command.signal("SIGINT");
    const { code, stdout, stderr } = await command.finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: finishing });
    expect(stdout).toContain("✓ NotReady: done");
    expect(stdout).toMatch(/Ana: I have to leave now\. Goodbye![^]+chat 2 {6}ended: Completed/);
    expect(stdout).not.toMatch(/The work ends[^]+✓ Accept/);
    expect(stdout).not.toContain("unfinished");
  });

  test("Ctrl-C twice ends the process immediately", async () => {
    const simulator = await startSimulator();
    const command = startDesk(simulator);
    await becomesReady(command);
    // The polite end then waits for a confirmation, which does not come.
    simulator.faults.silence("agent1");
    command.signal("SIGINT");
    command.signal("SIGINT");
    const { code, stdout, stderr } = await command.finished;
    expect({ code, stderr }).toEqual({ code: 130, stderr: finishing });
    expect(stdout).not.toContain("Stopped");
  });

  test("a reader that goes away is not a failure", async () => {
    const command = startProcess(["desk", "--auto"]);
    await command.prints("Connecting");
    command.stopReading();
    expect(await command.finished).toMatchObject({ code: 0, stderr: "" });
  });

  test("a server that was never reached is a failure when the time is up", async () => {
    const simulator = await startSimulator();
    simulator.faults.refuseConnections(true);
    const { code, stdout, stderr } = await startDesk(simulator, "--for", "2s").finished;
    expect(code).toBe(1);
    expect(stdout).toContain("Connecting: the server cannot be reached, trying again");
    expect(Number(/^ +(\d+\.\d\d)s +The work ends/m.exec(stdout)?.[1])).toBeGreaterThanOrEqual(1.99);
    expect(stderr).toBe("deskstate: The desk was never Live: the server cannot be reached.\n");
  });
});

describe("a desk whose server refuses", { timeout: 30_000 }, () => {
  test("prints for programs the server's message and the failure of the bot", async () => {
    const simulator = await startSimulator();
    simulator.faults.refuse({ statusMessage: "The queue is closed." }, { operationName: "Send" });
    const email = simulator.customers.email();
    const command = startDesk(simulator, "--json");
    await command.prints('"about":"failure"');
    command.signal("SIGINT");
    const finished = await command.finished;
    expect({ code: finished.code, stderr: finished.stderr }).toEqual({ code: 0, stderr: finishing });
    const lines = linesOf(finished);
    expect(lines.find(({ outcome }) => outcome === "Refused")).toMatchObject({
      about: "operation",
      operation: "Send",
      message: "The queue is closed.",
    });
    const failure = lines.find(({ about }) => about === "failure");
    expect(failure).toMatchObject({ part: "email", id: email.id, step: "reply", code: "not-done" });
    expect(failure).not.toHaveProperty("error");
  });

  test("ends with exit code 1 when it lets the agent in no more", async () => {
    const simulator = await startSimulator();
    const command = startDesk(simulator);
    await becomesReady(command);
    simulator.faults.refuse({ httpStatus: 401 });
    // Without a session the next poll has to sign in, whether or not a poll is open now.
    simulator.faults.expireSession("agent1");
    simulator.faults.expireComet("agent1");
    const { code, stdout, stderr } = await command.finished;
    expect({ code, stderr }).toEqual({ code: 1, stderr: refusal });
    expect(stdout).not.toContain("✗");
  });
});

const refusal =
  "deskstate: The server refused the user name or the password. Check --user and DESKSTATE_PASSWORD.\n";

describe("a desk at another server", { timeout: 30_000 }, () => {
  test("a password that is refused is one line and exit code 1, and the right one is never printed", async () => {
    const password = "correct-horse-Grüße";
    const simulator = await startSimulator({ agents: [{ user: "ben", password }] });
    const args = ["desk", "--auto", "--url", `${simulator.url}/`, "--user", "ben"];
    const refused = await start([...args, "--json"], { env: { DESKSTATE_PASSWORD: "other-horse" } }).finished;
    const command = start([...args, "--channels", "email"], { env: { DESKSTATE_PASSWORD: password }, clock });
    await command.prints("✓ Ready: done");
    command.signal("SIGINT");
    const right = await command.finished;
    expect({ code: right.code, stderr: right.stderr }).toEqual({ code: 0, stderr: finishing });
    expect(right.stdout).not.toContain("chat        → Ready");
    expect(right.stdout).not.toContain("simulated");
    expect({ code: refused.code, stderr: refused.stderr }).toEqual({ code: 1, stderr: refusal });
    expect(linesOf(refused).at(-1)).toMatchObject({ state: "Stopped", stopReason: "authentication-failed" });
    for (const { stdout, stderr } of [right, refused]) expect(stdout + stderr).not.toMatch(/horse/);
  });
});

describe("a desk without --auto", { timeout: 30_000 }, () => {
  test("is followed line by line, and nothing is performed", async () => {
    const simulator = await startSimulator();
    const args = ["desk", "--url", simulator.url, "--user", "agent1"];
    const command = start(args, { env, clock });
    await command.prints("Live: ");
    const email = simulator.customers.email({ subject: "Bell" });
    simulator.offer(email.id, "agent1");
    await command.prints("now possible: Accept, Reject");
    command.signal("SIGINT");
    const { code, stdout } = await command.finished;
    expect(code).toBe(0);
    expect(stdout).toMatch(/email 1 +Invited .+: Bell/);
    expect(stdout).toContain("operations    none");
    expect(simulator.snapshot("agent1").channels["email"]?.state).not.toBe("Ready");
  });

  test("at the simulated contact centre prints how to let a bot work", async () => {
    const command = start(["desk"], { clock });
    await command.prints("add --auto to let a bot work");
    command.signal("SIGINT");
    expect(await command.finished).toMatchObject({ code: 0 });
  });
});
