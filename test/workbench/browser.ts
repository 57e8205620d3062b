import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const cache = path.join(import.meta.dirname, '.cache/chromium');
const fontSettings = path.join(cache, 'fonts.conf');

const FLAGS = [
  // The browser opens only our own loopback server, and its sandbox cannot start in containers.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // More memory for new objects: otherwise loading a whole editor would trigger about a hundred garbage collections.
  '--js-flags=--min-semi-space-size=32 --max-semi-space-size=64',
];

/** Launches an installed Chrome or Chromium, otherwise the one from the npm package. Headless. */
export async function launchBrowser(): Promise<Browser> {
  const installed = installedBrowser();
  if (installed) return chromium.launch({ executablePath: installed, args: FLAGS, headless: true });
  if (process.platform !== 'linux') throw new Error('No Chrome or Chromium was found. Install one, or name it in CHROME_PATH.');
  return chromium.launch({ ...(await packagedBrowser()), args: FLAGS, headless: true });
}

/** Unpacks the browser if necessary. Call it once before several processes launch the browser at the same time. */
export async function prepareBrowser(): Promise<void> {
  if (installedBrowser() === undefined && process.platform === 'linux') await packagedBrowser();
}

function installedBrowser(): string | undefined {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
  }
  const places = [
    ...['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'].flatMap((name) =>
      ['/usr/bin', '/usr/local/bin', '/snap/bin'].map((folder) => path.join(folder, name)),
    ),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return places.find((place) => existsSync(place));
}

let unpacking: Promise<void> | undefined;

/** The browser of the npm package, unpacked. It includes the libraries and fonts that it needs. */
async function packagedBrowser(): Promise<{ executablePath: string; env: Record<string, string> }> {
  await (unpacking ??= unpack());
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return {
    executablePath: path.join(cache, 'chromium'),
    env: { ...env, LD_LIBRARY_PATH: path.join(cache, 'al2023/lib'), FONTCONFIG_FILE: fontSettings, HOME: cache },
  };
}

async function unpack(): Promise<void> {
  const unpacked = path.join(cache, 'unpacked');
  if (!existsSync(unpacked)) {
    await mkdir(cache, { recursive: true });
    // The package unpacks its libraries only if it seems to run in the cloud that it was made for.
    const env = { ...process.env, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x', TMPDIR: cache };
    const script = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();';
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd: import.meta.dirname, env });
    await writeFile(unpacked, '');
  }
  const folders = [path.join(cache, 'fonts/fonts'), '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`).join('');
  // Another process may be starting its browser now and must not read an incomplete file.
  const written = `${fontSettings}.${process.pid}`;
  await writeFile(
    written,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}<cachedir>${cache}` +
      '/fontcache</cachedir></fontconfig>',
  );
  await rename(written, fontSettings);
}
