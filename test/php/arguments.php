<?php
// What PHP's own SOAP server hands to a store's handler. Standard input: {"wsdl": {name: path}, "items": [{"wsdl": name, "xml"}]}. Prints a
// JSON list: for each envelope the operation and its arguments as JSON, or null where nothing was run.
declare(strict_types=1);

/** Leaves the server before it writes an answer, which would have to fit the WSDL. */
final class Ran extends Exception
{
    public function __construct(public readonly string $name, public readonly array $args)
    {
        parent::__construct($name);
    }
}

final class Recorder
{
    public function __call(string $name, array $args): mixed
    {
        throw new Ran($name, $args);
    }
}

$input = json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);
$servers = [];
foreach ($input['wsdl'] as $name => $wsdl) {
    $servers[$name] = new SoapServer($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE, 'encoding' => 'UTF-8', 'features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
    $servers[$name]->setObject(new Recorder());
}
$results = [];
foreach ($input['items'] as ['wsdl' => $name, 'xml' => $xml]) {
    $result = null;
    try {
        $servers[$name]->handle($xml);
    } catch (Ran $ran) {
        $result = [$ran->name, $ran->args];
    }
    $results[] = $result;
}
echo json_encode($results, JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION);
