<?php

declare(strict_types=1);

// Runs PHP programs one after the other in this process, and prints how each ended: [{ status, stdout, stderr }]. A process
// for each costs far more than the program itself.
//
// This file comes over standard input, since then PHP defines no STDERR: the one that the programs write to is defined here.
// The environment says where the work is: MAHO_BATCH is a JSON file { prelude?: string, programs: [{ file, env }] }. A
// program ends by `return` with its exit code; `prelude` is a file that is included first.

(function (): void {
    ['programs' => $programs] = $batch = json_decode(file_get_contents(getenv('MAHO_BATCH')), true, flags: JSON_THROW_ON_ERROR);
    define('STDERR', fopen('php://memory', 'w+'));
    if (isset($batch['prelude'])) {
        require $batch['prelude'];
    }
    set_error_handler(function (int $level, string $message): bool {
        if ((error_reporting() & $level) !== 0) {
            fwrite(STDERR, "PHP error $level: $message\n");
        }
        return true;
    });
    $results = [];
    foreach ($programs as ['file' => $file, 'env' => $env]) {
        ftruncate(STDERR, 0);
        rewind(STDERR);
        foreach ($env as $name => $value) {
            putenv("$name=$value");
        }
        ob_start();
        try {
            $status = (static fn (): mixed => require $file)();
        } catch (Throwable $error) {
            fwrite(STDERR, 'Uncaught ' . $error::class . ": {$error->getMessage()}\n");
            $status = 255;
        }
        $stdout = ob_get_clean();
        foreach ($env as $name => $value) {
            putenv($name);
        }
        rewind(STDERR);
        $results[] = ['status' => $status, 'stdout' => $stdout, 'stderr' => stream_get_contents(STDERR)];
    }
    fwrite(fopen('php://stdout', 'w'), json_encode($results, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE));
})();
