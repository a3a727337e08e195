import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { exitCodes } from "../src/exit-codes.ts";
import { loginFile } from "../src/session/logins.ts";
import { asked, corbenic, type DrivenCloud, startDrivenCloud } from "./driven-cloud.ts";
import { runProgram } from "./program.ts";

let cloud: DrivenCloud;
beforeAll(async () => {
  cloud = await startDrivenCloud();
});
afterAll(() => cloud?.remove());

/** The cells of a table, by its rows. */
const rowsOf = (out: string) =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().split(/ {2,}/));

describe("logging in", () => {
  test("commands that need a token say how to get one", async () => {
    const { code, error } = await corbenic("job", "list");
    expect(code).toBe(exitCodes.notAuthenticated.code);
    expect(error).toContain("corbenic login");
  });

  test("a wrong password is refused, and a right one kept for later commands", async () => {
    const { email, password } = cloud.admin;
    const refused = await runProgram(["login", email, "--password-stdin"], "wrong\n");
    expect(refused).toMatchObject({ code: exitCodes.notAuthenticated.code, stdout: "" });
    expect(refused.stderr).toContain("The email or the password is not right");
    const { code, stdout } = await runProgram(["login", email, "--password-stdin"], `${password}\n`);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(`as ${email}`) });
    expect(stdout).not.toContain(password);
    expect((await corbenic("user", "show")).out).toMatch(/^Email +admin@corbenic\.local$/m);
  });

  test("whoever logs out is forgotten here, and the token ended there", async () => {
    const logins = loginFile(join(cloud.folder, "config", "corbenic", "logins.json"));
    const login = logins.read(cloud.url)!;
    expect((await corbenic("logout")).code).toBe(0);
    expect(logins.read(cloud.url)).toBeUndefined();
    const { code } = await corbenic("user", "show", "--token", login.token);
    expect(code).toBe(exitCodes.notAuthenticated.code);
    await runProgram(["login", cloud.admin.email, "--password-stdin"], cloud.admin.password);
  });
});

