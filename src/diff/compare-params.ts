import type { Param } from "../ir/api.js";
import type { TypeNode } from "../ir/type-node.js";
import type { ChangeLog, Topic } from "./change-log.js";
import { showStep } from "./show-type.js";
import { breaking } from "./verdict.js";

/** Params as the members of one object: what came, went, was renamed or changed its type is then told as of any other input. */
export function paramsNode(params: readonly Param[]): TypeNode {
  return {
    kind: "object",
    members: params.map(({ name, type, required, docs }) => ({
      name,
      type,
      optional: !required,
      docs,
    })),
  };
}

/** How the values are written in an address, which the type does not tell. */
export function compareCodecs(
  log: ChangeLog,
  topic: Topic,
  before: readonly Param[],
  after: readonly Param[],
): void {
  for (const param of after) {
    const old = before.find(({ name }) => name === param.name);
    if (old === undefined || (old.codec === param.codec && old.in === param.in)) continue;
    const [was, is] = [textOf(old), textOf(param)];
    log.report(
      topic,
      "param-encoding-changed",
      {
        path: `params${showStep(param.name)}`,
        summary: `is now written as ${is}, was as ${was}`,
        before: was,
        after: is,
      },
      breaking("clients generated earlier write it the old way", ["clients"]),
    );
  }
}

const textOf = ({ codec, in: place }: Param): string =>
  place === "path" ? `${codec} in the path` : codec;
