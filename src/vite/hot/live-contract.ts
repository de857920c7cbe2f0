/**
 * Added to `contract.ts` in `vite dev`. Its fingerprint changes with every change of the contract, and everything imports it: the
 * objects that are in use are told, instead of reloading the page. They are kept by Vite across updates.
 */
export const liveContract = `
if (import.meta.hot) {
  const live = (import.meta.hot.data.contracts ??= []);
  live.push(contract);
  import.meta.hot.accept((next) => {
    for (const one of live) one.fingerprint = next?.contract.fingerprint ?? one.fingerprint;
  });
}
`;
