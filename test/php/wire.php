<?php
// The other side of our encoder and decoder: PHP's own SOAP server reads what we wrote, PHP's own client writes for us.
// Standard input: {"mode": "read"|"write", "wsdl": string|null, "items": [...]}; standard output: a JSON list of what came of each.
declare(strict_types=1);

final class Catcher
{
    /** @var list<mixed> */
    public array $args = [];

    public function __call(string $name, array $args): mixed
    {
        $this->args = $args;
        return null;
    }
}

final class Writer extends SoapClient
{
    public string $request = '';

    public function __doRequest(string $request, string $location, string $action, int $version, bool $oneWay = false): ?string
    {
        $this->request = $request;
        return '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><x/></SOAP-ENV:Body></SOAP-ENV:Envelope>';
    }
}

$input = json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);
$uri = ['uri' => 'urn:Maho', 'cache_wsdl' => WSDL_CACHE_NONE, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS];
$results = [];
foreach ($input['items'] as $item) {
    if ($input['mode'] === 'read') {
        $catcher = new Catcher();
        $server = new SoapServer($input['wsdl'], $uri);
        $server->setObject($catcher);
        ob_start();
        $server->handle(base64_decode($item));
        ob_end_clean();
        $results[] = $catcher->args;
    } else {
        $client = new Writer($input['wsdl'], ['location' => 'http://127.0.0.1:1/'] + $uri);
        $client->call('session', 'any.path', [$item]);
        $results[] = base64_encode($client->request);
    }
}
echo json_encode($results, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
