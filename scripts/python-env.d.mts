export declare const pythonRoot: string;

/**
 * The path of the interpreter of the Python backend's environment, which is made when it is not there.
 *
 * @throws Error whose message is for the user: no Python, or pip fails
 */
export declare function pythonEnvironment(): string;
