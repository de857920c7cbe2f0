import type { Scenario } from "../../scenarios.js";
import type { Bench } from "../bench.js";
import { partsOf, probe, type Probe } from "../parts.js";

/** What a proof is given: how to open a bench of the variant under test. */
export type Open = (options?: Parameters<Bench["client"]["core"]["createMizan"]>[0]) => Bench;

export type Proof = (open: Open) => Promise<void>;

export type Proofs = Readonly<Partial<Record<Scenario, Proof>>>;

/** User 7 on the page, loaded. */
export async function openUser(open: Open) {
  const bench = open();
  const { User } = partsOf(bench);
  await bench.show(<User id={7} />);
  await bench.answerUser("Rumi");
  return { bench, User };
}

/** User 7 on the page, loaded, and the mutation that changes the profile. */
export async function openProfile(open: Open): Promise<{
  readonly bench: Bench;
  readonly update: Probe<ReturnType<Bench["client"]["react"]["useUpdateProfile"]>>;
}> {
  const bench = open();
  const { User } = partsOf(bench);
  const update = probe(bench.client.react.useUpdateProfile);
  await bench.show(
    <>
      <User id={7} />
      <update.Component />
    </>,
  );
  await bench.answerUser("Rumi");
  return { bench, update };
}

/** Two functions of user 7 on the page, not loaded yet. */
export async function openSlots(open: Open): Promise<Bench> {
  const bench = open();
  const { Profile, Addresses } = partsOf(bench);
  await bench.show(
    <>
      <Profile />
      <Addresses />
    </>,
  );
  return bench;
}
