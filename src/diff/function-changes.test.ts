import { describe, expect, it } from "vitest";
import {
  context,
  contract,
  api as apiWith,
  mutation,
  number,
  object,
  param,
  query,
  string,
  view,
} from "../emit/test/build.js";
import type { Api, Context, Contract, FileField, Form, Mutation, Query, View } from "../ir/api.js";
import type { ChangeClass } from "./contract-change.js";
import { describeChange } from "./describe-change.js";
import { diffApis } from "./diff-apis.js";

type Told = readonly [sentence: string, found: ChangeClass][];

/** What is told of two contracts, and the other way round. */
function told(before: Api, after: Api): { forth: Told; back: Told } {
  const tell = (one: Api, other: Api): Told =>
    diffApis(one, other).map((change) => [describeChange(change), change.class]);
  return { forth: tell(before, after), back: tell(after, before) };
}

function ofMutation(before: Partial<Mutation>, after: Partial<Mutation>): ReturnType<typeof told> {
  const make = (parts: Partial<Mutation>): Api => apiWith({ mutations: [mutation("f", parts)] });
  return told(make(before), make(after));
}

function ofQuery(before: Partial<Query>, after: Partial<Query>): ReturnType<typeof told> {
  const make = (parts: Partial<Query>): Api =>
    apiWith({ contexts: [context("c", { queries: [query("f", string, parts)] })] });
  return told(make(before), make(after));
}

function ofContext(before: Partial<Context>, after: Partial<Context>): ReturnType<typeof told> {
  const make = (parts: Partial<Context>): Api =>
    apiWith({ contexts: [context("c", { queries: [query("f", string)], ...parts })] });
  return told(make(before), make(after));
}

function ofView(before: Partial<View>, after: Partial<View>): ReturnType<typeof told> {
  const make = (parts: Partial<View>): Api => apiWith({ views: [view("f", parts)] });
  return told(make(before), make(after));
}

function ofContract(before: Partial<Contract>, after: Partial<Contract>): ReturnType<typeof told> {
  const make = (parts: Partial<Contract>): Api => apiWith({ contract: { ...contract, ...parts } });
  return told(make(before), make(after));
}

