import { sha256Hex } from "../crypto/sha256.js";
import { jsonText } from "../json/json-text.js";
import { MizanProblem } from "../problem/mizan-problem.js";
import { toProblem } from "../problem/to-problem.js";
import type { Answer } from "./answer.js";
import type { Exchange } from "./exchange.js";
import { problemAnswer } from "./problem-answer.js";

/**
 * Runs a call once for each `Idempotency-Key` of a viewer; another request with the key gets the first one's answer word for word, old
 * revisions included (protocol 3.8). What ended in a failure of the server, or was no valid call, is not kept.
 *
 * @throws MizanProblem 400 without a key, 409 while the first is under way, 422 when the key came with another payload
 */
export async function onceByKey(
  exchange: Exchange,
  name: string,
  body: unknown,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const { server, request } = exchange;
  const key = request.headers.get("Idempotency-Key");
  if (key === null || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new MizanProblem(400, "idempotency_key_missing", {
      title: "Idempotency key missing",
      detail: "send Idempotency-Key: a UUID of the call",
    });
  }
  const { viewer } = await exchange.session();
  const claimed = JSON.stringify([viewer, name, key]);
  const claim = await server.idempotency.claim(claimed, await sha256Hex(jsonText(body), 64));
  switch (claim.state) {
    case "reused":
      throw new MizanProblem(422, "idempotency_key_reused", {
        title: "Idempotency key reused with another payload",
      });
    case "in_flight":
      throw new MizanProblem(409, "idempotency_in_flight", {
        title: "The same call is under way",
        headers: { "Retry-After": "1" },
      });
    case "answered": {
      const { status, headers, body: text } = claim.answer;
      const replay = new Headers(headers.map(([field, value]): [string, string] => [field, value]));
      replay.set("X-Mizan-Replay", "1");
      return { status, headers: replay, body: text };
    }
    case "mine":
      break;
  }
  let answer: Answer | undefined;
  try {
    answer = await runToAnswer(exchange, name, run);
  } finally {
    const isKept = answer !== undefined && answer.status < 500 && answer.status !== 422;
    if (answer !== undefined && isKept) {
      await server.idempotency.settle(claimed, {
        status: answer.status,
        headers: [...answer.headers].filter(([field]) => field !== "set-cookie"),
        body: answer.body ?? "",
      });
    } else {
      await server.idempotency.release(claimed);
    }
  }
  return answer;
}

async function runToAnswer(
  { server }: Exchange,
  name: string,
  run: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await run();
  } catch (cause) {
    return problemAnswer(cause, (error) =>
      toProblem(error, (unknown, instance) => server.report(unknown, instance, name)),
    );
  }
}
