import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyFor, type ProxySettings } from '../../../src/store/wire/proxy';

const nothing: ProxySettings = { support: 'override', proxy: '', noProxy: [], env: {} };

for (const [what, url, settings, expected] of [
  ['nothing is set: the system may have one', 'https://shop.example.com/', {}, 'possible'],
  ['VS Code has one', 'https://shop.example.com/', { proxy: 'http://proxy:3128' }, 'used'],
  ['the environment has one for https', 'https://shop.example.com/', { env: { https_proxy: 'http://proxy:3128' } }, 'used'],
  ['the environment has one for https only', 'http://shop.example.com/', { env: { HTTPS_PROXY: 'http://proxy:3128' } }, 'possible'],
  ['VS Code uses none', 'https://shop.example.com/', { support: 'off', proxy: 'http://proxy:3128' }, undefined],
  [
    'VS Code leaves our agents alone, so that they take it themselves',
    'https://shop.example.com/',
    { support: 'on', proxy: 'http://proxy:3128' },
    'used',
  ],
  ['VS Code leaves our agents alone, and none is set', 'https://shop.example.com/', { support: 'on' }, undefined],
  ['this computer', 'http://127.0.0.1:8190/', { proxy: 'http://proxy:3128' }, undefined],
  ['this computer by a name below localhost', 'http://shop.localhost:8190/', { proxy: 'http://proxy:3128' }, undefined],
  ['this computer by its unspecified address', 'http://0.0.0.0:8190/', { proxy: 'http://proxy:3128' }, undefined],
  ['this computer over IPv6', 'http://[::1]:8190/', { proxy: 'http://proxy:3128' }, undefined],
  ['a host is left out', 'https://shop.example.com/', { proxy: 'http://proxy:3128', noProxy: ['shop.example.com'] }, undefined],
  [
    'a domain is left out',
    'https://shop.example.com/',
    { proxy: 'http://proxy:3128', env: { NO_PROXY: 'localhost, .example.com' } },
    undefined,
  ],
  [
    'a host is left out by the second name of the variable, the first being empty',
    'https://shop.example.com/',
    { proxy: 'http://proxy:3128', env: { NO_PROXY: '', no_proxy: 'shop.example.com' } },
    undefined,
  ],
  ['an address of IPv6 is left out', 'https://[2001:db8::1]/', { proxy: 'http://proxy:3128', noProxy: ['2001:db8::1'] }, undefined],
  ['another host is left out', 'https://myexample.com/', { proxy: 'http://proxy:3128', env: { NO_PROXY: 'example.com' } }, 'used'],
  [
    'another port is left out',
    'https://shop.example.com:8443/',
    { proxy: 'http://proxy:3128', noProxy: ['shop.example.com:9443'] },
    'used',
  ],
  ['everything is left out', 'https://shop.example.com/', { proxy: 'http://proxy:3128', noProxy: ['*'] }, undefined],
] as const) {
  test(`a proxy: ${what}`, () => {
    assert.equal(proxyFor(new URL(url), { ...nothing, ...settings }), expected);
  });
}
