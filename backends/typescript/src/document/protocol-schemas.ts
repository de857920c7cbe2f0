import { refTo, type JsonSchema } from "../schema/json-schema.js";

const text: JsonSchema = { type: "string" };
const rev: JsonSchema = { type: "integer", minimum: 0 };

/** The schemas of the wire itself; their prefix is reserved (protocol 2.1). */
export const protocolSchemas: Readonly<Record<string, JsonSchema>> = {
  MizanParams: {
    type: "object",
    description: "Context parameter values by name; typed JSON, defaults applied.",
    additionalProperties: true,
  },
  MizanInvalidate: {
    type: "object",
    required: ["context"],
    properties: { context: text, params: refTo("MizanParams"), rev },
  },
  MizanMerge: {
    type: "object",
    required: ["context", "slot", "value"],
    properties: {
      context: text,
      slot: text,
      value: {},
      params: refTo("MizanParams"),
      mode: {
        type: "string",
        enum: ["replace", "update", "upsert", "remove", "patch"],
        default: "replace",
      },
      key: { type: "array", items: text },
      rev,
    },
  },
  MizanProblem: {
    type: "object",
    required: ["status", "code"],
    properties: {
      type: { type: "string", format: "uri-reference", default: "about:blank" },
      title: text,
      status: { type: "integer" },
      detail: text,
      instance: text,
      code: text,
      data: {},
      errors: {
        type: "array",
        items: {
          type: "object",
          required: ["path", "message"],
          properties: {
            path: { type: "array", items: { type: ["string", "integer"] } },
            code: text,
            message: text,
          },
        },
      },
      invalidate: { type: "array", items: refTo("MizanInvalidate") },
    },
  },
  MizanSession: {
    type: "object",
    required: ["mizan", "csrf"],
    properties: {
      mizan: { const: 1 },
      csrf: {
        type: "object",
        required: ["header", "token"],
        properties: { header: text, token: text, field: text },
      },
      user: { anyOf: [{ type: "object" }, { type: "null" }] },
      epoch: text,
      schema: text,
      features: { type: "array", items: text },
    },
  },
};
