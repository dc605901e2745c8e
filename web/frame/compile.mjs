// Compile Python sources by the Python they will run on: `node compile.mjs PYODIDE FOLDER`.
// Every .py of the folder becomes a .pyc in its place, without docstrings.
import { pathToFileURL } from "node:url";

const [, , pyodideFolder, folder] = process.argv;
const { loadPyodide } = await import(pathToFileURL(`${pyodideFolder}/pyodide.mjs`));
const python = await loadPyodide();
python.FS.mkdir("/sources");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/sources");
python.runPython(`
import pathlib, py_compile

for path in sorted(pathlib.Path("/sources").rglob("*.py")):
    shown = str(path.relative_to("/sources"))
    py_compile.compile(
        path, cfile=f"{path}c", dfile=shown, doraise=True, optimize=2,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    path.unlink()
`);
