import { isDeepStrictEqual } from "node:util";
import type { FileField, Form, Mutation } from "../ir/api.js";
import type { TypeNode } from "../ir/type-node.js";
import type { ChangeLog, Topic } from "./change-log.js";
import { compareEffects } from "./compare-effects.js";
import { showStep } from "./show-type.js";
import { breaking, compatible, neutral, review, type Verdict } from "./verdict.js";

const nothing: TypeNode = { kind: "object", members: [] };

/** What a call sends and gets, what it does elsewhere, and how clients treat it. */
export function compareMutations(
  log: ChangeLog,
  topic: Topic,
  before: Mutation,
  after: Mutation,
): void {
  const inputOf = ({ argument, input }: Mutation): TypeNode =>
    argument === "none" ? nothing : input;
  log.compareTypes(topic, "input", "in", inputOf(before), inputOf(after));
  compareOutputs(log, topic, before, after);
  // The address follows the name, which is told.
  if (before.wireName === after.wireName && before.path !== after.path) {
    log.reportSwap(
      topic,
      "path-changed",
      { was: before.path, is: after.path, how: "at " },
      breaking("clients generated earlier call the old address", ["clients"]),
    );
  }
  if (before.encoding !== after.encoding) {
    log.report(
      topic,
      "encoding-changed",
      {
        summary: `is now sent as ${after.encoding}, was as ${before.encoding}`,
        before: before.encoding,
        after: after.encoding,
      },
      breaking("clients generated earlier send the old form", ["clients"]),
    );
  }
  compareFiles(log, topic, before.files, after.files);
  compareForms(log, topic, before.form, after.form);
  compareEffects(log, topic, before, after);
  compareTreatment(log, topic, before, after);
}

function compareOutputs(log: ChangeLog, topic: Topic, before: Mutation, after: Mutation): void {
  if (before.output.kind === "void" && after.output.kind !== "void") {
    log.report(
      topic,
      "answer-added",
      { path: "output", summary: "is new: it answered nothing before" },
      compatible("nobody read an answer"),
    );
    return;
  }
  log.compareTypes(topic, "output", "out", before.output, after.output);
}

function compareFiles(
  log: ChangeLog,
  topic: Topic,
  before: readonly FileField[],
  after: readonly FileField[],
): void {
  const old = new Map(before.map((file) => [pathText(file.path), file]));
  for (const file of after) {
    const path = `input${pathText(file.path)}`;
    const other = old.get(pathText(file.path));
    if (other === undefined) continue;
    const report = (was: string, is: string, summary: string, isStricter: boolean): void =>
      log.report(
        topic,
        "files-changed",
        { path, summary, before: was, after: is },
        isStricter
          ? breaking("clients generated earlier can send files that are now refused", ["clients"])
          : compatible("what clients send today is still accepted"),
      );
    for (const limit of ["maxBytes", "maxCount"] as const) {
      const [was, is] = [other[limit], file[limit]];
      if (was === is) continue;
      const isStricter = is !== undefined && (was === undefined || is < was);
      report(
        String(was ?? "any"),
        String(is ?? "any"),
        `has ${limit} ${String(is ?? "no more")} now, was ${String(was ?? "without")}`,
        isStricter,
      );
    }
    if (other.multiple !== file.multiple) {
      report(
        String(other.multiple),
        String(file.multiple),
        file.multiple ? "takes several files now" : "takes one file only now",
        !file.multiple,
      );
    }
    if (!isDeepStrictEqual(other.accept, file.accept)) {
      const [was, is] = [other.accept.join(", ") || "any", file.accept.join(", ") || "any"];
      const isStricter =
        file.accept.length > 0 &&
        (other.accept.length === 0 || !other.accept.every((type) => file.accept.includes(type)));
      report(was, is, `accepts ${is} now, was ${was}`, isStricter);
    }
  }
}

function pathText(path: FileField["path"]): string {
  return path.map((step) => (typeof step === "number" ? "[]" : showStep(step))).join("");
}

function compareForms(log: ChangeLog, topic: Topic, before: Form | null, after: Form | null): void {
  const report = (summary: string, verdict: Verdict): void =>
    log.report(topic, "form-changed", { path: "form", summary }, verdict);
  if (before === null || after === null) {
    if (after !== null) report("is new", compatible("nobody uses it yet"));
    if (before !== null) {
      report(
        "is gone",
        breaking(
          "forms of clients generated earlier ask the server to check them, and code that uses the form no longer compiles",
        ),
      );
    }
    return;
  }
  if (!isDeepStrictEqual(before.at, after.at)) {
    report(
      "takes its values from another part of the input",
      breaking(
        "forms of clients generated earlier send the old part, and code that fills it no longer compiles",
      ),
    );
  }
  if (before.validate !== after.validate) {
    report(
      `is checked at ${after.validate ?? "no address"} now, was at ${before.validate ?? "none"}`,
      before.validate === undefined
        ? compatible("clients generated earlier do not ask")
        : breaking("forms of clients generated earlier ask the old address", ["clients"]),
    );
  }
  if (!isDeepStrictEqual(presentation(before), presentation(after))) {
    report(
      "is presented differently",
      neutral("labels, widgets, choices and order are made anew with the client"),
    );
  }
}

/** What a form shows. Bounds and required members are told of the input itself. */
function presentation({ fields, initial }: Form): unknown {
  const shown = fields.map(({ constraints: _, required: __, ...field }) => ({
    ...field,
    path: field.path.join("\n"),
  }));
  return { shown, initial };
}

/** How clients send a call, and what they do around it. */
function compareTreatment(log: ChangeLog, topic: Topic, before: Mutation, after: Mutation): void {
  if (before.idempotent !== after.idempotent) {
    log.report(
      topic,
      "idempotency-changed",
      {
        summary: after.idempotent ? "is now idempotent" : "is no longer idempotent",
        before: String(before.idempotent),
        after: String(after.idempotent),
      },
      after.idempotent
        ? compatible("clients generated earlier do not send it twice")
        : breaking(
            "clients generated earlier send it again when an answer is lost: it may be done twice",
            ["clients"],
          ),
    );
  }
  if (before.csrf !== after.csrf) {
    log.report(
      topic,
      "csrf-changed",
      {
        summary: after.csrf ? "now asks for a CSRF token" : "no longer asks for a CSRF token",
        before: String(before.csrf),
        after: String(after.csrf),
      },
      after.csrf
        ? breaking("clients generated earlier send no token and are refused", ["clients"])
        : compatible("a token does no harm"),
    );
  }
  if (before.session !== after.session) {
    log.report(
      topic,
      "session-changed",
      {
        summary:
          after.session === "change"
            ? "may now change who is signed in"
            : "no longer changes who is signed in",
        before: before.session,
        after: after.session,
      },
      after.session === "change"
        ? review(
            "clients generated earlier keep what they show of the user until the server tells them",
            ["clients"],
          )
        : compatible("clients generated earlier read anew more than they must"),
    );
  }
  if (before.concurrency !== after.concurrency) {
    log.report(
      topic,
      "concurrency-changed",
      {
        summary: `calls are now ${after.concurrency}, were ${before.concurrency}`,
        before: before.concurrency,
        after: after.concurrency,
      },
      neutral("clients decide it by themselves: it holds once a client is made anew"),
    );
  }
}
