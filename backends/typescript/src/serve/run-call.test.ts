import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createBrowser } from "../../test/browser.js";
import { expectProblem } from "../../test/expect-problem.js";
import { MizanProblem } from "../problem/mizan-problem.js";
import { createRegistry } from "../registry/registry.js";
import { server as fromServer } from "../registry/sources.js";
import { memoryRevisions } from "../revisions/memory-revisions.js";
import { createHandler } from "./create-handler.js";

const Note = z.object({ id: z.int(), text: z.string() }).meta({ id: "RunCallNote" });

/** A gate that a handler waits at until the test opens it. */
function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((done) => (open = done));
  let reach = (): void => {};
  const reached = new Promise<void>((done) => (reach = done));
  const wait = (): Promise<void> => {
    reach();
    return opened;
  };
  return { open, reached, wait };
}

/** Notes with a real transaction log, and mutations that a test can hold. */
function serveNotes() {
  const log: string[] = [];
  const notes = new Map([[1, "one"]]);
  const held = new Map<string, () => Promise<void>>();
  const revisions = memoryRevisions();
  const registry = createRegistry({
    info: { title: "Notes", version: "1" },
    session: null,
    contexts: {
      note: { cache: { scope: "private", ttl: 1 } },
      list: { cache: { scope: "private", ttl: 1 } },
    },
    transaction: async <Value>(work: (tx: { log: string[] }) => Promise<Value>): Promise<Value> => {
      const before = new Map(notes);
      log.push("begin");
      try {
        const value = await work({ log });
        log.push("commit");
        return value;
      } catch (cause) {
        log.push("rollback");
        notes.clear();
        for (const [id, text] of before) notes.set(id, text);
        throw cause;
      }
    },
  });
  const ofNote = { context: "note", params: { note_id: z.int() }, auth: "none" } as const;
  registry.query("note", { ...ofNote, output: Note.nullable() }, async ({ note_id }) => {
    await held.get("read")?.();
    const text = notes.get(note_id);
    return text === undefined ? null : { id: note_id, text };
  });
  registry.query(
    "notes",
    { context: "list", params: { owner_id: z.int() }, output: z.array(Note), auth: "none" },
    () => [],
  );
  registry.mutation(
    "write",
    {
      auth: "none",
      input: { note_id: z.int(), text: z.string() },
      output: Note.nullable(),
      merge: ["note"],
      affects: [{ context: "list", params: { owner_id: fromServer } }],
    },
    async ({ note_id, text }, { tx, scope, invalidate }) => {
      tx.log.push(`write ${text}`);
      notes.set(note_id, text);
      await held.get(text)?.();
      if (text === "fail") throw new Error("broken");
      if (text === "stale") {
        throw new MizanProblem(409, "stale", {
          invalidate: [{ context: "note", params: { note_id } }],
        });
      }
      if (text === "wrong") return { id: "x" } as never;
      if (text === "null") return null;
      if (text === "moved") {
        scope("list", { owner_id: 5 });
        invalidate("list", { owner_id: 6, nope: 1 });
      }
      return { id: note_id, text };
    },
  );
  const bump = revisions.bump.bind(revisions);
  const handle = createHandler(registry, {
    revisions: {
      ...revisions,
      bump: (asked) => {
        log.push("bump");
        return bump(asked);
      },
    },
  });
  const browser = createBrowser(handle);
  const write = (text: string, note_id = 1) => browser.post("/call/write", { note_id, text });
  return { browser, handle, write, log, notes, held };
}