describe("changes of a mutation", () => {
  it("how it is called", () => {
    expect(ofMutation({}, { path: "do/f", encoding: "multipart" }).forth).toEqual([
      ["~ f: is now at do/f, was at call/f", "breaking"],
      ["~ f: is now sent as multipart, was as json", "breaking"],
    ]);
    expect(ofMutation({}, { csrf: false, session: "change", concurrency: "latest" })).toEqual({
      forth: [
        ["~ f: no longer asks for a CSRF token", "compatible"],
        ["~ f: may now change who is signed in", "review"],
        ["~ f: calls are now latest, were parallel", "neutral"],
      ],
      back: [
        ["~ f: now asks for a CSRF token", "breaking"],
        ["~ f: no longer changes who is signed in", "compatible"],
        ["~ f: calls are now parallel, were latest", "neutral"],
      ],
    });
    expect(ofMutation({}, { idempotent: true }).forth).toEqual([
      ["~ f: is now idempotent", "compatible"],
    ]);
  });

  it("what it changes elsewhere", () => {
    const merge = {
      context: "c",
      slot: "s",
      mode: "replace",
      key: ["id"],
      value: [],
      params: [],
      onNull: "invalidate",
    } as const;
    expect(ofMutation({ merges: [merge] }, {})).toEqual({
      forth: [["~ f: merge.c.s is no longer filled from the answer", "review"]],
      back: [["~ f: merge.c.s is now filled from the answer", "compatible"]],
    });
    expect(
      ofMutation({ merges: [merge] }, { merges: [{ ...merge, mode: "patch" }] }).forth,
    ).toEqual([["~ f: merge.c.s is merged by patch now, was by replace", "compatible"]]);
    const bound = { param: "p", source: { from: "input", path: ["p"] } } as const;
    expect(
      ofMutation({ merges: [merge] }, { merges: [{ ...merge, params: [bound] }] }).forth,
    ).toEqual([["~ f: merge.c.s finds its params elsewhere now", "review"]]);
    const affect = { context: "c", params: [], viewers: "all" } as const;
    expect(ofMutation({ affects: [affect] }, {})).toEqual({
      forth: [["~ f: affects.c is no longer read anew", "review"]],
      back: [["~ f: affects.c is now read anew", "compatible"]],
    });
    expect(
      ofMutation({ affects: [affect] }, { affects: [{ ...affect, viewers: "self" }] }),
    ).toEqual({
      forth: [["~ f: affects.c is read anew for the caller only", "review"]],
      back: [["~ f: affects.c is read anew for all viewers", "compatible"]],
    });
  });

  it("the files it takes", () => {
    const file: FileField = { path: ["image"], multiple: false, maxBytes: 10, accept: ["image/*"] };
    const more: FileField = {
      path: ["image"],
      multiple: true,
      maxBytes: 20,
      accept: ["image/*", "text/plain"],
    };
    expect(ofMutation({ files: [file] }, { files: [more] })).toEqual({
      forth: [
        ["~ f: input.image has maxBytes 20 now, was 10", "compatible"],
        ["~ f: input.image takes several files now", "compatible"],
        ["~ f: input.image accepts image/*, text/plain now, was image/*", "compatible"],
      ],
      back: [
        ["~ f: input.image has maxBytes 10 now, was 20", "breaking"],
        ["~ f: input.image takes one file only now", "breaking"],
        ["~ f: input.image accepts image/* now, was image/*, text/plain", "breaking"],
      ],
    });
  });

  it("its form", () => {
    const field = { path: ["name"], required: true, sensitive: false, constraints: {} };
    const form: Form = { type: object({ name: string }), at: [], fields: [field], validate: "v/" };
    expect(ofMutation({ form }, { form: null })).toEqual({
      forth: [["~ f: form is gone", "breaking"]],
      back: [["~ f: form is new", "compatible"]],
    });
    const relabelled = { ...form, fields: [{ ...field, label: "Your name" }] };
    expect(ofMutation({ form }, { form: relabelled }).forth).toEqual([
      ["~ f: form is presented differently", "neutral"],
    ]);
    expect(ofMutation({ form }, { form: { ...form, at: ["form"], validate: "w/" } }).forth).toEqual(
      [
        ["~ f: form takes its values from another part of the input", "breaking"],
        ["~ f: form is checked at w/ now, was at v/", "breaking"],
      ],
    );
  });

  it("who may call it", () => {
    const auth = { mode: "required", permissions: ["read"], schemes: ["cookie"] } as const;
    const other = { mode: "required", permissions: ["read", "write"], schemes: ["token"] } as const;
    expect(ofMutation({ auth }, { auth: other })).toEqual({
      forth: [
        ["~ f: auth asks for write now", "review"],
        ["~ f: auth no longer takes cookie", "breaking"],
      ],
      back: [
        ["~ f: auth no longer asks for write", "compatible"],
        ["~ f: auth no longer takes token", "breaking"],
      ],
    });
    expect(
      ofMutation({ auth: { ...auth, schemes: [] } }, { auth: { ...auth, schemes: ["token"] } })
        .forth,
    ).toEqual([["~ f: auth takes only token now", "review"]]);
  });

  it("what is said of it", () => {
    expect(ofMutation({ stability: "stable" }, { stability: "experimental", tags: ["x"] })).toEqual(
      {
        forth: [
          ["~ f: is now experimental, was stable", "review"],
          ["~ f: is now filed under x, was under nothing", "neutral"],
        ],
        back: [
          ["~ f: is now stable, was experimental", "neutral"],
          ["~ f: is now filed under nothing, was under x", "neutral"],
        ],
      },
    );
    const docs = { deprecated: "use g" } as const;
    expect(ofMutation({}, { docs })).toEqual({
      forth: [["~ f: is deprecated: use g", "compatible"]],
      back: [["~ f: is no longer deprecated", "neutral"]],
    });
    const names = { ...mutation("f").names, value: "f2" };
    expect(ofMutation({}, { names }).forth).toEqual([
      ["~ f: is called f2 in the client now, was f", "review"],
    ]);
  });

  it("its errors", () => {
    const error = { code: "taken", status: 409, data: object({ by: string }) };
    const other = { ...error, status: 410, data: object({ by: number }) };
    expect(ofMutation({ errors: [error] }, { errors: [other] }).forth).toEqual([
      ["~ f: errors.taken now comes with status 410, was 409", "review"],
      ["~ f: errors.taken.by is now number, was string", "breaking"],
    ]);
    expect(ofMutation({ errors: [error] }, { errors: [{ ...error, data: null }] })).toEqual({
      forth: [["~ f: errors.taken is now unknown, was { by: string }", "breaking"]],
      back: [["~ f: errors.taken is now { by: string }, was unknown", "compatible"]],
    });
  });
});