describe("jobs", () => {
  test("are submitted, waited for, and shown as a histogram", async () => {
    const { code, out } = await corbenic("job", "submit", "--wait", "--name", "HOM", "--group", "first");
    expect(code).toBe(0);
    expect(out).toMatch(/\|2,0> {2}█{20}·{20} {2}0\.5000/);
    expect(rowsOf((await corbenic("job", "list", "--group", "first")).out)[1]).toEqual([
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      "HOM",
      "sim:qa",
      "probs",
      "completed",
      expect.any(String),
    ]);
  });

  test("are read one by one: fields and events, result, raw result, each change", async () => {
    const [{ job_id: id }] = await asked<[{ job_id: string }]>("job", "list", "--name", "HOM");
    const shown = (await corbenic("job", "show", id)).out;
    expect(shown).toMatch(/^Status +completed$/m);
    expect(rowsOf(shown).map(([, what]) => what)).toEqual(
      expect.arrayContaining(["submit", "acquire", "complete"]),
    );
    expect((await corbenic("job", "result", id, "--top", "1")).out).toContain("and 1 more states");
    expect(JSON.parse((await corbenic("job", "result", id, "--raw")).out)).toHaveProperty("results");
    const watched = await corbenic("job", "watch", id, "--json");
    expect(
      watched.out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).status),
    ).toEqual(["completed"]);
    expect((await corbenic("job", "watch", id)).out).toContain("|0,2>");
  });

  test("take a payload from a file, with another command and number of shots", async () => {
    const [{ job_id: id }] = await asked<[{ job_id: string }]>("job", "list", "--name", "HOM");
    const path = join(cloud.folder, "payload.json");
    const { payload } = await fetch(`${cloud.url}/api/jobs/${id}/data`, {
      headers: { authorization: `Bearer ${cloud.jobToken}` },
    }).then((answer) => answer.json() as Promise<{ payload: object }>);
    writeFileSync(path, JSON.stringify(payload));
    const done = await corbenic(
      "job",
      "submit",
      path,
      "--command",
      "sample_count",
      "--shots",
      "50",
      "--wait",
    );
    expect(done.out).toContain("50 samples");
    writeFileSync(path, "{");
    expect(await corbenic("job", "submit", path)).toMatchObject({ code: exitCodes.usage.code });
    const missing = await corbenic("job", "submit", join(cloud.folder, "none.json"));
    expect(missing.error).toMatch(/^There is no file .*none\.json\.$/);
  });

  test("are canceled, and run again as new ones", async () => {
    await asked("platform", "register", "sim:nobody");
    await asked("permission", "grant", cloud.admin.email, "sim:nobody");
    const { job_id: id } = await asked<{ job_id: string }>("job", "submit", "--platform", "sim:nobody");
    const canceled = await corbenic("job", "cancel", id, "00000000-0000-4000-8000-000000000000");
    expect(canceled.code).toBe(exitCodes.refused.code);
    expect(new Set(rowsOf(canceled.out).map(([, outcome]) => outcome))).toEqual(
      new Set(["OUTCOME", "canceled", "not found"]),
    );
    const waited = await corbenic("job", "watch", id);
    expect(waited.code).toBe(exitCodes.jobFailed.code);
    expect(waited.error).toContain("ended as canceled");
    const { job_id: again } = await asked<{ job_id: string }>("job", "rerun", id);
    expect((await corbenic("job", "show", again)).out).toMatch(new RegExp(`^Runs again +${id}$`, "m"));
    await corbenic("job", "cancel", again);
  });

  test("that ended in error tell its code and what to do", async () => {
    const { job_id: id } = await asked<{ job_id: string }>("job", "submit", "--platform", "sim:nobody");
    await cloud.pool.query(
      `update jobs set state = 'error', ended_at = created_at, status_message = 'They have 9 states.',
              error_code = 'too_many_states' where id = $1`,
      [id],
    );
    const shown = (await corbenic("job", "show", id)).out;
    expect(shown).toMatch(/^Message +They have 9 states\.$/m);
    expect(shown).toMatch(/^Error +too_many_states$/m);
    expect(shown).toMatch(/^What to do +Use fewer photons or modes\./m);
  });

  test("that the cloud refuses are told with all that is wrong and what to do", async () => {
    const path = join(cloud.folder, "bad.json");
    writeFileSync(path, JSON.stringify({ command: "nope", circuit: ":PCVL:Circuit:x" }));
    const { code, error } = await corbenic("job", "submit", path);
    expect(code).toBe(exitCodes.refused.code);
    expect(error).toMatch(/^Cannot read payload/);
    expect(error).toMatch(/\n\(request [0-9a-f-]{36}\)$/);
  });
});

describe("job tokens", () => {
  test("are made with scopes, listed without their secrets, revoked, reopened and deleted", async () => {
    const made = await asked<{ token: string; token_id: number }>(
      ...["token", "create", "--label", "notebook", "--duration", "12h"],
      ...["--platform", "sim:*", "--shots-max", "100", "--read-only"],
    );
    const id = String(made.token_id);
    const refused = await corbenic("job", "submit", "--token", made.token);
    expect(refused.code).toBe(exitCodes.refused.code);
    const listed = (await corbenic("token", "list")).out;
    expect(listed).not.toContain(made.token);
    expect(rowsOf(listed).find(([each]) => each === id)).toEqual(
      expect.arrayContaining(["notebook", "live", "read, sim:*, 100 shots"]),
    );
    expect((await corbenic("token", "revoke", id)).out).toBe(`Revoked token ${id}.\n`);
    expect((await corbenic("token", "list", "--live")).out).not.toContain("notebook");
    expect((await corbenic("token", "reopen", id)).out).toBe(`Token ${id} is good again.\n`);
    expect((await corbenic("token", "delete", id)).out).toBe(`Deleted token ${id}.\n`);
    const gone = await corbenic("token", "delete", id);
    expect(gone.code).toBe(exitCodes.refused.code);
    expect(gone.error).toContain(`token ids: ${id}`);
  });
});

