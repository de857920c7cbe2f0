import type { Case } from "../case.js";
import { headerOf, isRecord, memberOf, textOf } from "../http/exchange.js";
import { has } from "./has-directive.js";

/** Protocol 3.3: who may keep a bundle, and for how long. */
export const cacheCases: readonly Case[] = [
  {
    id: "3.3-etag",
    title: "Cacheable bundles carry a weak ETag, and If-None-Match gives 304 with X-Mizan-Rev",
    mend: 'Send `ETag: W/"<rev>-<hash of the body>"`; for a match answer 304 without a body, with the ETag and X-Mizan-Rev, so that clients can clear a stale flag.',
    async run(lab, trial) {
      for (const { context, visitor, params } of await lab.readings(trial.gap)) {
        if (context.scope === "none") continue;
        const subject = `context ${context.name}`;
        const exchange = await visitor.readParams(context, params);
        const rev = String(memberOf(exchange, "rev"));
        const etag = headerOf(exchange, "etag");
        if (
          !trial.header(
            subject,
            exchange,
            "ETag",
            `W/"${rev}-<hash>"`,
            (value) => value.startsWith(`W/"${rev}-`) && /^W\/"[!#-~]+"$/.test(value),
          )
        )
          continue;
        const again = await visitor.readParams(context, params, { "if-none-match": etag });
        if (trial.status(subject, again, 304)) {
          trial.check(again.answer.body.length === 0, subject, again, "no body");
          trial.header(subject, again, "X-Mizan-Rev", "an integer", (value) =>
            /^\d{1,15}$/.test(value),
          );
          trial.header(subject, again, "ETag", etag, (value) => value === etag);
        }
        const other = await visitor.readParams(context, params, {
          "if-none-match": 'W/"1-conformance"',
        });
        trial.status(subject, other, 200);
      }
      if (trial.checks === 0) trial.gap("document", "no context that can be read may be cached");
    },
  },
  {
    id: "3.3-cache-none",
    title: "A context of scope none is private, no-store",
    mend: "Send `Cache-Control: private, no-store`.",
    async run(lab, trial) {
      for (const { context, exchange } of await lab.readings(trial.gap)) {
        if (context.scope !== "none") continue;
        trial.header(
          `context ${context.name}`,
          exchange,
          "Cache-Control",
          "private, no-store",
          (value) => has(value, "private") && has(value, "no-store"),
        );
      }
      if (trial.checks === 0)
        trial.gap("document", "no context that can be read has the scope none");
    },
  },
  {
    id: "3.3-cache-private",
    title: "A private context is private, no-cache and varies by who asks",
    mend: "Send `Cache-Control: private, no-cache` and `Vary: Cookie` (or Authorization): shared caches keep out, browsers ask again.",
    async run(lab, trial) {
      for (const { context, exchange } of await lab.readings(trial.gap)) {
        if (context.scope !== "private" || isRecord(memberOf(exchange, "errors"))) continue;
        const subject = `context ${context.name}`;
        trial.header(
          subject,
          exchange,
          "Cache-Control",
          "private, no-cache",
          (value) => has(value, "private") && has(value, "no-cache") && !has(value, "public"),
        );
        trial.header(
          subject,
          exchange,
          "Vary",
          "Cookie or Authorization",
          (value) => has(value, "cookie") || has(value, "authorization"),
        );
        trial.check(
          headerOf(exchange, "cdn-cache-control") === "",
          subject,
          exchange,
          "no CDN-Cache-Control",
          () => headerOf(exchange, "cdn-cache-control"),
        );
      }
      if (trial.checks === 0) trial.gap("document", "no private context can be read");
    },
  },
  {
    id: "3.3-cache-public",
    title: "A public context says how long the edge may keep it, with tags to purge it by",
    mend: "Send `Cache-Control: public, max-age=0, must-revalidate`, `CDN-Cache-Control: public, max-age=<ttl>, stale-while-revalidate=<swr>` and `Cache-Tag: mz-<context>`; no cookie, no epoch, no `Vary: Cookie`.",
    async run(lab, trial) {
      for (const { context, exchange } of await lab.readings(trial.gap)) {
        if (context.scope !== "public") continue;
        const subject = `context ${context.name}`;
        trial.header(
          subject,
          exchange,
          "Cache-Control",
          "public, max-age=0, must-revalidate",
          (value) => ["public", "max-age=0", "must-revalidate"].every((word) => has(value, word)),
        );
        const swr =
          context.swr === undefined ? [] : [`stale-while-revalidate=${String(context.swr)}`];
        const cdn = ["public", `max-age=${String(context.ttl)}`, ...swr];
        trial.header(subject, exchange, "CDN-Cache-Control", cdn.join(", "), (value) =>
          cdn.every((word) => has(value, word)),
        );
        const tag = `mz-${context.name}`.toLowerCase();
        trial.header(
          subject,
          exchange,
          "Cache-Tag",
          `${tag}, at most 16 tags of [a-z0-9._-]`,
          (value) => {
            const tags = value.split(",").map((text) => text.trim());
            return (
              tags.includes(tag) &&
              tags.length <= 16 &&
              tags.every((each) => /^[a-z0-9][a-z0-9._-]{0,127}$/.test(each))
            );
          },
        );
        trial.check(
          exchange.answer.cookies.length === 0,
          subject,
          exchange,
          "no Set-Cookie",
          "Set-Cookie",
        );
        trial.check(
          headerOf(exchange, "x-mizan-epoch") === "",
          subject,
          exchange,
          "no X-Mizan-Epoch",
          "X-Mizan-Epoch",
        );
        trial.header(
          subject,
          exchange,
          "Vary",
          "no Cookie",
          (value) => !has(value, "cookie") && !has(value, "authorization") && !has(value, "*"),
        );
      }
      if (trial.checks === 0) trial.gap("document", "the document declares no public context");
    },
  },
  {
    id: "3.3-public-anonymous",
    title: "A public context is the same with and without cookies",
    mend: "Run the functions of public contexts with a request that has no session and no cookies, and set none: the edge gives everybody the same answer.",
    async run(lab, trial) {
      for (const context of lab.contract.contexts.filter(({ scope }) => scope === "public")) {
        const reading = await lab.reading(context);
        const subject = `context ${context.name}`;
        if (typeof reading === "string") {
          trial.gap(subject, reading);
          continue;
        }
        const bare = await lab.newAnonymous().readParams(context, reading.params);
        const known = await (
          await lab.member()
        ).readParams(context, reading.params, {
          ...(lab.knowsAMember
            ? {}
            : { cookie: "sessionid=conformance; mizan_session=conformance" }),
        });
        if (!trial.status(subject, known, bare.answer.status)) continue;
        trial.check(
          textOf(bare) === textOf(known),
          subject,
          known,
          "the very bytes that somebody without cookies gets",
        );
        const names = ["cache-control", "cdn-cache-control", "vary", "etag", "cache-tag"];
        const differing = names.filter((name) => headerOf(bare, name) !== headerOf(known, name));
        trial.check(
          differing.length === 0,
          subject,
          known,
          "the same headers",
          `other ${differing.join(", ")}`,
        );
        trial.check(
          known.answer.cookies.length === 0,
          subject,
          known,
          "no Set-Cookie",
          "Set-Cookie",
        );
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "the document declares no public context");
    },
  },
];
