export declare const mutations: readonly (readonly [name: string, find: string, replace: string])[];
