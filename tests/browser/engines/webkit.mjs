// WebKit (WebKitGTK's MiniBrowser), through plain WebDriver and an X server of its own without a
// screen.
//
// WebDriver has neither a language to set nor scripts to run first: where a context wants these,
// its pages pass through a proxy that puts them in (webkit_proxy.mjs).

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { program } from './program.mjs';
import { startProxy } from './webkit_proxy.mjs';

const kMiniBrowser = ['x86_64', 'aarch64'].map(
  (machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
);

// Without room around its own controls, the window can be as narrow as a phone.
const kStyle = 'toolbar *, notebook *, entry, button { min-width: 0; padding: 0; margin: 0; }';

// Private code points that stand for keys (W3C WebDriver, 17.4.2).
const kKeys = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Meta: '\uE03D',
};

// Programs lead a process group each, so that what they start ends with them.
const running = new Set();
function begin(path, args, options) {
  const child = spawn(path, args, { detached: true, ...options });
  child.on('error', () => {}); // told by what waits for it
  running.add(child);
  return child;
}
function end(child) {
  running.delete(child);
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
process.on('exit', () => running.forEach(end));
for (const [signal, number] of [
  ['SIGHUP', 1],
  ['SIGINT', 2],
  ['SIGTERM', 15],
]) {
  process.on(signal, () => process.exit(128 + number));
}

export async function start() {
  const scratch = await mkdtemp(join(tmpdir(), 'avow-webkit-'));
  await mkdir(join(scratch, 'gtk-3.0'));
  await writeFile(join(scratch, 'gtk-3.0', 'gtk.css'), kStyle);

  const screen = begin(
    program('Xvfb'),
    ['-displayfd', '3', '-screen', '0', '2560x2560x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const [display] = await once(screen.stdio[3], 'data');
  const env = {
    ...process.env,
    DISPLAY: `:${String(display).trim()}`,
    GDK_BACKEND: 'x11',
    LC_ALL: 'en_US.UTF-8', // else pages would see the language "C"
    NO_AT_BRIDGE: '1',
    XDG_CONFIG_HOME: scratch,
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', // as root it cannot be set up
  };
  const contexts = new Set();
  return {
    async context(options) {
      const context = await WebKitContext.start(env, options);
      contexts.add(context);
      return context;
    },
    async close() {
      await Promise.all([...contexts].map((context) => context.close()));
      end(screen);
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// A context is a browser of its own: a WebDriver session has one profile, which it forgets.
class WebKitContext {
  #driver;
  #origin;
  #proxy;
  #options;
  #session = '';
  #current; // the handle of the window that commands go to
  #spare; // the handle of a window that is open and nobody's
  #handles = new Set(); // the windows that there are
  #queue = Promise.resolve();

  static async start(env, options) {
    const context = new WebKitContext();
    context.#options = options;
    try {
      await context.#begin(env);
    } catch (error) {
      await context.close();
      throw error;
    }
    return context;
  }

  async #begin(env) {
    const { lang, dark, scripts } = this.#options;
    const port = await freePort();
    this.#origin = `http://127.0.0.1:${port}`;
    this.#driver = begin(program('WebKitWebDriver'), [`--port=${port}`], { env, stdio: 'ignore' });
    const deadline = Date.now() + 10_000;
    while (!(await this.#send('GET', '/status').catch(() => {}))) {
      if (Date.now() > deadline) throw new Error('WebKitWebDriver does not answer');
      await sleep(50);
    }
    if (lang || scripts.length > 0) this.#proxy = await startProxy({ lang, scripts });
    const { sessionId } = await this.#send('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': {
            binary: program(...kMiniBrowser),
            args: ['--automation', ...(dark ? ['--dark-mode'] : [])],
          },
          ...(this.#proxy && {
            proxy: { proxyType: 'manual', httpProxy: `127.0.0.1:${this.#proxy.port}` },
          }),
        },
      },
    });
    this.#session = `/session/${sessionId}`;
    this.#spare = this.#current = await this.#send('GET', `${this.#session}/window`);
    this.#handles.add(this.#spare);
  }

  async #send(method, path, body) {
    const response = await fetch(this.#origin + path, {
      method,
      body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    if (!response.ok)
      throw new Error(
        `WebDriver, ${method} ${path.replace(this.#session, '')}: ${value.error}: ${value.message}`,
      );
    return value;
  }

  #exclusively(work) {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }

  async #select(handle) {
    if (handle === this.#current) return;
    await this.#send('POST', `${this.#session}/window`, { handle });
    this.#current = handle;
  }

  /**
   * Sends a command to a window; commands wait for each other, since a session has one current
   * window.
   */
  send(handle, method, path, body) {
    return this.#exclusively(async () => {
      await this.#select(handle);
      return this.#send(method, this.#session + path, body);
    });
  }

  // A window, not a tab: a tab behind another one is hidden, and its animation frames rest.
  async #window() {
    // A new window is asked of one that is open: the current one may have been closed.
    if (this.#current === undefined) await this.#select([...this.#handles].at(-1));
    const { handle } = await this.#send('POST', `${this.#session}/window/new`, { type: 'window' });
    this.#handles.add(handle);
    return handle;
  }

  async tab() {
    const handle = await this.#exclusively(async () => {
      const found = this.#spare ?? (await this.#window());
      this.#spare = undefined;
      return found;
    });
    const tab = new WebKitTab(this, handle);
    await tab.resize(this.#options.width, this.#options.height);
    return tab;
  }

  closeWindow(handle) {
    return this.#exclusively(async () => {
      await this.#select(handle);
      // With its last window the session would end, and the profile with it.
      const next = this.#handles.size === 1 ? await this.#window() : undefined;
      await this.#send('DELETE', `${this.#session}/window`);
      this.#handles.delete(handle);
      this.#current = undefined;
      if (next) await this.#select((this.#spare = next));
    });
  }

  async close() {
    if (this.#session) await this.#send('DELETE', this.#session).catch(() => {});
    if (this.#driver) end(this.#driver);
    await this.#proxy?.close();
    this.#session = this.#driver = this.#proxy = undefined;
  }
}

class WebKitTab {
  #context;
  #handle;
  messages = null;

  constructor(context, handle) {
    this.#context = context;
    this.#handle = handle;
  }

  #send(method, path, body) {
    return this.#context.send(this.#handle, method, path, body);
  }

  /** Gives the viewport its size; the window is larger by its own controls. */
  async resize(width, height) {
    const inner = async () =>
      JSON.parse(await this.run('Promise.resolve(JSON.stringify([innerWidth, innerHeight]))'));
    let outer = [width, height];
    for (let tries = 0; tries < 40; ++tries) {
      await this.#send('POST', '/window/rect', { x: 0, y: 0, width: outer[0], height: outer[1] });
      await sleep(50);
      const now = await inner();
      if (now[0] === width && now[1] === height) return;
      const rect = await this.#send('GET', '/window/rect');
      if (rect.width !== outer[0] || rect.height !== outer[1]) continue;
      const frame = [rect.width - now[0], rect.height - now[1]];
      if (frame.every((side) => side >= 0 && side < 200))
        outer = [width + frame[0], height + frame[1]];
    }
    throw new Error(`the window does not become ${width} × ${height}: it is ${await inner()}`);
  }

  goto(url) {
    return this.#send('POST', '/url', { url });
  }

  reload() {
    return this.#send('POST', '/refresh', {});
  }

  run(source) {
    return this.#send('POST', '/execute/async', {
      script: `const done = arguments[0]; ${source}.then(done);`,
      args: [],
    });
  }

  async click(x, y) {
    await this.#send('POST', '/actions', {
      actions: [
        {
          type: 'pointer',
          id: 'mouse',
          parameters: { pointerType: 'mouse' },
          actions: [
            { type: 'pointerMove', x, y, origin: 'viewport' },
            { type: 'pointerDown', button: 0 },
            { type: 'pointerUp', button: 0 },
          ],
        },
      ],
    });
  }

  async key(key, held) {
    const code = (name) => kKeys[name] ?? name;
    const down = [...held, key].map((name) => ({ type: 'keyDown', value: code(name) }));
    const up = [key, ...held.toReversed()].map((name) => ({ type: 'keyUp', value: code(name) }));
    await this.#send('POST', '/actions', {
      actions: [{ type: 'key', id: 'keyboard', actions: [...down, ...up] }],
    });
  }

  async screenshot() {
    return Buffer.from(await this.#send('GET', '/screenshot'), 'base64');
  }

  close() {
    return this.#context.closeWindow(this.#handle);
  }
}
