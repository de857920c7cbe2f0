import type { Case } from "../case.js";
import { memberOf, isRecord } from "../http/exchange.js";
import { joined, queryOf } from "./query-text.js";
import { sameBundle } from "./same-bundle.js";

/** Protocol 3.1: which requests there are. */
export const endpointCases: readonly Case[] = [
  {
    id: "3.1-slash",
    title: "Addresses are answered with and without the slash at their end, without a redirect",
    mend: "Route both forms to the same handler. A redirect loses the body of a POST and the headers of the answer.",
    async run(lab, trial) {
      for (const { context, visitor, params } of await lab.readings(trial.gap)) {
        const exchange = await visitor.readParams(context, params);
        const path = context.path.endsWith("/") ? context.path.slice(0, -1) : `${context.path}/`;
        const other = await visitor.readParams({ ...context, path }, params);
        const subject = `context ${context.name}`;
        if (trial.status(subject, other, exchange.answer.status))
          sameBundle(trial, subject, exchange, other);
      }
      for (const mutation of lab.contract.mutations) {
        const input = lab.values.invalidInput(mutation);
        if (input === undefined || mutation.session === "change") continue;
        const visitor = await lab.member();
        const usual = await lab.call(visitor, mutation, input);
        const path = mutation.path.endsWith("/") ? mutation.path.slice(0, -1) : `${mutation.path}/`;
        const other = await lab.call(visitor, { ...mutation, path }, input);
        trial.status(mutation.name, other, usual.answer.status);
      }
      const { sessionPath } = lab.contract;
      if (sessionPath !== null && sessionPath.endsWith("/")) {
        const visitor = lab.newAnonymous();
        const headers = { "x-mizan-protocol": "1" };
        const exchange = await visitor.send({
          method: "GET",
          target: visitor.target(sessionPath.slice(0, -1)),
          headers,
        });
        trial.status("session", exchange, 200);
      }
    },
  },
  {
    id: "3.1-method",
    title: "A wrong method is 405 with the right ones in Allow",
    mend: "Answer 405 with code `method` and an Allow header; a GET must never run a mutation.",
    async run(lab, trial) {
      const visitor = await lab.member();
      for (const { name, path } of lab.contract.mutations.slice(0, 3)) {
        for (const method of ["GET", "PUT", "DELETE"]) {
          const exchange = await visitor.send({
            method,
            target: visitor.target(path),
            headers: await visitor.callHeaders(),
          });
          if (!trial.refused(name, exchange, [405], ["method"])) continue;
          trial.header(name, exchange, "Allow", "POST", (allow) => /\bPOST\b/.test(allow));
        }
      }
      for (const { name, path } of lab.contract.contexts.slice(0, 2)) {
        const exchange = await visitor.send({
          method: "DELETE",
          target: visitor.target(path),
          headers: await visitor.callHeaders(),
        });
        if (!trial.refused(`context ${name}`, exchange, [405], ["method"])) continue;
        trial.header(
          `context ${name}`,
          exchange,
          "Allow",
          "GET and POST",
          (allow) => /\bGET\b/.test(allow) && /\bPOST\b/.test(allow),
        );
      }
    },
  },
  {
    id: "3.1-unknown-function",
    title: "A function that does not exist is 404 unknown_function",
    mend: "Answer 404 with code `unknown_function`: clients tell a stale contract by it. Names of `Object.prototype` are functions of nobody.",
    async run(lab, trial) {
      const visitor = await lab.member();
      for (const name of ["conformance_no_such_function", "__proto__", "constructor", "toString"]) {
        const exchange = await visitor.call({ path: `call/${name}` }, "{}");
        trial.refused(name, exchange, [404], ["unknown_function"]);
      }
    },
  },
  {
    id: "3.1-unknown-context",
    title: "A context that does not exist is 404 unknown_context",
    mend: "Answer 404 with code `unknown_context`: clients tell a stale contract by it.",
    async run(lab, trial) {
      const visitor = await lab.member();
      for (const name of ["conformance_no_such_context", "__proto__", "constructor"]) {
        const exchange = await visitor.send({
          method: "GET",
          target: visitor.target(`ctx/${name}/`),
          headers: { "x-mizan-protocol": "1" },
        });
        trial.refused(name, exchange, [404], ["unknown_context"]);
      }
    },
  },
  {
    id: "3.1-post-read",
    title: "POST of the params reads the same bundle, without a token, and is not cached",
    mend: 'Accept POST {"params": {...}} on each context as a read: same bundle, `Cache-Control: private, no-store`, no CSRF token, but X-Mizan-Protocol.',
    async run(lab, trial) {
      for (const { context, visitor, params } of await lab.readings(trial.gap)) {
        const exchange = await visitor.readParams(context, params);
        const subject = `context ${context.name}`;
        const request = {
          method: "POST",
          target: visitor.target(context.path),
          headers: {
            "content-type": "application/json",
            "x-mizan-protocol": "1",
            "sec-fetch-site": "same-origin",
          },
          body: JSON.stringify({ params }),
        };
        const posted = await visitor.send(request);
        if (trial.status(subject, posted, 200)) {
          sameBundle(trial, subject, exchange, posted);
          trial.header(subject, posted, "Cache-Control", "private, no-store", (value) =>
            /\bno-store\b/.test(value),
          );
        }
        const bare = await visitor.send(request, { "x-mizan-protocol": null });
        trial.refused(subject, bare, [400]);
      }
    },
  },
  {
    id: "3.1-only",
    title: "_only gives the slots that are asked for, and refuses those that are not declared",
    mend: "Run the functions of the named slots only, each once however often it is named; refuse unknown names with 400.",
    async run(lab, trial) {
      if (!lab.contract.features.includes("only"))
        return trial.gap("document", "the document does not name the feature `only`");
      for (const { context, visitor, exchange } of await lab.readings(trial.gap)) {
        const slot = context.queries[context.queries.length - 1]?.slot ?? "";
        const subject = `context ${context.name}`;
        const base = queryOf(exchange.request.target);
        const one = await visitor.read(context, joined(base, `_only=${slot}&_only=${slot}`));
        if (trial.status(subject, one, 200)) {
          const data = memberOf(one, "data");
          trial.check(
            isRecord(data) && Object.keys(data).join() === slot,
            subject,
            one,
            `data with ${slot} alone`,
          );
        }
        for (const name of ["conformance_no_such_slot", "__proto__"]) {
          trial.refused(
            subject,
            await visitor.read(context, joined(base, `_only=${name}`)),
            [400, 422],
          );
        }
      }
    },
  },
  {
    id: "3.1-rev-param",
    title: "_rev takes a revision that has been, and refuses any other text",
    mend: "Accept an integer up to the present sequence and ignore it; answer 400 to a greater one and to any other text, as it would pass by every cache.",
    async run(lab, trial) {
      for (const { context, visitor, exchange } of await lab.readings(trial.gap)) {
        const subject = `context ${context.name}`;
        const rev = memberOf(exchange, "rev");
        if (typeof rev !== "number") {
          trial.gap(subject, "its bundle has no rev (3.3-envelope)");
          continue;
        }
        const base = queryOf(exchange.request.target);
        const known = await visitor.read(context, joined(base, `_rev=${String(rev)}`));
        if (trial.status(subject, known, 200)) {
          trial.check(
            !isRecord(memberOf(known, "params")) ||
              !Object.hasOwn(memberOf(known, "params") as object, "_rev"),
            subject,
            known,
            "params without _rev",
            "params with _rev",
          );
        }
        for (const wrong of ["999999999999999", "-1", "abc", "1.5"]) {
          trial.refused(subject, await visitor.read(context, joined(base, `_rev=${wrong}`)), [400]);
        }
      }
    },
  },
  {
    id: "3.1-session-read",
    title: "The session endpoint takes GET and nothing else",
    mend: "Answer other methods with 405 and Allow: GET.",
    async run(lab, trial) {
      if (lab.contract.sessionPath === null)
        return trial.gap("document", "the document says that there is no session");
      const visitor = lab.newAnonymous();
      const exchange = await visitor.send({
        method: "DELETE",
        target: visitor.target(lab.contract.sessionPath),
        headers: { "x-mizan-protocol": "1" },
      });
      trial.refused("session", exchange, [405], ["method"]);
    },
  },
];
