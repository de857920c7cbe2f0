/**
 * Names that say nothing about what they identify (protocol 2.4, step 2): the `id` of an order equals the `id` of a user by name and by
 * type. They are never bound by name alone.
 */
export const genericNames: ReadonlySet<string> = new Set(
  (
    "after before code cursor date filter from id ids key kind lang limit locale name offset order order_by page page_size per_page " +
    "pk q query search size slug sort state status title to type uuid"
  ).split(" "),
);
