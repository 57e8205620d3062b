// Replaces the native @vscode/spdlog with the functions that VS Code's log service calls, in JavaScript.
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
let defaultLevel = LEVELS.indexOf('info');

class Logger {
  constructor(_kind, _name, file) {
    this.file = file;
    this.level = defaultLevel;
    this.bare = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.closeSync(fs.openSync(file, 'a'));
  }

  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().slice(0, 23).replace('T', ' ');
    fs.appendFileSync(this.file, this.bare ? message : `${time} [${LEVELS[level]}] ${message}\n`);
  }

  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }

  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  /** Output channels format their own lines. */
  clearFormatters() { this.bare = true; }
  setPattern() { this.bare = false; }
  flush() { /* every line is written at once */ }
  drop() { /* no file stays open */ }
}

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = (level) => { defaultLevel = level; };
exports.setFlushOn = () => { /* every line is written at once */ };
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger('rotating_async', name, file);
