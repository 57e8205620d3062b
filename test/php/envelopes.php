<?php
// What PHP's own SOAP server runs for envelopes. Standard input: {"wsdl": {dialect: path}, "out": path, "items": [{"dialect", "xml"}]}, the
// envelopes in base64. Writes a JSON list to `out`: for each envelope the paths and operations that were run, in their order.
declare(strict_types=1);

/** Stands for a store's handler: it notes what is called, and reads paths and lists of calls as the real one does. */
final class Recorder
{
    public function __construct(private readonly string $log)
    {
    }

    public function call(mixed $session = null, mixed $path = null, mixed $args = null): mixed
    {
        $this->note($path);
        return null;
    }

    public function multiCall(mixed $session = null, mixed $calls = null, mixed $options = null): mixed
    {
        foreach ($calls as $call) {
            if (isset($call[0])) {
                $this->note($call[0]);
            }
        }
        return [];
    }

    public function __call(string $name, array $args): mixed
    {
        $this->note($name);
        return null;
    }

    private function note(mixed $what): void
    {
        // The store joins and splits what it is given, so everything that has a text is one.
        $text = is_scalar($what) ? (string) $what : json_encode($what, JSON_INVALID_UTF8_SUBSTITUTE);
        file_put_contents($this->log, json_encode($text, JSON_INVALID_UTF8_SUBSTITUTE) . "\n", FILE_APPEND);
    }
}

$input = json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);
$log = tempnam(sys_get_temp_dir(), 'maho-run-');
$servers = [];
foreach ($input['wsdl'] as $dialect => $wsdl) {
    $servers[$dialect] = new SoapServer($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE, 'encoding' => 'UTF-8']);
    $servers[$dialect]->setObject(new Recorder($log));
}
$results = [];
foreach ($input['items'] as ['dialect' => $dialect, 'xml' => $xml]) {
    file_put_contents($log, '');
    // A server that answers with a fault ends its process, so each envelope has one of its own.
    $child = pcntl_fork();
    if ($child === 0) {
        ob_start(static fn (): string => '');
        $servers[$dialect]->handle(trim(base64_decode($xml)));
        exit(0);
    }
    pcntl_waitpid($child, $status);
    $lines = file($log, FILE_IGNORE_NEW_LINES | FILE_SKIP_EMPTY_LINES);
    $results[] = array_map(static fn (string $line): string => json_decode($line, true), $lines);
}
unlink($log);
file_put_contents($input['out'], json_encode($results, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE));
