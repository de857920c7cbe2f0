import { MizanProblem, type FieldProblem } from "./mizan-problem.js";

/** The problems of protocol 3.6, with the codes that clients act upon. */

export const malformed = (detail: string): MizanProblem =>
  new MizanProblem(400, "malformed", { title: "Malformed request", detail });

export const protocolUnsupported = (): MizanProblem =>
  new MizanProblem(400, "protocol_unsupported", {
    title: "Unsupported protocol version",
    detail: "send the header X-Mizan-Protocol: 1",
    members: { supported: [1] },
  });

export const unauthenticated = (): MizanProblem =>
  new MizanProblem(401, "unauthenticated", { title: "Not signed in" });

export const forbidden = (detail?: string): MizanProblem =>
  new MizanProblem(403, "forbidden", { title: "Not allowed", detail });

export const csrfFailed = (detail: string): MizanProblem =>
  new MizanProblem(403, "csrf_failed", { title: "CSRF check failed", detail });

export const notFound = (detail?: string): MizanProblem =>
  new MizanProblem(404, "not_found", { title: "Not found", detail });

export const unknownFunction = (): MizanProblem =>
  new MizanProblem(404, "unknown_function", { title: "No such function" });

export const unknownContext = (): MizanProblem =>
  new MizanProblem(404, "unknown_context", { title: "No such context" });

export const wrongMethod = (allow: string): MizanProblem =>
  new MizanProblem(405, "method", { title: "Method not allowed", headers: { Allow: allow } });

export const notAcceptable = (): MizanProblem =>
  new MizanProblem(406, "not_acceptable", { title: "Only JSON is served here" });

export const tooLarge = (status: 413 | 414, detail: string): MizanProblem =>
  new MizanProblem(status, "too_large", { title: "Too large", detail });

export const wrongContentType = (expected: string): MizanProblem =>
  new MizanProblem(415, "content_type", {
    title: "Unsupported content type",
    detail: `send ${expected}`,
  });

export const invalid = (errors: readonly FieldProblem[]): MizanProblem =>
  new MizanProblem(422, "validation", { title: "Invalid input", errors });
