export { type RunningServer, type ServerOptions, startServer } from "./server.ts";
export { type LocalCloud, setUpLocalCloud } from "./setup/local-cloud.ts";
export { StartError } from "./start-error.ts";
