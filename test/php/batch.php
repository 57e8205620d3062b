<?php

declare(strict_types=1);

// Runs PHP programs one after the other, each in a process of its own, and prints how each ended: [{ status, stdout, stderr }].
// Standard input: { options: string[], programs: [{ source, env }] }. A test process that compiles TypeScript is large, and
// starting a process from it costs far more than starting one from here.

['options' => $options, 'programs' => $programs] = json_decode(stream_get_contents(STDIN), true, flags: JSON_THROW_ON_ERROR);
$folder = sys_get_temp_dir() . '/maho-php-' . bin2hex(random_bytes(8));
mkdir($folder, 0700);
$results = [];
foreach ($programs as $index => ['source' => $source, 'env' => $env]) {
    file_put_contents("$folder/$index.php", $source);
    // Files instead of pipes: whatever a program writes, and in which order, it never waits for its reader.
    $descriptors = [['file', '/dev/null', 'r'], ['file', "$folder/stdout", 'w'], ['file', "$folder/stderr", 'w']];
    $process = proc_open([PHP_BINARY, ...$options, "$folder/$index.php"], $descriptors, $pipes, null, $env + getenv());
    $status = proc_close($process);
    $results[] = ['status' => $status, 'stdout' => file_get_contents("$folder/stdout"), 'stderr' => file_get_contents("$folder/stderr")];
}
array_map(unlink(...), glob("$folder/*"));
rmdir($folder);
echo json_encode($results, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES);
