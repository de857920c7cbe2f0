import { isDeepStrictEqual } from "node:util";
import type { Case } from "../case.js";
import { isRecord, jsonOf, memberOf } from "../http/exchange.js";
import { has } from "./has-directive.js";

const none = "the document says that there is no session";
const noSignIn = "nobody can be signed in: give --sign-in 'function={...}'";

/** Protocol 3.7: the session endpoint and the epoch. */
export const sessionCases: readonly Case[] = [
  {
    id: "3.7-session",
    title:
      "The session endpoint gives the token, who is there, the epoch, the fingerprint and the features",
    mend: 'Answer {"mizan": 1, "csrf": {"header", "token", "field"}, "user": null or an object, "epoch", "schema", "features"} with `private, no-store`.',
    async run(lab, trial) {
      if (lab.contract.sessionPath === null) return trial.gap("document", none);
      const { exchange } = await lab.newAnonymous().openSession();
      const subject = "session of somebody unknown";
      if (!trial.status(subject, exchange, 200)) return;
      const body = jsonOf(exchange);
      if (!trial.check(isRecord(body), subject, exchange, "a JSON object") || !isRecord(body))
        return;
      const say = (name: string): string =>
        `${name}: ${JSON.stringify(body[name])?.slice(0, 80) ?? "absent"}`;
      trial.check(body["mizan"] === 1, subject, exchange, "mizan: 1", say("mizan"));
      const csrf = isRecord(body["csrf"]) ? body["csrf"] : {};
      const hasToken = ["header", "token"].every(
        (name) => typeof csrf[name] === "string" && csrf[name] !== "",
      );
      trial.check(hasToken, subject, exchange, "csrf with header and token", "csrf without them");
      trial.check(body["user"] === null, subject, exchange, "user: null", say("user"));
      trial.check(
        typeof body["epoch"] === "string" && body["epoch"] !== "",
        subject,
        exchange,
        "epoch: a text",
        say("epoch"),
      );
      const { fingerprint, features } = lab.contract;
      if (fingerprint !== undefined)
        trial.check(
          body["schema"] === fingerprint,
          subject,
          exchange,
          `schema: "${fingerprint}"`,
          say("schema"),
        );
      const sorted = (list: unknown): unknown =>
        Array.isArray(list) ? [...(list as string[])].sort() : list;
      trial.check(
        isDeepStrictEqual(sorted(body["features"]), sorted(features)),
        subject,
        exchange,
        `features: ${JSON.stringify(features)}`,
        say("features"),
      );
    },
  },
  {
    id: "3.7-session-no-store",
    title: "The session is private, no-store",
    mend: "Send `Cache-Control: private, no-store`: a token in a cache is a token for everybody.",
    async run(lab, trial) {
      if (lab.contract.sessionPath === null) return trial.gap("document", none);
      const { exchange } = await lab.newAnonymous().openSession();
      trial.header(
        "session",
        exchange,
        "Cache-Control",
        "private, no-store",
        (value) => has(value, "private") && has(value, "no-store"),
      );
    },
  },
  {
    id: "3.7-session-user",
    title: "The session of somebody who is signed in says who it is",
    mend: "Answer `user` as an object once somebody is signed in.",
    async run(lab, trial) {
      if (lab.contract.sessionPath === null) return trial.gap("document", none);
      if (!lab.knowsAMember) return trial.gap("session", noSignIn);
      const { exchange, user } = await (await lab.newMember()).openSession();
      trial.check(
        isRecord(user),
        "session",
        exchange,
        "user: an object",
        `user: ${JSON.stringify(user) ?? "absent"}`,
      );
    },
  },
  {
    id: "3.7-epoch",
    title: "The epoch stands on private answers, and is that of the session",
    mend: "Send X-Mizan-Epoch on private and no-store answers: clients that see another one drop what is private.",
    async run(lab, trial) {
      if (lab.contract.sessionPath === null) return trial.gap("document", none);
      const visitor = await lab.member();
      const { epoch, exchange } = await visitor.openSession();
      trial.header("session", exchange, "X-Mizan-Epoch", String(epoch), (value) => value === epoch);
      for (const reading of await lab.readings(trial.gap)) {
        if (reading.context.scope === "public" || reading.visitor !== visitor) continue;
        const again = await visitor.readParams(reading.context, reading.params);
        trial.header(
          `context ${reading.context.name}`,
          again,
          "X-Mizan-Epoch",
          String(epoch),
          (value) => value === epoch,
        );
      }
    },
  },
  {
    id: "3.7-epoch-sign-in",
    title: "Signing in changes the epoch, at once and on every later answer",
    mend: "Derive the epoch from the identity and its privileges, and send the new one with the very answer that changes them.",
    async run(lab, trial) {
      const { signIn } = lab;
      if (lab.contract.sessionPath === null) return trial.gap("document", none);
      if (signIn === undefined) return trial.gap("session", noSignIn);
      const visitor = lab.newAnonymous();
      const before = await visitor.openSession();
      const exchange = await lab.call(visitor, signIn.mutation, signIn.input);
      if (!trial.status(signIn.mutation.name, exchange, 200)) return;
      const after = await visitor.openSession();
      trial.check(
        after.epoch !== before.epoch,
        "session",
        after.exchange,
        "another epoch than before",
        String(after.epoch),
      );
      trial.header(
        signIn.mutation.name,
        exchange,
        "X-Mizan-Epoch",
        "the epoch of the new session",
        (value) => value === after.epoch,
      );
    },
  },
  {
    id: "3.7-epoch-sign-out",
    title: "Signing out changes the epoch and forgets who was there",
    mend: "End the session on the server, not only its cookie: the old cookie must read nothing that is private.",
    async run(lab, trial) {
      const mutation = lab.contract.mutations.find(
        ({ session, auth }) => session === "change" && auth === "required",
      );
      if (mutation === undefined)
        return trial.gap("document", "no function with `session: change` asks who is there");
      if (lab.contract.sessionPath === null || lab.signIn === undefined)
        return trial.gap("session", noSignIn);
      const [input] = lab.values.inputsOf(mutation).values;
      if (input === undefined) return trial.gap(mutation.name, "it has no values");
      const visitor = await lab.newMember();
      const before = await visitor.openSession();
      const old = visitor.cookies.header;
      const exchange = await lab.call(visitor, mutation, input);
      if (!trial.status(mutation.name, exchange, 200)) return;
      const after = await visitor.openSession();
      trial.check(
        after.user === null,
        "session",
        after.exchange,
        "user: null",
        JSON.stringify(after.user) ?? "absent",
      );
      trial.check(
        after.epoch !== before.epoch,
        "session",
        after.exchange,
        "another epoch than before",
        String(after.epoch),
      );
      const context = lab.contract.contexts.find(({ queries }) =>
        queries.every(({ auth }) => auth === "required"),
      );
      const reading = context && (await lab.reading(context));
      if (reading === undefined || typeof reading === "string") return;
      const late = await lab
        .newAnonymous()
        .readParams(reading.context, reading.params, { cookie: old });
      trial.refused(
        `context ${reading.context.name}, with the old cookie`,
        late,
        [401],
        ["unauthenticated"],
      );
    },
  },
  {
    id: "3.7-sign-in-all",
    title: "A change of the session invalidates everything",
    mend: 'Answer `invalidate: [{"context": "*"}]` where the document declares `affects: *`.',
    async run(lab, trial) {
      for (const mutation of lab.contract.mutations) {
        if (
          mutation.session !== "change" ||
          mutation.affects.every(({ context }) => context !== "*")
        )
          continue;
        const observed = await lab.observation(mutation);
        if (typeof observed === "string") {
          trial.gap(mutation.name, observed);
          continue;
        }
        trial.check(
          observed.invalidate.some(({ context }) => context === "*"),
          mutation.name,
          observed.exchange,
          'invalidate with "*"',
          JSON.stringify(memberOf(observed.exchange, "invalidate")) ?? "absent",
        );
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no function changes the session and affects *");
    },
  },
  {
    id: "3.7-protocol",
    title:
      "A call without X-Mizan-Protocol is 400, and an unknown version says which are supported",
    mend: "Ask for the header before anything else is done: it forces a CORS preflight. For a version that is not yours answer 400 `protocol_unsupported` with `supported: [1]`.",
    async run(lab, trial) {
      const visitor = await lab.member();
      for (const mutation of lab.contract.mutations
        .filter(({ session }) => session === "keep")
        .slice(0, 4)) {
        const input = lab.values.inputsOf(mutation).values[0] ?? {};
        trial.refused(
          mutation.name,
          await lab.call(visitor, mutation, input, { "x-mizan-protocol": null }),
          [400],
          ["malformed", "protocol_unsupported"],
        );
        const other = await lab.call(visitor, mutation, input, { "x-mizan-protocol": "99" });
        if (!trial.refused(mutation.name, other, [400], ["protocol_unsupported"])) continue;
        trial.check(
          isDeepStrictEqual(memberOf(other, "supported"), [1]),
          mutation.name,
          other,
          "supported: [1]",
          JSON.stringify(memberOf(other, "supported")) ?? "absent",
        );
      }
      if (trial.checks === 0)
        trial.gap("document", "the document declares no mutation that keeps the session");
    },
  },
  {
    id: "3.9-headers",
    title: "Answers say the version of the protocol and the fingerprint of the contract",
    mend: "Send `X-Mizan-Protocol: 1` and `X-Mizan-Schema: <fingerprint of the document>` with every bundle and every call.",
    async run(lab, trial) {
      const readings = (await lab.readings(trial.gap)).map(
        ({ context, exchange }) => [`context ${context.name}`, exchange] as const,
      );
      const calls = (await lab.observations(trial.gap)).map(
        ({ mutation, exchange }) => [mutation.name, exchange] as const,
      );
      const { fingerprint } = lab.contract;
      for (const [subject, exchange] of [...readings, ...calls]) {
        trial.header(subject, exchange, "X-Mizan-Protocol", "1", (value) => value === "1");
        if (fingerprint !== undefined)
          trial.header(
            subject,
            exchange,
            "X-Mizan-Schema",
            fingerprint,
            (value) => value === fingerprint,
          );
      }
    },
  },
  {
    id: "3.9-skew",
    title: "A client of another contract is served all the same",
    mend: "Never refuse or redirect for a foreign X-Mizan-Schema: the client finds out by the answer's.",
    async run(lab, trial) {
      for (const { context, visitor, params } of await lab.readings(trial.gap)) {
        if (context.scope === "public") continue;
        trial.status(
          `context ${context.name}`,
          await visitor.readParams(context, params, { "x-mizan-schema": "sha256-OLD" }),
          200,
        );
      }
      if (trial.checks === 0) trial.gap("document", "no context that can be read is private");
    },
  },
];
