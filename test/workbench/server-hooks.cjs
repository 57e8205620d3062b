// Loaded into the VS Code server before it starts (`node --require`).
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');

/**
 * The workbench encrypts the secrets of extensions with two halves of a key: one in the browser, one asked from `/mint-key`.
 * That route belongs to code-server's wrapper, which is not running; without it a secret would be lost on reload.
 */
const keyFile = process.env.WORKBENCH_KEY_FILE;
const token = process.env.WORKBENCH_TOKEN;
delete process.env.WORKBENCH_KEY_FILE;
delete process.env.WORKBENCH_TOKEN;

function serverHalf() {
  if (!fs.existsSync(keyFile)) fs.writeFileSync(keyFile, crypto.randomBytes(32), { mode: 0o600 });
  return fs.readFileSync(keyFile);
}

/** The server itself sets this cookie once the right token was in the address. */
function isKnown(request) {
  return !token || (request.headers.cookie ?? '').split(/;\s*/).includes(`vscode-tkn=${token}`);
}

const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (event, request, response, ...rest) {
  if (keyFile && event === 'request' && request.method === 'POST' && request.url.split('?')[0] === '/mint-key') {
    response.writeHead(isKnown(request) ? 200 : 403).end(isKnown(request) ? serverHalf() : undefined);
    return true;
  }
  return emit.call(this, event, request, response, ...rest);
};

/** Node writes what it compiled when a process ends by itself; a server is ended from outside. */
setTimeout(() => {
  require('node:module').flushCompileCache?.();
}, 10_000).unref();

/** A test run that is killed must not leave a server behind. */
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 1000).unref();
