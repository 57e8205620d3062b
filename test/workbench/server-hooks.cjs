// Loaded into the VS Code server before it starts (`node --require`).
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');

/**
 * The workbench encrypts the secrets of extensions with a key of two parts: one is in the browser, one is requested from `/mint-key`. That
 * route belongs to code-server's wrapper, which is not running. Without it, secrets would be lost on reload.
 */
const keyFile = process.env.WORKBENCH_KEY_FILE;
const token = process.env.WORKBENCH_TOKEN;
delete process.env.WORKBENCH_KEY_FILE;
delete process.env.WORKBENCH_TOKEN;

function serverHalf() {
  if (!fs.existsSync(keyFile)) fs.writeFileSync(keyFile, crypto.randomBytes(32), { mode: 0o600 });
  return fs.readFileSync(keyFile);
}

/** The server sets this cookie after a request with the right token in its address. */
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

/** Node writes its compile cache when a process exits normally, but a server is ended from outside. */
setTimeout(() => {
  require('node:module').flushCompileCache?.();
}, 10_000).unref();

/**
 * A test run that is killed must not leave a server running, nor a server an extension host. The parent may already have ended when this
 * file is loaded: an extension host that a server started last would then fill its log for ever.
 */
const parent = Number(process.env.WORKBENCH_PARENT ?? process.ppid);
process.env.WORKBENCH_PARENT = String(process.pid);
function endWithParent() {
  if (process.ppid !== parent) process.exit(0);
}
endWithParent();
setInterval(endWithParent, 1000).unref();
