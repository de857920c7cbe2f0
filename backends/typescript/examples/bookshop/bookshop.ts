import { declareAccountMutations } from "./account-mutations.ts";
import { declareOrderFunctions } from "./order-functions.ts";
import { declareQueries } from "./queries.ts";
import { createBookshop } from "./registry.ts";

/** The functions of the shop, in the order of their page. */
export const registry = createBookshop();

declareQueries(registry);
declareAccountMutations(registry);
declareOrderFunctions(registry);