describe("the dispatcher owns the transaction (protocol 5.3, 5.4)", () => {
  it("handler, commit, bump, answer: in this order, one bump for all targets (S2, S4)", async () => {
    const { write, log } = serveNotes();
    const { body } = await write("two");
    expect(log).toEqual(["begin", "write two", "commit", "bump"]);
    const revs = [
      ...(body["merge"] as { rev: number }[]),
      ...(body["invalidate"] as { rev: number }[]),
    ];
    expect(new Set(revs.map(({ rev }) => rev)).size).toBe(1);
  });

  it.each([
    ["a handler that throws", "fail"],
    ["an answer that breaks the contract", "wrong"],
  ])("%s is rolled back, and bumps nothing (S7)", async (_what, text) => {
    const { browser, write, log, notes } = serveNotes();
    const before = (await browser.get("/ctx/note/?note_id=1")).text;
    const reply = await write(text);
    expectProblem(reply, 500, "internal");
    expect(reply.headers.get("X-Mizan-Invalidate")).toBeNull();
    expect(log).toEqual(["begin", `write ${text}`, "rollback"]);
    expect(notes.get(1)).toBe("one");
    expect((await browser.get("/ctx/note/?note_id=1")).text).toBe(before);
  });

  it("a problem may say what has changed all the same: rolled back, then bumped", async () => {
    const { write, log } = serveNotes();
    const reply = await write("stale");
    expectProblem(reply, 409, "stale");
    expect(log).toEqual(["begin", "write stale", "rollback", "bump"]);
    const [item] = reply.body["invalidate"] as { rev: number }[];
    expect(item).toMatchObject({ context: "note", params: { note_id: 1 } });
    expect(reply.headers.get("X-Mizan-Invalidate")).toBe(`note;p="note_id=1";rev=${item?.rev}`);
  });

  it("a merge is downgraded when another mutation moved its scope meanwhile (S3)", async () => {
    const { write, held, browser } = serveNotes();
    const slow = gate();
    held.set("slow", slow.wait);
    const first = write("slow");
    await slow.reached;
    const second = await write("fast");
    expect(second.body["merge"]).toHaveLength(1);
    slow.open();
    const { body } = await first;
    expect(body["merge"]).toEqual([]);
    const [note] = body["invalidate"] as { context: string; params: object; rev: number }[];
    expect(note).toMatchObject({ context: "note", params: { note_id: 1 } });
    expect((await browser.get("/ctx/note/?note_id=1")).body["rev"]).toBe(note?.rev);
  });

  it("another scope moved meanwhile does not matter", async () => {
    const { write, held } = serveNotes();
    const slow = gate();
    held.set("slow", slow.wait);
    const first = write("slow");
    await slow.reached;
    await write("fast", 2);
    slow.open();
    expect((await first).body["merge"]).toHaveLength(1);
  });

  it("a read is labelled before its data is read: new data may have an old label, never the reverse (S1)", async () => {
    const { browser, write, held } = serveNotes();
    const before = (await browser.get("/ctx/note/?note_id=1")).body["rev"];
    const reading = gate();
    held.set("read", reading.wait);
    const read = browser.get("/ctx/note/?note_id=1");
    await reading.reached;
    held.delete("read");
    await write("two");
    reading.open();
    expect((await read).body).toMatchObject({ rev: before, data: { note: { text: "two" } } });
  });
});

describe("targets of a call", () => {
  it("a null is fetched, not written (onNull)", async () => {
    const { body } = await serveNotes().write("null");
    expect(body["merge"]).toEqual([]);
    expect(body["invalidate"]).toMatchObject([
      { context: "note", params: { note_id: 1 } },
      { context: "list" },
    ]);
  });

  it("what only the server knows comes from the handler; without it the target is wider", async () => {
    const { write } = serveNotes();
    const { rev, ...bare } = ((await write("two")).body["invalidate"] as { rev: number }[])[0] ?? {
      rev: 0,
    };
    expect(bare).toEqual({ context: "list" });
    expect(rev).toBeGreaterThan(0);
    expect((await write("moved")).body["invalidate"]).toMatchObject([
      { context: "list", params: { owner_id: 5 } },
      { context: "list", params: { owner_id: 6 } },
    ]);
  });

  it("a value above 256 KiB is fetched, not sent", async () => {
    const { body } = await serveNotes().write("x".repeat(262_144));
    expect(body["merge"]).toEqual([]);
    expect(body["invalidate"]).toMatchObject([{ context: "note" }, { context: "list" }]);
  });
});

it("what changes outside of mutations is told by hand (S8)", async () => {
  const { browser, handle } = serveNotes();
  const rev = async (id: number): Promise<number> =>
    Number((await browser.get(`/ctx/note/?note_id=${id}`)).body["rev"]);
  const [one, two] = [await rev(1), await rev(2)];
  await handle.invalidate("note", { note_id: 1 });
  expect(await rev(1)).toBeGreaterThan(one);
  expect(await rev(2)).toBe(two);
  await expect(handle.invalidate("nope")).rejects.toThrow(/no context "nope"/);
});

it("signing in without a session fails before the commit", async () => {
  const log: string[] = [];
  const registry = createRegistry({
    info: { title: "None", version: "1" },
    session: null,
    contexts: {},
    transaction: async <Value>(work: (tx: undefined) => Promise<Value>): Promise<Value> => {
      const value = await work(undefined);
      log.push("commit");
      return value;
    },
  });
  registry.mutation("enter", { auth: "none" }, (_args, { session }) => session.signIn({}));
  expectProblem(await createBrowser(createHandler(registry)).post("/call/enter"), 500, "internal");
  expect(log).toEqual([]);
});