describe("changes of a query and its context", () => {
  it("where it stands and what it is told apart by", () => {
    expect(ofQuery({}, { slot: "s", optional: true })).toEqual({
      forth: [
        ["~ f: slot is now s, was f", "breaking"],
        ["~ f: optional may now be missing from its bundle", "breaking"],
      ],
      back: [
        ["~ f: slot is now f, was s", "breaking"],
        ["~ f: optional is never missing from its bundle now", "compatible"],
      ],
    });
    expect(ofQuery({}, { key: ["id"] })).toEqual({
      forth: [["~ f: key is now id", "compatible"]],
      back: [["~ f: key is gone, was id", "breaking"]],
    });
    const page = { style: "page", params: { page: "p" } } as const;
    expect(ofQuery({}, { pagination: page })).toEqual({
      forth: [["~ f: pagination is new (page)", "compatible"]],
      back: [["~ f: pagination is gone", "breaking"]],
    });
    expect(
      ofQuery({ pagination: page }, { pagination: { ...page, style: "offset" } }).forth,
    ).toEqual([["~ f: pagination is now by offset, was by page", "breaking"]]);
  });

  it("moves to another context", () => {
    const make = (name: string): Api =>
      apiWith({
        contexts: ["a", "b"].map((wireName) =>
          context(wireName, {
            queries: [
              query(`own_${wireName}`, string),
              ...(wireName === name ? [query("f", string)] : []),
            ],
          }),
        ),
      });
    expect(told(make("a"), make("b")).forth).toEqual([
      ["~ f: is now in context b, was in a", "breaking"],
    ]);
  });

  it("uses others of the params of its context", () => {
    const both = [param("p", string), param("q", string, { required: false })];
    const make = (params: readonly string[]): Partial<Context> => ({
      params: both,
      queries: [query("f", string, { params }), query("g", string, { params: ["p", "q"] })],
    });
    expect(ofContext(make([]), make(["q"]))).toEqual({
      forth: [["~ f: params now uses q", "compatible"]],
      back: [["~ f: params no longer uses q", "compatible"]],
    });
    expect(ofContext(make(["q"]), make(["p"])).forth).toEqual([
      ["~ f: params now uses p and no longer uses q", "review"],
    ]);
  });

  it("how the context is read", () => {
    expect(ofContext({}, { path: "x/", cache: { scope: "private", ttl: 5 } }).forth).toEqual([
      ["~ context c: is now at x/, was at ctx/c/", "breaking"],
      ["~ context c: cache.ttl is now 5, was none", "neutral"],
    ]);
    const params = [param("p", string)];
    const written = [param("p", string, { codec: "json" })];
    expect(ofContext({ params }, { params: written }).forth).toEqual([
      ["~ context c: params.p is now written as json, was as string", "breaking"],
    ]);
    const renamed = [param("r", string)];
    expect(ofContext({ params }, { params: renamed }).forth).toEqual([
      [
        "~ context c: params.r is new and `p` of the same type is gone: it looks renamed",
        "breaking",
      ],
    ]);
  });
});

