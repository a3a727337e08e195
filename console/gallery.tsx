import { createRoot } from "react-dom/client";
import "./src/style/theme.css";
import "./src/circuit/circuit.css";
import { CircuitDrawing } from "./src/circuit/circuit-drawing.tsx";
import { decodePayload } from "@corbenic/photonics/perceval";
const files = import.meta.glob("../photonics/fixtures/vectors/1.1.1/*.json", { eager: true });
const names = (new URLSearchParams(location.search).get("n") ?? "").split(",");
createRoot(document.getElementById("g")!).render(<div style={{padding:16}}>{Object.entries(files).filter(([n]) => names.some((x) => n.includes("/" + x + ".json"))).map(([n, v]: any) => <section key={n}><h4 style={{margin:"8px 0"}}>{n}</h4><CircuitDrawing experiment={decodePayload(v.default.request.payload).experiment} /></section>)}</div>);
