// What is measured of each runtime. Each task returns one number.
import { server } from "./runtimes.mjs";

const settle = () => new Promise((resolve) => setImmediate(resolve));
const nanoseconds = () => Number(process.hrtime.bigint());

async function loaded(make, count) {
  const runtime = make();
  for (let id = 0; id < count; id++) runtime.observe(id, () => {});
  while (runtime.peek(count - 1) === undefined) await settle();
  return runtime;
}

/** Nanoseconds an observer: one write to 10 000 observers of one entry, until the last is told. */
export async function write(make) {
  const observers = 10_000;
  const runtime = await loaded(make, 1);
  await settle();
  let told = 0;
  for (let n = 0; n < observers; n++) runtime.observe(0, () => told++);
  await settle();
  const times = [];
  for (let n = 0; n < 60; n++) {
    told = 0;
    const start = nanoseconds();
    runtime.write(0, `name ${n} ${Math.random()}`);
    while (told < observers) await null;
    times.push((nanoseconds() - start) / observers);
  }
  runtime.destroy();
  return median(times);
}

/** Microseconds: invalidate 1 of 10 000 observed entries, until its new data is there. */
export async function invalidate(make) {
  const runtime = await loaded(make, 10_000);
  const times = [];
  for (let n = 0; n < 300; n++) {
    const id = (n * 7919) % 10_000;
    server.version++;
    const expected = `name ${server.version}`;
    const start = nanoseconds();
    runtime.invalidate(id);
    while (runtime.peek(id) !== expected) await null;
    times.push((nanoseconds() - start) / 1000);
    await settle();
  }
  runtime.destroy();
  return median(times);
}

/** Microseconds an entry: create, load, unmount and destroy 200 entries. */
export async function entry(make) {
  const times = [];
  const count = 200;
  for (let n = 0; n < 300; n++) {
    const start = nanoseconds();
    const runtime = make();
    const stops = [];
    for (let id = 0; id < count; id++) stops.push(runtime.observe(id, () => {}));
    while (runtime.peek(count - 1) === undefined) await null;
    for (const stop of stops) stop();
    runtime.destroy();
    times.push((nanoseconds() - start) / 1000 / count);
    await settle();
  }
  return median(times);
}

/** Bytes an observed, loaded entry. Needs --expose-gc. */
export async function heap(make) {
  const used = async () => {
    for (let n = 0; n < 4; n++) {
      globalThis.gc();
      await settle();
    }
    return process.memoryUsage().heapUsed;
  };
  // What code and first shapes take is not the entries'.
  (await loaded(make, 200)).destroy();
  const before = await used();
  const count = 20_000;
  const runtime = await loaded(make, count);
  const bytes = ((await used()) - before) / count;
  runtime.peek(0);
  runtime.destroy();
  return bytes;
}

/** Requests for 1000 mounts of one key. */
export async function mounts(make) {
  const runtime = make();
  const before = server.requests;
  for (let n = 0; n < 1000; n++) runtime.observe(1, () => {});
  while (runtime.peek(1) === undefined) await settle();
  await settle();
  runtime.destroy();
  return server.requests - before;
}

/** Notifications of an observer for 10 writes in one tick. */
export async function tick(make) {
  const runtime = await loaded(make, 1);
  await settle();
  let told = 0;
  runtime.observe(0, () => told++);
  await settle();
  told = 0;
  for (let n = 0; n < 10; n++) runtime.write(0, `write ${n}`);
  await settle();
  await settle();
  runtime.destroy();
  return told;
}

/** Texts parsed for a refetch whose answer is the same; NaN when the data is not the same reference after it. */
export async function equal(make) {
  const runtime = await loaded(make, 1);
  await settle();
  const before = runtime.dataOf(0);
  const parsed = server.parsed;
  const requests = server.requests;
  runtime.refetch(0);
  while (server.requests === requests) await settle();
  await settle();
  await settle();
  const same = runtime.dataOf(0) === before;
  runtime.destroy();
  return same ? server.parsed - parsed : NaN;
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
