import { MAX_REST_PAGE_ROWS } from '../../api/rest-api';
import { code, indent, render, type Code } from '../code';
import { phpCode, phpString } from '../literals/php';
import { phpStoreAndUser, phpVariable } from '../php/pieces';
import { partsWithoutSecrets, wordsOf } from '../secrets';
import type { Template } from '../template';
import type { ResolvedRestCall } from './call';

/**
 * A PHP program for a request over REST v2, without PHP extensions: it gets a token, sends the request, prints the result as JSON and logs
 * out. Exit code 1 after an error.
 */
export function phpRestProgram(call: ResolvedRestCall): string {
  const hidden = partsWithoutSecrets<{ readonly value: Template }>([{ value: call.body ?? null }], ({ name }) => `$${name}`);
  const secrets = hidden.taken
    .map(({ attribute, name, variable }) => `\n${phpVariable(name, variable, `the ${wordsOf(attribute)}`)}`)
    .join('');
  return render(code`<?php

declare(strict_types=1);

// ${call.title}
// Needs allow_url_fopen, which is on unless php.ini switches it off.

${phpStoreAndUser({ url: [phpString(call.api)], user: [phpString(call.user)] }, secrets)}
$token = null;

${base}${
    call.paged
      ? code`

${all}`
      : []
  }${
    call.conditions.length > 0
      ? code`

${fits}`
      : []
  }

$status = 0;
try {
    ${indent(resultOf(call, hidden.value[0]?.value ?? null), '    ')}
    echo json_encode($result, JSON_THROW_ON_ERROR | JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n";
} catch (RuntimeException | JsonException $error) {
    fwrite(STDERR, $error->getMessage() . "\n");
    $status = 1;
} finally {
    try {
        if ($token !== null) {
            $exchange('POST', '/auth/logout', (object) [], $token);
        }
    } catch (RuntimeException) {
        // The token ends by itself after an hour. A failure to end it must not hide what happened before.
    }
}
exit($status);
`);
}

function resultOf({ http, target, body, paged, conditions, part }: ResolvedRestCall, hidden: Template): Code {
  if (paged) {
    if (conditions.length === 0) return code`$result = $all(${phpString(target)});`;
    const list = conditions.map(({ attribute, operator, value }): Template => [attribute, operator ?? 'eq', value]);
    return code`// REST cannot look for this, so every customer is read.
$conditions = ${phpCode(list)};
$result = array_values(array_filter($all(${phpString(target)}), function (array $row) use ($conditions, $fits): bool {
    foreach ($conditions as $condition) {
        if (!$fits($row, ...$condition)) {
            return false;
        }
    }
    return true;
}));`;
  }
  const sent = code`$send('${http}', ${phpString(target)}${body === undefined ? [] : code`, (object) ${phpCode(hidden)}`})`;
  return part === undefined ? code`$result = ${sent};` : code`$result = ${sent}['${part}'];`;
}

const base: Code = code`// One request, and status and text of its answer.
$exchange = function (string $method, string $path, ?object $body = null, ?string $bearer = null, ?string $key = null) use ($url): array {
    $headers = ['Accept: application/json'];
    if ($bearer !== null) {
        $headers[] = "Authorization: Bearer $bearer";
    }
    if ($body !== null) {
        $headers[] = 'Content-Type: application/json';
        if ($key !== null) {
            $headers[] = "X-Idempotency-Key: $key";
        }
    }
    $stream = @fopen($url . $path, 'r', false, stream_context_create(['http' => [
        'method' => $method,
        'header' => $headers,
        'content' => $body === null ? '' : json_encode($body, JSON_THROW_ON_ERROR),
        'ignore_errors' => true,
        // An address that leads elsewhere must not get the key or the token.
        'follow_location' => 0,
    ]]));
    if ($stream === false) {
        throw new UnexpectedValueException("No answer came from $url.");
    }
    $status = (int) (explode(' ', stream_get_meta_data($stream)['wrapper_data'][0] ?? '')[1] ?? 0);
    return [$status, (string) stream_get_contents($stream)];
};

// What an answer holds. An error has a code in words and a message.
$resultOf = function (int $status, string $answer): mixed {
    if ($status === 204) {
        return null;
    }
    $value = json_decode($answer, true);
    if ($value === null && $answer !== 'null') {
        throw new RuntimeException("HTTP $status: the answer is not JSON.");
    }
    if ($status >= 200 && $status < 300) {
        return $value;
    }
    throw new RuntimeException("HTTP $status " . ($value['error'] ?? '') . ': ' . ($value['message'] ?? ''));
};

// Asks for a token. A store gives ten in a minute, so one is kept for all requests.
$login = function () use ($exchange, $resultOf, $user, $key): string {
    $credentials = (object) ['grant_type' => 'api_user', 'username' => $user, 'api_key' => $key];
    return $resultOf(...$exchange('POST', '/auth/token', $credentials))['token'] ?? throw new RuntimeException('The answer holds no token.');
};

// Sends a request with a token. An expired token is renewed once.
$send = function (string $method, string $path, ?object $body = null) use ($exchange, $resultOf, $login, &$token): mixed {
    // With the same key a write whose answer was lost is not done twice. Each write needs a key of its own.
    $key = bin2hex(random_bytes(16));
    for ($attempt = 1; ; $attempt++) {
        $token ??= $login();
        try {
            [$status, $answer] = $exchange($method, $path, $body, $token, $key);
        } catch (UnexpectedValueException $error) {
            if ($attempt > 1) {
                throw $error;
            }
            continue;
        }
        if ($status !== 401 || $attempt > 1) {
            return $resultOf($status, $answer);
        }
        $token = null;
    }
};`;

