import type { Contract } from "../../ir/api.js";
import type { Module, ObjectMember } from "../print/code.js";
import { generic, json, kernelType, kernelValue, nameValue } from "./names.js";

/** What the kernel takes for a contract that says nothing (protocol 3.3). */
const DEFAULT_URL_BYTES = 4096;

/** `contract.ts`: what the runtime must know of the producer. */
export function contractModule(contract: Contract): Module {
  const { fingerprint, base, sessionPath, producer = "" } = contract;
  const { urlBytes } = contract.limits;
  const members: ObjectMember[] = [];
  if (fingerprint !== undefined) members.push({ key: "fingerprint", value: json(fingerprint) });
  members.push({ key: "base", value: json(base) }, { key: "session", value: json(sessionPath) });
  if (urlBytes !== undefined && urlBytes !== DEFAULT_URL_BYTES)
    members.push({ key: "limits", value: json({ urlBytes }) });
  // Producers of ours answer in the protocol's form only.
  if (!producer.startsWith("mizan-")) {
    members.push(
      { key: "readFields", value: nameValue(kernelValue("foreignFields")) },
      { key: "readEffects", value: nameValue(kernelValue("headerEffects")) },
    );
  }
  return {
    path: "contract",
    statements: [
      {
        kind: "const",
        name: "contract",
        type: generic(kernelType("Contract")),
        value: { kind: "object", open: true, members },
        docs: {
          summary: "Where the backend is served, and which contract this client was made from.",
        },
      },
    ],
  };
}
