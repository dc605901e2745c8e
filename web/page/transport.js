// Transport: one function that takes a request and gives its answer. In the one-file
// page a worker answers; a page that a server sends asks the server.
const PARTS = ["pyodide", "module", "wasm", "stdlib", "site", "rules", "cases"];

export function opened() {
  return document.getElementById("part-worker") ? byWorker() : byServer();
}

function byServer() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  return {
    ready: Promise.resolve(),
    async ask(request) {
      const headers = { "Content-Type": "application/json" };
      if (token) headers.Authorization = `Bearer ${token}`;
      const body = JSON.stringify(request);
      const answer = await fetch("api/answer", { method: "POST", headers, body });
      return answer.text();
    },
  };
}

function byWorker() {
  const worker = startedWorker();
  const waiting = new Map();
  let last = 0;
  const ready = new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => {
      if (data.ready) resolve();
      else if (data.failed) reject(new Error(data.failed));
      else {
        waiting.get(data.id)(data.answer);
        waiting.delete(data.id);
      }
    };
  });
  return {
    ready,
    async ask(request) {
      await ready;
      const id = ++last;
      const answer = new Promise((resolve) => waiting.set(id, resolve));
      worker.postMessage({ id, request: JSON.stringify(request) });
      return answer;
    },
  };
}

function startedWorker() {
  const source = document.getElementById("part-worker");
  const text = new Blob([source.textContent], { type: "text/javascript" });
  const worker = new Worker(URL.createObjectURL(text));
  const parts = {};
  for (const name of PARTS) {
    const element = document.getElementById(`part-${name}`);
    parts[name] = { text: element.textContent, bytes: Number(element.dataset.bytes) };
    element.remove();
  }
  worker.postMessage({ parts });
  return worker;
}