const all: Code = code`// All rows of a list. A page has ${String(MAX_REST_PAGE_ROWS)} at most, whatever is asked for, and nothing says how many there are in all.
$all = function (string $path) use ($send): array {
    $rows = [];
    for ($page = 1; ; $page++) {
        $before = count($rows);
        $found = $send('GET', $path . (str_contains($path, '?') ? '&' : '?') . "itemsPerPage=${String(MAX_REST_PAGE_ROWS)}&page=$page");
        // The newest come first: one that is created meanwhile moves the others to later places, so that some come twice.
        foreach ($found as $row) {
            $rows[$row['id']] = $row;
        }
        if (count($found) < ${String(MAX_REST_PAGE_ROWS)} || count($rows) === $before) {
            return array_values($rows);
        }
    }
};`;

const fits: Code = code`// Whether a row fits, as the SOAP API compares: neither capital letters, accents (where PHP has intl) nor blanks at the end count, and a
// row without a value does not fit.
$fits = function (array $row, string $attribute, string $operator, mixed $value): bool {
    $text = function (mixed $from): string {
        $plain = is_bool($from) ? (string) (int) $from : (is_array($from) ? '' : (string) $from);
        if (class_exists('Normalizer')) {
            $plain = preg_replace('/\p{M}+/u', '', Normalizer::normalize($plain, Normalizer::FORM_D) ?: $plain) ?? $plain;
        }
        return rtrim(function_exists('mb_strtolower') ? mb_strtolower($plain) : strtolower($plain), ' ');
    };
    $given = $row[$attribute] ?? null;
    if (is_array($given)) {
        // An address stands for its ID.
        $given = $given['id'] ?? null;
    }
    $has = $text($given);
    if ($operator === 'null') {
        return $has === '';
    }
    if ($has === '') {
        return false;
    }
    $wanted = array_map($text, is_array($value) ? array_values($value) : [$value]);
    $first = $wanted[0] ?? '';
    $number = is_int($given) || is_float($given);
    $order = $number ? $given <=> (float) $first : strcmp($has, $first);
    // Without mbstring, only a pattern knows that Ü and ü are one letter.
    $matches = fn (string $pattern): bool => preg_match('/^' . $pattern . '$/isuD', $has) === 1;
    $same = fn (string $other): bool => $has === $other || $matches(preg_quote($other, '/'));
    $equal = $number ? $order === 0 : $same($first);
    $alike = fn (): bool => $matches(strtr(preg_quote($first, '/'), ['%' => '.*', '_' => '.']));
    return match ($operator) {
        'neq' => !$equal,
        'in' => array_filter($wanted, $same) !== [],
        'nin' => array_filter($wanted, $same) === [],
        'gt' => $order > 0,
        'lt' => $order < 0,
        'gteq', 'from' => $order >= 0,
        'lteq', 'to' => $order <= 0,
        'like' => $alike(),
        'nlike' => !$alike(),
        default => $equal,
    };
};`;
