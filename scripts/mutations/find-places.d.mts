export declare function findPlaces(
  mutation: readonly [name: string, find: string, replace: string],
): readonly { readonly name: string; readonly file: string }[];
