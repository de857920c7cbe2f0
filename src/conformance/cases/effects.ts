import { canonicalQuery } from "../../kernel/canonical.js";
import type { Case } from "../case.js";
import { codecsOf } from "../contract/codecs.js";
import { headerOf, memberOf, type Exchange } from "../http/exchange.js";
import { GrammarError, parseInvalidateHeader, type HeaderItem } from "../http/invalidate-header.js";
import type { Laboratory } from "../laboratory.js";
import { boundParams, type Item } from "../observe-call.js";
import { observeViews } from "../observe-view.js";
import type { Trial } from "../trial.js";

const name = "X-Mizan-Invalidate";

/** Protocol 3.5: the header that says what has changed. */
export const effectCases: readonly Case[] = [
  {
    id: "3.5-grammar",
    title: "X-Mizan-Invalidate keeps to its grammar, on calls and on views",
    mend: 'Write `user;p="user_id=7";rev=42, orders;p="user_id=7";rev=42`: an sf-list of known contexts, `p` a quoted canonical query, at most 4,096 bytes.',
    async run(lab, trial) {
      for (const { mutation, exchange } of await lab.observations(trial.gap))
        judge(lab, trial, mutation.name, exchange);
      for (const { view, exchange } of await observeViews(lab, trial.gap))
        judge(lab, trial, view.name, exchange);
    },
  },
  {
    id: "3.5-union",
    title: "X-Mizan-Invalidate names what the body merges and invalidates, with the same rev",
    mend: "Write the header from the union of `invalidate` and `merge`: the edge reads it and not the body.",
    async run(lab, trial) {
      for (const { mutation, exchange, invalidate, merge } of await lab.observations(trial.gap)) {
        const items = [...invalidate, ...merge];
        if (items.length === 0) continue;
        const header = parsed(exchange);
        if (
          !trial.check(
            header.length > 0,
            mutation.name,
            exchange,
            `${name} with ${String(items.length)} targets`,
            `${name}: ${headerOf(exchange, name) || "none"}`,
          )
        )
          continue;
        for (const item of items) {
          trial.check(
            header.some((each) => names(lab, each, item)),
            mutation.name,
            exchange,
            `${JSON.stringify(item.context)} ${JSON.stringify(item.params ?? {})} in ${name}`,
            headerOf(exchange, name),
          );
        }
        const extra = header.filter(
          (each) =>
            each.context !== "*" &&
            !items.some((item) => item.context === each.context || item.context === "*"),
        );
        trial.check(
          extra.length === 0,
          mutation.name,
          exchange,
          "no context that the body does not name",
          extra.map(({ context }) => context).join(", "),
        );
      }
    },
  },
  {
    id: "3.5-nothing",
    title: "Reads and refused calls name nothing in X-Mizan-Invalidate",
    mend: "Send the header with answers of mutations that took place, and with problems that carry `invalidate`; with nothing else.",
    async run(lab, trial) {
      for (const { context, exchange } of await lab.readings(trial.gap)) {
        trial.check(
          headerOf(exchange, name) === "",
          `context ${context.name}`,
          exchange,
          `no ${name}`,
          () => headerOf(exchange, name),
        );
      }
      for (const mutation of lab.contract.mutations) {
        const invalid = lab.values.invalidInput(mutation);
        if (invalid === undefined || mutation.session === "change") continue;
        const exchange = await lab.call(await lab.member(), mutation, invalid);
        if (exchange.answer.status < 400 || memberOf(exchange, "invalidate") !== undefined)
          continue;
        trial.check(headerOf(exchange, name) === "", mutation.name, exchange, `no ${name}`, () =>
          headerOf(exchange, name),
        );
      }
    },
  },
  {
    id: "3.5-view",
    title:
      "A view that changes something names it in X-Mizan-Invalidate, and what it names has moved on",
    mend: "Send the header with answers of views too: it is all that their readers have.",
    async run(lab, trial) {
      for (const { view, params, exchange, after } of await observeViews(lab, trial.gap)) {
        const header = parsed(exchange);
        for (const affect of view.affects) {
          const bound = boundParams(affect.params, params);
          trial.check(
            header.some((item) => item.context === "*" || item.context === affect.context),
            view.name,
            exchange,
            `${affect.context} ${JSON.stringify(bound)} in ${name}`,
            headerOf(exchange, name) || "none",
          );
        }
        for (const read of after) {
          const rev = memberOf(read, "rev");
          const least = Math.max(0, ...header.map((item) => item.rev ?? 0));
          trial.check(
            typeof rev === "number" && rev >= least,
            view.name,
            read,
            `a bundle of rev ${String(least)} or later`,
            `rev ${String(rev)}`,
          );
        }
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "no view declares an effect");
    },
  },
  {
    id: "3.10-view",
    title: "A view answers one of its content types",
    mend: "Answer what `produces` declares.",
    async run(lab, trial) {
      for (const { view, exchange } of await observeViews(lab, trial.gap)) {
        if (!trial.status(view.name, exchange, 200)) continue;
        trial.header(view.name, exchange, "Content-Type", view.produces.join(" or "), (value) =>
          view.produces.includes((value.split(";")[0] ?? "").trim().toLowerCase()),
        );
      }
      if (trial.checks === 0 && trial.gaps.length === 0)
        trial.gap("document", "the document declares no view");
    },
  },
];

function judge(lab: Laboratory, trial: Trial, subject: string, exchange: Exchange): void {
  const text = headerOf(exchange, name);
  trial.check(
    Buffer.byteLength(text) <= 4096,
    subject,
    exchange,
    "at most 4,096 bytes",
    String(Buffer.byteLength(text)),
  );
  let items: readonly HeaderItem[] = [];
  try {
    items = parseInvalidateHeader(text);
    trial.check(true, subject, exchange, "");
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    trial.check(
      false,
      subject,
      exchange,
      "an sf-list (RFC 9651)",
      `${name}: ${text}: ${error.message}`,
    );
  }
  for (const { context: found, p } of items) {
    const context = lab.contract.contexts.find((each) => each.name === found);
    trial.check(
      found === "*" || context !== undefined,
      subject,
      exchange,
      "contexts of the document",
      found,
    );
    if (p === undefined || context === undefined) continue;
    const names = p.split("&").map((pair) => pair.split("=")[0] ?? "");
    const canonical =
      [...names].sort().join() === names.join() &&
      names.every((each) => context.params.some((param) => param.name === each)) &&
      /^[\w.~%=&-]*$/.test(p);
    trial.check(canonical, subject, exchange, `p as a canonical query of params of ${found}`, p);
  }
}

function parsed(exchange: Exchange): readonly HeaderItem[] {
  try {
    return parseInvalidateHeader(headerOf(exchange, name));
  } catch {
    return [];
  }
}

function names(lab: Laboratory, header: HeaderItem, item: Item): boolean {
  if (item.rev !== undefined && header.rev !== undefined && item.rev !== header.rev) return false;
  if (header.context === "*") return true;
  const context = lab.contract.contexts.find((each) => each.name === item.context);
  if (header.context !== item.context || context === undefined) return false;
  // Without params it reaches every entry, which an overlong header falls back to.
  if (header.p === undefined) return true;
  try {
    return header.p === canonicalQuery(item.params ?? {}, codecsOf(context.params));
  } catch {
    return false;
  }
}
