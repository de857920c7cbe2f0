export declare const backendNames: readonly string[];
export declare function startCommand(name: string): {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
};