describe("changes of a view", () => {
  it("how it is asked and what it answers with", () => {
    const before: Partial<View> = { produces: ["text/csv"] };
    const after: Partial<View> = {
      produces: ["text/csv", "text/html"],
      method: "POST",
      path: "/g",
    };
    expect(ofView(before, after)).toEqual({
      forth: [
        ["~ f: is now asked by POST, was by GET", "breaking"],
        ["~ f: is now at /g, was at /f", "breaking"],
        ["~ f: may now answer with text/html", "review"],
      ],
      back: [
        ["~ f: is now asked by GET, was by POST", "breaking"],
        ["~ f: is now at /f, was at /g", "breaking"],
        ["~ f: now answers with text/csv, was text/csv or text/html", "breaking"],
      ],
    });
    const input = object({ a: string });
    expect(ofView({}, { input })).toEqual({
      forth: [["~ f: body is new", "breaking"]],
      back: [["~ f: body is gone", "breaking"]],
    });
    expect(ofView({ input }, { input, encoding: "json" }).forth).toEqual([
      ["~ f: is now sent as json, was as form", "breaking"],
    ]);
  });

  it("is no mutation any more", () => {
    const changes = told(
      apiWith({ views: [view("f")] }),
      apiWith({ mutations: [mutation("f")] }),
    ).forth;
    expect(changes).toEqual([["~ f: is now a mutation, was a view", "breaking"]]);
  });
});

describe("changes of the contract as a whole", () => {
  it("where it is served and what it can do", () => {
    expect(ofContract({}, { base: "/api/", sessionPath: null, version: "1.1" }).forth).toEqual([
      ["~ protocol version is now 1.1, was 1.0", "neutral"],
      ["~ base is now /api/, was /", "breaking"],
      ["~ session is now none, was /session/", "breaking"],
    ]);
    expect(ofContract({}, { features: ["only"], limits: { urlBytes: 100 } })).toEqual({
      forth: [
        ["~ features now has only", "compatible"],
        ["~ limits.urlBytes is now 100, was the default", "review"],
      ],
      back: [
        ["~ features no longer has only", "review"],
        ["~ limits.urlBytes is now the default, was 100", "compatible"],
      ],
    });
    expect(ofContract({ fingerprint: "a", producer: "x" }, { fingerprint: "b" }).forth).toEqual([]);
  });
});

describe("renames", () => {
  it("are not made up where nothing speaks for them", () => {
    const silent = (name: string): Api =>
      apiWith({ mutations: [mutation(name, { argument: "none", output: { kind: "void" } })] });
    expect(told(silent("logout"), silent("ping")).forth).toEqual([
      ["- logout", "breaking"],
      ["+ ping", "compatible"],
    ]);
    expect(told(silent("log_out"), silent("logout")).forth).toEqual([
      [
        "~ logout: is new and has the signature of log_out, which is gone: it looks renamed",
        "breaking",
      ],
    ]);
    const placed = (name: string): Api =>
      apiWith({ mutations: [mutation(name, { path: "do/it", input: object({ a: string }) })] });
    expect(told(placed("a"), placed("b")).forth).toEqual([
      ["~ b: is new and has the signature of a, which is gone: it looks renamed", "review"],
    ]);
    const slotted = (name: string): Api =>
      apiWith({ contexts: [context("c", { queries: [query(name, string, { slot: "s" })] })] });
    expect(told(slotted("a"), slotted("b")).forth).toEqual([
      ["~ b: is new and has the signature of a, which is gone: it looks renamed", "review"],
    ]);
    const two = (...names: readonly string[]): Api =>
      apiWith({ mutations: names.map((name) => mutation(name, { input: object({ a: string }) })) });
    expect(told(two("save_user", "drop"), two("save_users", "other")).forth).toEqual([
      ["- drop", "breaking"],
      ["+ other", "compatible"],
      [
        "~ save_users: is new and has the signature of save_user, which is gone: it looks renamed",
        "breaking",
      ],
    ]);
  });
});
