<?php
// What PHP's own client makes of answers. Standard input: a JSON list of answers in base64; standard output: a JSON list with,
// for each of them, {"value": …} or {"fault": "…"}.
declare(strict_types=1);

final class Reader extends SoapClient
{
    public string $answer = '';

    public function __doRequest(string $request, string $location, string $action, int $version, bool $oneWay = false): ?string
    {
        return $this->answer;
    }
}

function plain(mixed $value): mixed
{
    if ($value instanceof SoapVar) {
        return plain($value->enc_value);
    }
    if (is_object($value)) {
        $value = (array) $value;
    }
    if (is_float($value) && !is_finite($value)) {
        return (string) $value;
    }
    return is_array($value) ? array_map(plain(...), $value) : $value;
}

$results = [];
foreach (json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR) as $answer) {
    $client = new Reader(null, ['location' => 'http://127.0.0.1:1/', 'uri' => 'urn:Maho']);
    $client->answer = base64_decode($answer);
    try {
        $results[] = ['value' => plain($client->__soapCall('call', []))];
    } catch (SoapFault $fault) {
        $results[] = ['fault' => $fault->getMessage()];
    }
}
echo json_encode($results, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
