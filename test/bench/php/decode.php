<?php
// Decodes a recorded response with PHP's own SOAP client, without a network, once for each line of its input, and prints a line of
// JSON for each: `ms` is processor time. Arguments: WSDL file, body file, operation.
declare(strict_types=1);

ini_set('memory_limit', '-1');

final class ReplayingClient extends SoapClient
{
    public string $body = '';

    public function __doRequest(string $request, string $location, string $action, int $version, bool $oneWay = false): ?string
    {
        return $this->body;
    }
}

/** Processor time of this process in ms. */
function used(): float
{
    $usage = getrusage();
    return ($usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']) * 1e3 + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) / 1e3;
}

[, $wsdl, $file, $operation] = $argv;
$client = new ReplayingClient($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
$client->body = file_get_contents($file);
while (fgets(STDIN) !== false) {
    $start = used();
    $result = match ($operation) {
        'call' => $client->call('session', 'customer.list', [[]]),
        'customerCustomerList' => $client->customerCustomerList('session'),
        default => $client->customerCustomerList((object) ['sessionId' => 'session', 'filters' => new stdClass()])->result->complexObjectArray,
    };
    $ms = used() - $start;
    $rows = count($result);
    unset($result);
    echo json_encode(['ms' => $ms, 'rows' => $rows]), "\n";
}