describe("platforms", () => {
  test("are registered, changed, planned to be maintained, and deleted", async () => {
    const made = await corbenic("platform", "register", "sim:lab", "--command", "probs", "samples");
    expect(made.out).toContain("corbenic key create sim:lab");
    expect(rowsOf((await corbenic("platform", "list")).out).map(([name]) => name)).toContain("sim:lab");
    const changed = await corbenic(
      "platform",
      "update",
      "sim:lab",
      "--status",
      "maintenance",
      "--shots-max",
      "9",
    );
    expect(changed.out).toContain("sim:lab is maintenance");
    expect((await corbenic("platform", "update", "sim:lab")).code).toBe(exitCodes.usage.code);
    const flag = {
      at: "2026-03-01T12:00:00Z",
      job_id: "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10",
      reason: "A job stopped its worker twice.",
    };
    await cloud.pool.query("update platforms set flag = $1 where name = 'sim:lab'", [flag]);
    expect((await corbenic("platform", "show", "sim:lab")).out).toMatch(
      /^Flag +A job stopped its worker twice\. Job 3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10, /m,
    );
    expect((await corbenic("platform", "update", "sim:lab", "--no-flag")).code).toBe(0);
    expect((await corbenic("platform", "show", "sim:lab")).out).not.toMatch(/^Flag/m);
    expect(await asked("platform", "show", "sim:lab")).toMatchObject({ flag: null });
    const planned = await corbenic("platform", "maintain", "sim:lab", "--in", "2h", "--for", "30m");
    expect(planned.out).toMatch(/^sim:lab is in maintenance from .* to /);
    expect((await corbenic("platform", "show", "sim:lab")).out).toMatch(/^Commands +probs, samples$/m);
    expect((await corbenic("platform", "delete", "sim:lab")).out).toContain("Deleted sim:lab");
    const gone = await corbenic("platform", "delete", "sim:lab");
    expect(gone).toMatchObject({ code: exitCodes.usage.code });
  });

  test("have worker keys, which are replaced and ended", async () => {
    const key = await asked<{ api_key: string; api_key_id: number }>(
      "key",
      "create",
      "sim:slos",
      "--label",
      "rack",
    );
    const listed = (await corbenic("key", "list")).out;
    expect(listed).not.toContain(key.api_key);
    expect(rowsOf(listed).find(([id]) => id === String(key.api_key_id))).toEqual(
      expect.arrayContaining(["rack", "live", "sim:slos"]),
    );
    const next = await asked<{ api_key_id: number }>(
      "key",
      "rotate",
      String(key.api_key_id),
      "--overlap",
      "1m",
    );
    expect((await corbenic("key", "delete", String(next.api_key_id))).code).toBe(0);
  });
});

