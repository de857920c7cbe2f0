import type { Api } from "../../ir/api.js";
import {
  api,
  context,
  list,
  mutation,
  named,
  nothing,
  number,
  object,
  oneOf,
  param,
  query,
  ref,
  string,
  union,
} from "./build.js";

/** A contract with this many functions, half of them mutations, one context for four queries, and two named types a function. */
export function synthetic(functions: number): Api {
  const half = Math.ceil(functions / 2);
  const numbers = Array.from({ length: half }, (_, index) => index);
  const text = {
    type: string,
    docs: { summary: "What a person reads of it.", tags: [{ name: "maxLength", text: "80" }] },
  };
  return api({
    types: numbers.flatMap((index) => [
      named(
        `Record${index}`,
        object({
          id: number,
          title: text,
          state: oneOf("open", "closed", "archived"),
          owner: union(ref(`Record${(index * 7) % half}`), nothing),
          tags: list(string),
          extra: { kind: "object", members: [], index: union(string, number, nothing) },
          created: { type: string, docs: { tags: [{ name: "format", text: "date-time" }] } },
        }),
        "out",
        { description: `Record number ${index}, as the server keeps it.` },
      ),
      named(
        `ChangeRecord${index}Input`,
        object({ id: number, "title?": text, "tags?": list(string) }),
        "in",
      ),
    ]),
    contexts: Array.from({ length: Math.ceil(half / 4) }, (_, group) =>
      context(`group_${group}`, {
        params: [param("id", number, { codec: "number" })],
        queries: numbers.slice(group * 4, group * 4 + 4).map((index) =>
          query(`record_${index}`, ref(`Record${index}`), {
            input: object({ id: number }),
            docs: { summary: "One record." },
          }),
        ),
      }),
    ),
    mutations: numbers.map((index) =>
      mutation(`change_record_${index}`, {
        input: ref(`ChangeRecord${index}Input`),
        output: ref(`Record${index}`),
        docs: { summary: "Changes a record.", description: "Only what is given is changed." },
        merges: [
          {
            context: `group_${Math.floor(index / 4)}`,
            slot: `record_${index}`,
            mode: "replace",
            key: [],
            value: [],
            params: [{ param: "id", source: { from: "input", path: ["id"] } }],
            onNull: "invalidate",
          },
        ],
      }),
    ),
  });
}
