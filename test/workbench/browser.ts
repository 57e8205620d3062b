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

/** Whether the browser of the npm package runs here. */
const RUNS_PACKAGED = process.platform === 'linux' && process.arch === 'x64';

/**
 * Launches the browser of the npm package where it runs, otherwise an installed Chrome or Chromium. Headless. The one of the package is
 * built for nothing else (`headless_shell`), and needs about a fifth less processor time for the same tests.
 * @param forPictures prefers an installed browser, because it draws with the fonts of this machine
 */
export async function launchBrowser(forPictures = false): Promise<Browser> {
  return chromium.launch({ ...(await browser(forPictures)), args: FLAGS, headless: true });
}

/** Unpacks the browser if necessary. Call it once before several processes launch the browser at the same time. */
export async function prepareBrowser(): Promise<void> {
  await browser();
}

interface BrowserProgram {
  readonly executablePath: string;
  readonly env?: Record<string, string>;
}

async function browser(forPictures = false): Promise<BrowserProgram> {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (existsSync(named)) return { executablePath: named };
    throw new Error(`CHROME_PATH names ${named}, which does not exist.`);
  }
  const executablePath = installedBrowser();
  if (RUNS_PACKAGED && (!forPictures || executablePath === undefined)) return await packagedBrowser();
  if (executablePath === undefined) throw new Error('No Chrome or Chromium was found. Install one, or name it in CHROME_PATH.');
  return { executablePath };
}

function installedBrowser(): string | undefined {
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
async function packagedBrowser(): Promise<BrowserProgram> {
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