describe("accounts", () => {
  test("are created with a password, granted platforms, changed, promoted and deleted", async () => {
    const ada = "ada@lab.example";
    const { password } = await asked<{ password: string }>(
      ...["user", "create", ada, "--first-name", "Ada", "--last-name", "Lovelace", "--platform", "sim:slos"],
    );
    expect(password.length).toBeGreaterThan(15);
    expect((await corbenic("user", "show", ada)).out).toMatch(/^Platforms +sim:slos$/m);
    await asked("permission", "grant", ada, "sim:qa");
    const permitted = rowsOf((await corbenic("permission", "list", "--user", ada)).out).slice(1);
    expect(permitted.map(([, , platform]) => platform).sort()).toEqual(["sim:qa", "sim:slos"]);
    await asked("permission", "withdraw", ada, "sim:slos");
    expect((await corbenic("user", "update", ada, "--priority", "5", "--disable")).out).toMatch(
      /^Priority +5$/m,
    );
    expect((await corbenic("user", "update", ada, "--enable", "--disable")).code).toBe(exitCodes.usage.code);
    expect((await corbenic("user", "update", ada, "--enable")).out).toMatch(/^State +enabled$/m);
    expect((await corbenic("user", "promote", ada)).out).toMatch(/^Role +administrator$/m);
    expect((await corbenic("user", "demote", ada)).out).toMatch(/^Role +user$/m);
    expect((await corbenic("user", "list", "--search", "lovelace")).out).toContain(ada);
    const reset = await asked<{ secret: string }>("user", "reset-password", ada);
    expect(Object.values(reset).join()).not.toContain(password);
    expect((await corbenic("user", "delete", ada)).out).toContain(`Deleted ${ada}`);
  });

  test("belong to companies, which are deleted when nobody does", async () => {
    await asked("user", "create", "bob@lab.example");
    await asked("company", "create", "Quantum Lab", "--share", "3");
    await asked("company", "add-member", "Quantum Lab", "bob@lab.example");
    expect((await corbenic("company", "delete", "Quantum Lab")).code).toBe(exitCodes.refused.code);
    expect((await corbenic("company", "update", "Quantum Lab", "--name", "Lab")).out).toContain(
      "is Lab, share 3",
    );
    expect((await corbenic("company", "list")).out).toContain("Lab");
    await asked("company", "remove-member", "Lab", "bob@lab.example");
    expect((await corbenic("company", "delete", "Lab")).out).toBe("Deleted company Lab.\n");
  });

  test("leave what they changed in the audit trail", async () => {
    const { out } = await corbenic("audit", "list", "--action", "company", "--limit", "2");
    expect(rowsOf(out).map(([, , action]) => action)).toEqual([
      "ACTION",
      "company.delete",
      expect.any(String),
    ]);
  });
});

describe("the cloud itself", () => {
  test("tells how it is, and is waited for", async () => {
    expect((await corbenic("status")).out).toMatch(/^http\S+ is ok: Corbenic \S+, answered in \d+ ms\.$/m);
    expect((await corbenic("wait-ready", "--timeout", "5")).out).toBe(`${cloud.url} is ready.\n`);
    const nowhere = await corbenic("wait-ready", "--url", "http://127.0.0.1:9", "--timeout", "0.01");
    expect(nowhere.code).toBe(exitCodes.timedOut.code);
  });

  test("has its settings shown with where they came from, without secrets", async () => {
    vi.stubEnv("CORBENIC_TOKEN", "cbn_j_secret");
    const { out } = await corbenic("config", "show");
    vi.stubEnv("CORBENIC_TOKEN", undefined);
    expect(rowsOf(out)).toContainEqual(["url", cloud.url, "CORBENIC_URL", "CORBENIC_URL"]);
    expect(out).not.toContain("cbn_j_secret");
  });

  test("is not backed up under a running server; afterwards its backup fills another, and its trail is whole", async () => {
    const file = join(cloud.folder, "cloud.backup");
    const used = ["--data-dir", cloud.dataDirectory];
    const busy = await corbenic("backup", file, ...used);
    expect(busy.code).toBe(exitCodes.failed.code);
    expect(busy.error).toContain("Another process uses the data directory");
    await cloud.stopServer();
    const { rows } = await asked<{ rows: Record<string, number> }>("backup", file, ...used);
    const other = ["--data-dir", join(cloud.folder, "other")];
    expect(await asked("restore", file, ...other)).toMatchObject({ rows });
    expect((await corbenic("restore", file, ...other)).code).toBe(exitCodes.failed.code);
    expect((await corbenic("audit", "verify", ...other)).out).toMatch(
      /^The audit trail is whole: \d+ events\.$/m,
    );
    expect((await corbenic("doctor", ...other, "--port", "0")).out).toMatch(/✓ +Database +embedded/);
    const gone = await corbenic("status");
    expect(gone).toMatchObject({
      code: exitCodes.failed.code,
      error: expect.stringContaining("Cannot reach"),
    });
  });
});
