<?php
// Decodes a recorded answer with PHP's own SOAP client, without any network. Arguments: WSDL file, body file, operation, rounds.
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

[, $wsdl, $file, $operation, $rounds] = $argv;
$client = new ReplayingClient($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
$client->body = file_get_contents($file);
$best = INF;
$rows = 0;
for ($round = 0; $round < (int) $rounds; $round++) {
    $start = hrtime(true);
    $result = match ($operation) {
        'call' => $client->call('session', 'customer.list', [[]]),
        'customerCustomerList' => $client->customerCustomerList('session'),
        default => $client->customerCustomerList((object) ['sessionId' => 'session', 'filters' => new stdClass()])->result->complexObjectArray,
    };
    $best = min($best, (hrtime(true) - $start) / 1e6);
    $rows = count($result);
    unset($result);
}
echo json_encode(['ms' => $best, 'rows' => $rows, 'version' => PHP_VERSION]);
