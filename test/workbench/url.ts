/** The suite that the workbench runs instead of waiting for a user. Only a server with the test driver accepts it. */
export interface HostSuite {
  /** Absolute path of the extension under development. */
  readonly extension: string;
  /** Absolute path, with its extension, of a module that exports `run(): Promise<void>`. */
  readonly tests: string;
}

export interface WorkbenchUrl {
  readonly port: number;
  /** Absolute path of the folder to open. */
  readonly folder: string;
  readonly token?: string | undefined;
  readonly suite?: HostSuite | undefined;
}

/** The address with which a browser opens a folder. */
export function workbenchUrl({ port, folder, token, suite }: WorkbenchUrl): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (token !== undefined) url.searchParams.set('tkn', token);
  url.searchParams.set('folder', folder);
  if (suite) {
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
    url.searchParams.set(
      'payload',
      JSON.stringify([
        ['extensionDevelopmentPath', remote(suite.extension)],
        ['extensionTestsPath', remote(suite.tests)],
      ]),
    );
  }
  return url.href;
}
