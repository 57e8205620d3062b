export declare function refusedImport(file: string, to: string): string | undefined;
