// The worker of the one-file page: Python, the rules, and one function from the text of
// a request to the text of an answer. Nothing is fetched: what Pyodide asks for is
// handed to it from the page.
const HOME = "/lib/python3.14/site-packages";
const HANDED = { "pyodide.asm.wasm": "wasm", "python_stdlib.zip": "stdlib" };
const LOCK = {
  info: { arch: "wasm32", platform: "emscripten", abi_version: "2026_0", version: "" },
  packages: {},
};
const SERVE = `
from bz2 import decompress
from js import packed_rules, packed_cases
from minsight.service.preparing import prepared
from minsight.service.service import service_from

service = service_from(decompress(packed_rules.to_bytes()), packed_cases.to_bytes())
steps = prepared(service.rules)


def answer(request):
    return service.answer(request.encode()).decode()


def prepare():
    return next(steps, steps) is not steps


answer('{"ask": "assess", "subject": {"present": ["always tired"]}}')
`;

let answer;
let prepare;
let asked = 0;

onmessage = async ({ data }) => {
  if (data.parts) {
    try {
      await start(data.parts);
      postMessage({ ready: true });
      setTimeout(prepareFurther, 0);
    } catch (error) {
      postMessage({ failed: String(error) });
    }
  } else {
    asked = performance.now();
    postMessage({ id: data.id, answer: answer(data.request) });
  }
};

// What makes later answers fast is worked out piece by piece, while nobody asks.
function prepareFurther() {
  const busy = asked && performance.now() - asked < 400;
  if (busy || prepare()) setTimeout(prepareFurther, busy ? 400 : 0);
}

// A page without a server can start no worker of modules, and Pyodide refuses others.
globalThis.importScripts = undefined;

async function start(parts) {
  globalThis.fetch = async (address) => {
    const name = HANDED[String(address).split("/").pop()];
    if (!name) throw new Error(`nothing is fetched: ${address}`);
    const type = name === "wasm" ? "application/wasm" : "application/zip";
    return new Response(unpacked(parts[name]), { headers: { "Content-Type": type } });
  };
  const [pyodide, created, site] = await Promise.all([
    imported(parts.pyodide),
    imported(parts.module),
    whole(parts.site),
  ]);
  const python = await pyodide.loadPyodide({
    indexURL: "file:///frame/",
    createPyodideModule: created.default,
    lockFileContents: LOCK,
    packageBaseUrl: "file:///frame/",
  });
  layOut(python.FS, site);
  globalThis.packed_rules = await whole(parts.rules);
  globalThis.packed_cases = await whole(parts.cases);
  python.runPython(SERVE);
  delete globalThis.packed_rules;
  delete globalThis.packed_cases;
  answer = python.globals.get("answer");
  prepare = python.globals.get("prepare");
}

async function imported(part) {
  const text = new Blob([await whole(part)], { type: "text/javascript" });
  const address = URL.createObjectURL(text);
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function whole(part) {
  return new Uint8Array(await new Response(unpacked(part)).arrayBuffer());
}

// A part of the page as a stream of its bytes: seven bits stand in each letter.
function unpacked({ text, bytes }) {
  const packed = new Uint8Array(Math.ceil(text.length / 8) * 7);
  let to = 0;
  for (let at = 0; at < text.length; at += 8) {
    let before = text.charCodeAt(at) & 127;
    for (let next = 1; next < 8; next++) {
      const letter = text.charCodeAt(at + next) & 127;
      packed[to++] = (before << next) | (letter >> (7 - next));
      before = letter;
    }
  }
  const small = new Blob([packed.subarray(0, bytes)]);
  return small.stream().pipeThrough(new DecompressionStream("gzip"));
}

// The files of a folder: a line that says which and how long, then one after the other.
function layOut(files, folder) {
  const end = folder.indexOf(10);
  let at = end + 1;
  for (const [name, length] of JSON.parse(new TextDecoder().decode(folder.subarray(0, end)))) {
    const path = `${HOME}/${name}`;
    files.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    files.writeFile(path, folder.subarray(at, at + length));
    at += length;
  }
}
